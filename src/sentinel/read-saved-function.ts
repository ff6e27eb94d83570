import { parse, YAMLError } from 'yaml';

/** A saved function: its name, and `(parameters) { body }` or a body alone. */
export type SavedFunction = { readonly name: string; readonly text: string };

/** The file is no saved function: why, and what would be one. */
export class SavedFunctionError extends Error {}

/** What files of the Azure-Sentinel repository say of a parser or a function. */
type FunctionDocument = {
  readonly FunctionAlias?: string;
  readonly FunctionName?: string;
  readonly FunctionQuery?: string;
  readonly ParserName?: string;
  readonly EquivalentBuiltInParser?: string;
  readonly ParserQuery?: string;
  readonly ParserParams?: readonly { readonly Name: string; readonly Type: string; readonly Default?: string }[];
};

/**
 * The saved functions of one file. A .kql file holds `(parameters) { body }` or a body, and is named by its file; a .yaml
 * file is a parser as the Azure-Sentinel repository writes it, under each of the names that it gives.
 * @throws SavedFunctionError
 */
export function readSavedFunctions(fileName: string, text: string): readonly SavedFunction[] {
  if (/\.ya?ml$/i.test(fileName)) return readDocument(fileName, text);
  const name = fileName.replace(/\.[^.]*$/, '');
  if (!/^[A-Za-z_]\w*$/.test(name)) throw new SavedFunctionError(`${name} is no name of a function`);
  if (text.trim() === '') throw new SavedFunctionError(`${fileName} is empty`);
  return [{ name, text }];
}

function readDocument(fileName: string, text: string): readonly SavedFunction[] {
  let document: FunctionDocument | null;
  try {
    document = parse(text) as FunctionDocument | null;
  } catch (error) {
    if (!(error instanceof YAMLError)) throw error;
    throw new SavedFunctionError(`${fileName} is no YAML: ${error.message.split('\n')[0]}`);
  }
  const { FunctionAlias, FunctionName, ParserName, EquivalentBuiltInParser, ParserParams = [] } = document ?? {};
  const query = document?.ParserQuery ?? document?.FunctionQuery;
  const names = [FunctionAlias ?? FunctionName, ParserName, EquivalentBuiltInParser].filter(
    (name) => name !== undefined,
  );
  if (query === undefined || names.length === 0) {
    throw new SavedFunctionError(
      `${fileName} has no ParserName with a ParserQuery, nor a FunctionName with a FunctionQuery`,
    );
  }
  const parameters = ParserParams.map(
    ({ Name, Type, Default }) => `${Name}: ${Type}${Default === undefined ? '' : ` = ${defaultText(Type, Default)}`}`,
  );
  return names.map((name) => ({ name, text: `(${parameters.join(', ')}) {\n${query}\n}` }));
}

/** The repository writes the defaults of texts without quotes. */
const defaultText = (type: string, value: unknown): string =>
  type === 'string' && !/^['"]/.test(String(value)) ? JSON.stringify(String(value)) : String(value);

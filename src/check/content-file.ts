import { isNode, LineCounter, parseDocument } from 'yaml';
import { type Issue, type IssuePlace, issue } from './issue.ts';

/** A file as it lies on disk; `path` is relative to the checked directory, with `/` as separator. */
export type SourceText = { readonly path: string; readonly text: string };

export type KeyPath = readonly (string | number)[];

/** A parsed file of content. `placeOf` finds the line of a value, or of the nearest value around it. */
export type ContentFile = SourceText & {
  readonly value: unknown;
  readonly placeOf: (keys: KeyPath) => IssuePlace;
};

export type ParsedFile = { readonly file: ContentFile } | { readonly issue: Issue };

/** Reads JSON and YAML; what cannot be parsed becomes an issue with its line. */
export function parseContentFile(source: SourceText): ParsedFile {
  return source.path.endsWith('.json') ? parseJsonFile(source) : parseYamlFile(source);
}

function parseYamlFile(source: SourceText): ParsedFile {
  const document = parseDocument(source.text);
  const [error] = document.errors;
  if (error !== undefined) {
    const place = { path: source.path, line: error.linePos?.[0].line ?? 1 };
    return { issue: issue('file-syntax', place, error.message.split('\n')[0] ?? '', 'Correct the YAML.') };
  }
  return { file: { ...source, value: document.toJS(), placeOf: placeFinder(source) } };
}

function parseJsonFile(source: SourceText): ParsedFile {
  try {
    return { file: { ...source, value: JSON.parse(source.text), placeOf: placeFinder(source) } };
  } catch (error) {
    const { message } = error as SyntaxError;
    const offset = /position (\d+)/.exec(message)?.[1];
    const line = source.text.slice(0, Number(offset ?? source.text.length)).split('\n').length;
    return { issue: issue('file-syntax', { path: source.path, line }, message, 'Correct the JSON.') };
  }
}

/** JSON is YAML, so one parser knows the lines of both; it runs only when an issue needs a line. */
function placeFinder({ path, text }: SourceText): (keys: KeyPath) => IssuePlace {
  return (keys) => {
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines });
    for (let length = keys.length; length > 0; length -= 1) {
      const node = document.getIn(keys.slice(0, length), true);
      if (isNode(node) && node.range) {
        return { path, line: lines.linePos(node.range[0]).line };
      }
    }
    return { path, line: 1 };
  };
}

import { typeColumnIfExists } from './column-if-exists.ts';
import { type BridgeGlobals, type BridgeSymbol, loadKustoLanguage } from './language-service.ts';
import { replaceParsedColumns } from './replace-parsed-columns.ts';

/** Plugins of the service that the binder does not know, with their result. */
const added = [
  {
    name: 'schema_merge',
    result: '(ColumnName: string, ColumnOrdinal: long, DataType: string, ColumnType: string)',
    parameter: 'PreserveOrder',
  },
] as const;

let withPlugins: BridgeGlobals | undefined;

/** The binder's own globals with the plugins that it lacks, and with the types and columns that the service gives. */
export function defaultGlobals(): BridgeGlobals {
  if (withPlugins === undefined) {
    const language = loadKustoLanguage();
    replaceParsedColumns(language);
    withPlugins = typeColumnIfExists(addPlugins(language.GlobalState.Default));
  }
  return withPlugins;
}

function addPlugins(globals: BridgeGlobals): BridgeGlobals {
  const { FunctionSymbol, Parameter, ScalarTypes, TableSymbol } = loadKustoLanguage().Symbols;
  const symbols = added.map(({ name, result, parameter }): BridgeSymbol => {
    // Optional: it may occur no times or once.
    const preserveOrder = new Parameter.$ctor3(parameter, ScalarTypes.Bool, 0, null, null, false, null, 0, 1);
    return new FunctionSymbol.$ctor5(name, TableSymbol.From(result), [preserveOrder]);
  });
  return globals.WithPlugIns([...globals.PlugIns, ...symbols]);
}

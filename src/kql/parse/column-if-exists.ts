import {
  type BridgeCall,
  type BridgeFunction,
  type BridgeGlobals,
  type BridgeType,
  listItems,
  loadKustoLanguage,
} from './language-service.ts';

/**
 * Globals in which column_ifexists(name, default) has the type of the column where the input has it, as in the service. The
 * binder gives it the type of the default, and so refuses what published rules do with a column whose type depends on the
 * data: `column_ifexists("Details_dynamic", "")` and then a member of it.
 */
export function typeColumnIfExists(globals: BridgeGlobals): BridgeGlobals {
  const { ColumnIfExists, ColumnIfExists_Deprecated } = loadKustoLanguage().Functions;
  const typed = new Map([ColumnIfExists, ColumnIfExists_Deprecated].map((known) => [known.Name, retype(known)]));
  return globals.WithFunctions(globals.Functions.map((known) => typed.get(known.Name) ?? known));
}

function retype(known: BridgeFunction): BridgeFunction {
  const { FunctionSymbol, Tabularity } = loadKustoLanguage().Symbols;
  const parameters = listItems(known.Signatures).flatMap((signature) => listItems(signature.Parameters));
  return new FunctionSymbol.$ctor1(known.Name, columnOrDefault, Tabularity.Scalar, parameters).WithResultNameKind(
    known.ResultNameKind,
  );
}

function columnOrDefault({ Arguments, RowScope }: BridgeCall): BridgeType | null {
  const [name, otherwise] = listItems(Arguments);
  const column = listItems(RowScope?.Columns).find((known) => known.Name === name?.ConstantValue);
  return column?.Type ?? otherwise?.ResultType ?? null;
}

import { createRequire } from 'node:module';

/**
 * Microsoft's own parser and binder. The package is a pair of scripts that publish globals, so this file, the only one
 * that loads it, describes the few members that are used and hands out the loaded object.
 */
export type BridgeList<T> = { readonly Count: number; getItem(index: number): T };

export type BridgeSymbol = { readonly Name: string; readonly Kind: number };

export type BridgeColumn = { readonly Name: string; readonly Type: BridgeType };

export type BridgeType = BridgeSymbol & {
  readonly Columns?: BridgeList<BridgeColumn>;
  readonly IsOpen?: boolean;
  WithColumns?(columns: readonly BridgeColumn[]): BridgeType;
};

/** What the binder says about a node. */
export type BridgeInfo = { ResultType: BridgeType | null };

/** The binder's methods by kind of node. */
export type BridgeBinder = {
  [Method in 'VisitParseOperator' | 'VisitParseWhereOperator' | 'VisitParseKvOperator']: (
    node: unknown,
  ) => BridgeInfo | null;
};

export type BridgeNode = {
  readonly Kind: number;
  readonly IsToken: boolean;
  readonly IsMissing: boolean;
  readonly Text?: string;
  readonly ValueText?: string;
  readonly TextStart: number;
  readonly End: number;
  readonly ChildCount: number;
  GetChild(index: number): BridgeNode | null;
  GetName(index: number): string | null;
  readonly ResultType?: BridgeType | null;
  readonly ReferencedSymbol?: BridgeSymbol | null;
  readonly IsConstant?: boolean;
  GetCalledFunctionBody?(): BridgeNode | null;
  toString(): string;
};

export type BridgeDiagnostic = {
  readonly Code: string;
  readonly Severity: string;
  readonly Message: string;
  readonly Start: number;
  readonly Length: number;
};

export type BridgeTable = BridgeSymbol & { WithName(name: string): BridgeTable };
export type BridgeScalarType =
  | 'Bool'
  | 'Int'
  | 'Long'
  | 'Real'
  | 'Decimal'
  | 'String'
  | 'Guid'
  | 'DateTime'
  | 'TimeSpan'
  | 'Dynamic';

/** A function as the binder knows it: its parameters, and how its result is named. */
export type BridgeFunction = BridgeSymbol & {
  readonly ResultNameKind: number;
  readonly Signatures: BridgeList<{ readonly Parameters: BridgeList<unknown> }>;
  WithResultNameKind(kind: number): BridgeFunction;
};

/** What a function that says its own type sees of a call: its arguments, and the columns of the input row. */
export type BridgeCall = {
  readonly Arguments: BridgeList<BridgeNode & { readonly ConstantValue?: unknown }>;
  readonly RowScope: { readonly Columns: BridgeList<BridgeColumn> } | null;
};

export type BridgeGlobals = {
  readonly PlugIns: readonly BridgeSymbol[];
  readonly Functions: readonly BridgeSymbol[];
  WithDatabase(database: unknown): BridgeGlobals;
  WithFunctions(functions: readonly BridgeSymbol[]): BridgeGlobals;
  WithPlugIns(plugIns: readonly BridgeSymbol[]): BridgeGlobals;
};

export type BridgeCompletion = {
  readonly EditStart: number;
  readonly EditLength: number;
  readonly Items: BridgeList<{
    readonly Kind: number;
    readonly DisplayText: string;
    readonly MatchText: string;
    readonly EditText: string;
    readonly BeforeText: string | null;
    readonly AfterText: string | null;
  }>;
};

export type KustoLanguage = {
  readonly Editor: {
    readonly CompletionKind: Readonly<Record<string, number>>;
    readonly KustoCodeService: {
      readonly $ctor1: new (
        text: string,
        globals: BridgeGlobals,
      ) => {
        GetCompletionItems(position: number): BridgeCompletion;
      };
    };
  };
  readonly KustoCode: {
    ParseAndAnalyze(
      text: string,
      globals: BridgeGlobals,
    ): { readonly Syntax: BridgeNode; GetDiagnostics(): BridgeList<BridgeDiagnostic> };
  };
  readonly GlobalState: { readonly Default: BridgeGlobals };
  readonly KustoFacts: { GetExpressionResultName(node: BridgeNode, defaultName: string, row: null): string | null };
  readonly Binding: { readonly Binder: { readonly NodeBinder: { readonly prototype: BridgeBinder } } };
  readonly Syntax: { readonly SyntaxKind: Readonly<Record<string, number>> };
  readonly Functions: { readonly ColumnIfExists: BridgeFunction; readonly ColumnIfExists_Deprecated: BridgeFunction };
  readonly Symbols: {
    readonly Tabularity: { readonly Scalar: number };
    readonly SymbolKind: Readonly<Record<string, number>>;
    readonly ScalarTypes: Readonly<Record<BridgeScalarType, BridgeSymbol>>;
    readonly ColumnSymbol: new (
      name: string,
      type: BridgeSymbol,
      description: null,
      originalColumns: null,
      source: null,
      examples: null,
    ) => BridgeColumn;
    readonly Parameter: {
      readonly $ctor3: new (name: string, type: BridgeSymbol, ...rest: readonly unknown[]) => unknown;
    };
    readonly TableSymbol: {
      From(schema: string): BridgeTable;
      readonly $ctor4: new (name: string, columns: readonly BridgeColumn[]) => BridgeTable;
    };
    readonly FunctionSymbol: {
      readonly $ctor1: new (
        name: string,
        returns: (call: BridgeCall) => BridgeType | null,
        tabularity: number,
        parameters: readonly unknown[],
      ) => BridgeFunction;
      readonly $ctor5: new (name: string, result: BridgeTable, parameters: readonly unknown[]) => BridgeSymbol;
      readonly $ctor16: new (name: string, parameters: string, body: string, description: string) => BridgeSymbol;
    };
    readonly DatabaseSymbol: { readonly $ctor1: new (name: string, members: unknown, isOpen: boolean) => unknown };
  };
};

let loaded: KustoLanguage | undefined;

/** The parser, loaded on first use: it costs about 0.2 s, and the first analysis about 0.7 s more. */
export function loadKustoLanguage(): KustoLanguage {
  if (loaded === undefined) {
    const require = createRequire(import.meta.url);
    require('@kusto/language-service-next/bridge.min.js');
    require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');
    loaded = (globalThis as unknown as { Kusto: { Language: KustoLanguage } }).Kusto.Language;
  }
  return loaded;
}

/** The enumeration's names by value. */
export const namesByValue = (enumeration: Readonly<Record<string, number>>): ReadonlyMap<number, string> =>
  new Map(Object.entries(enumeration).flatMap(([name, value]) => (typeof value === 'number' ? [[value, name]] : [])));

export const listItems = <T>(list: BridgeList<T> | null | undefined): T[] =>
  list === null || list === undefined ? [] : Array.from({ length: list.Count }, (_, index) => list.getItem(index));

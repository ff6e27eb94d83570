import { isStackOverflow, KqlError, type KqlErrorCode, type Span } from '../kql-error.ts';
import type { ColumnDefinition, ColumnType } from '../values/value.ts';
import { defaultGlobals } from './added-plugins.ts';
import { isCorrected } from './binder-corrections.ts';
import { declaredViews, mayMatchViews } from './declared-views.ts';
import {
  type BridgeDiagnostic,
  type BridgeGlobals,
  type BridgeScalarType,
  type BridgeSymbol,
  type BridgeTable,
  listItems,
  loadKustoLanguage,
} from './language-service.ts';
import { checkLetWeights } from './let-weights.ts';
import { withoutMissingInputs } from './missing-inputs.ts';
import { checkNesting } from './nesting.ts';
import { withPackAll } from './pack-all-in-find.ts';
import { splitDefinition } from './split-definition.ts';
import type { SyntaxNode } from './syntax.ts';
import { toSyntax } from './to-syntax.ts';

/** What a query may refer to by name. */
export type Symbols = {
  readonly tables: ReadonlyMap<string, readonly ColumnDefinition[]>;
  /** Saved functions: name → `(parameters) { body }` or the body alone. */
  readonly functions: ReadonlyMap<string, string>;
};

/**
 * Every error that the parser and the binder find, in the order of the text. A fuzzy union may lack tables; a name that
 * means nothing in one of its inputs is an error here, although the service runs the query without that input.
 */
export function diagnose(text: string, symbols: Symbols): readonly KqlError[] {
  return analyzeQuery(text, symbols, 'tables').errors;
}

/** The bound tree of a query; throws the first error of the parser or the binder as a KqlError. */
export function parseQuery(text: string, symbols: Symbols): SyntaxNode {
  const { root, errors } = analyzeQuery(text, symbols);
  if (errors[0] !== undefined) throw errors[0];
  return root();
}

export type Analysis = {
  readonly root: () => SyntaxNode;
  readonly errors: readonly KqlError[];
  /** Whether the answer depends on the fuzzy inputs that are left out. */
  readonly isFuzzy: boolean;
};

/** Which inputs of a fuzzy union are left out: those whose tables are missing, or those that say any unknown name. */
export type FuzzyInputs = 'tables' | 'names';

type Kept = { readonly text: string; readonly fuzzy: FuzzyInputs; readonly analysis: Analysis };
const lastAnalyses = new WeakMap<Symbols, readonly Kept[]>();
const MAX_KEPT = 3;

/**
 * The bound tree and the errors, for a caller who decides which of them count. The last answers are kept for each catalog:
 * a query that runs in stages is looked at several times between two of them, and a long one costs.
 */
export function analyzeQuery(text: string, symbols: Symbols, fuzzy: FuzzyInputs = 'names'): Analysis {
  const kept = lastAnalyses.get(symbols) ?? [];
  const known = kept.find((last) => last.text === text && (last.fuzzy === fuzzy || !last.analysis.isFuzzy));
  if (known !== undefined) return known.analysis;
  const analysis = analyzeAnew(text, symbols, fuzzy);
  lastAnalyses.set(symbols, [{ text, fuzzy, analysis }, ...kept].slice(0, MAX_KEPT));
  return analysis;
}

function analyzeAnew(text: string, symbols: Symbols, fuzzy: FuzzyInputs): Analysis {
  const language = loadKustoLanguage();
  try {
    checkNesting(text);
    checkLetWeights(text);
    const code = language.KustoCode.ParseAndAnalyze(text, globalsFor(symbols));
    if (mayMatchViews(text)) {
      const known = withViews(symbols, toSyntax(code.Syntax));
      if (known !== symbols) return analyzeQuery(text, known, fuzzy);
    }
    const faults = listItems(code.GetDiagnostics()).filter(
      (diagnostic) => diagnostic.Severity === 'Error' && !isCorrected(diagnostic, text, code.Syntax),
    );
    const unresolved = mayMissInputs(text) ? faults.filter(({ Code }) => unknownNames.has(Code)).map(spanOf) : [];
    const isFuzzy = unresolved.length > 0;
    if (mayMissInputs(text)) {
      const present = withoutMissingInputs(text, toSyntax(code.Syntax), fuzzy === 'names' ? unresolved : []);
      if (present !== text) return { ...analyzeAnew(present, symbols, fuzzy), isFuzzy };
    }
    if (mayPackInFind(text)) {
      const known = withPackAll(text, toSyntax(code.Syntax));
      if (known !== text) return { ...analyzeAnew(known, symbols, fuzzy), isFuzzy };
    }
    let root: SyntaxNode | undefined;
    return {
      root: () => {
        root ??= toSyntax(code.Syntax);
        return root;
      },
      errors: faults.map(toKqlError),
      isFuzzy,
    };
  } catch (cause) {
    const error = toAnalysisError(cause);
    return {
      root: () => {
        throw error;
      },
      errors: [error],
      isFuzzy: true,
    };
  }
}

/** The binder itself fails on a few constructs, and runs out of stack on others. */
function toAnalysisError(cause: unknown): KqlError {
  if (cause instanceof KqlError) return cause;
  if (isStackOverflow(cause)) return new KqlError('limit', 'the query is nested too deeply', { cause });
  return new KqlError('unsupported', 'the query is beyond what the Kusto binder can analyze', {
    cause,
    hint: 'simplify the query; graph operators over unknown graphs are a known cause',
  });
}

/** The binder's own limits: the size of the text, and how deep its tree is. */
const limits: ReadonlySet<string> = new Set(['KS244', 'KS245']);

function toKqlError(diagnostic: BridgeDiagnostic): KqlError {
  if (limits.has(diagnostic.Code)) {
    return new KqlError('limit', `the query is too large to be analyzed: ${diagnostic.Message} [${diagnostic.Code}]`, {
      hint: 'name parts with let, and write long chains of `or` as in (…)',
    });
  }
  // KS001 to KS099 are the parser's own; the rest come from the binder.
  const number = Number(/^KS(\d+)$/.exec(diagnostic.Code)?.[1] ?? '999');
  const code: KqlErrorCode = number < 100 ? 'syntax' : 'binding';
  return new KqlError(code, `${diagnostic.Message} [${diagnostic.Code}]`, { span: spanOf(diagnostic) });
}

const spanOf = ({ Start, Length }: BridgeDiagnostic): Span => ({ start: Start, end: Start + Length });

/** Its complaints about the name of a column or of anything, of a table, and of a function. */
const unknownNames: ReadonlySet<string> = new Set(['KS142', 'KS204', 'KS211']);

type SavedDefinition = { readonly parameters: string; readonly body: string };

/** The symbols with the views of a query as tables; the same where it declares none that are not there. */
function withViews(symbols: Symbols, root: SyntaxNode): Symbols {
  const views = [...declaredViews(root)].filter(([name]) => !symbols.tables.has(name));
  return views.length === 0 ? symbols : { ...symbols, tables: new Map([...symbols.tables, ...views]) };
}

const mayPackInFind = (text: string): boolean => /\bfind\b/.test(text) && /\bpack_all\b/.test(text);

const mayMissInputs = (text: string): boolean => /\bisfuzzy\b/i.test(text);

/** The body of a saved function without the inputs of its fuzzy unions that are not there. */
function presentBody({ parameters, body }: SavedDefinition, globals: BridgeGlobals): string {
  if (!mayMissInputs(body)) return body;
  const before = `let saved = ${parameters} `;
  const text = `${before}${body};\nprint 0`;
  try {
    const { Syntax } = loadKustoLanguage().KustoCode.ParseAndAnalyze(text, globals);
    return withoutMissingInputs(text, toSyntax(Syntax)).slice(before.length, before.length + body.length);
  } catch (cause) {
    // A body that the binder cannot analyze is complained about where a query calls the function.
    if (cause instanceof KqlError) throw cause;
    return body;
  }
}

const globalsCache = new WeakMap<Symbols, BridgeGlobals>();

/** The language's globals with the tables and functions that a query may name. */
export function globalsFor(symbols: Symbols): BridgeGlobals {
  const cached = globalsCache.get(symbols);
  if (cached !== undefined) return cached;
  const { Symbols: S } = loadKustoLanguage();
  const tables = [...symbols.tables].map(([name, columns]) => tableSymbol(name, columns));
  const definitions = [...symbols.functions].map(([name, text]) => ({ name, ...splitDefinition(text) }));
  const withBodies = (bodyOf: (definition: SavedDefinition) => string): BridgeGlobals => {
    const functions = definitions.map((definition) =>
      functionSymbol(definition.name, definition.parameters, bodyOf(definition)),
    );
    const database = new S.DatabaseSymbol.$ctor1('workspace', [...tables, ...functions], false);
    return defaultGlobals().WithDatabase(database);
  };
  const written = withBodies(({ body }) => body);
  const globals = definitions.some(({ body }) => mayMissInputs(body))
    ? withBodies((definition) => presentBody(definition, written))
    : written;
  globalsCache.set(symbols, globals);
  return globals;
}

const functionSymbols = new Map<string, BridgeSymbol>();
const MAX_FUNCTION_SYMBOLS = 2000;

/** A function's symbol, made once for its text: the catalogs of a batch hold the same functions, and each costs a parse. */
function functionSymbol(name: string, parameters: string, body: string): BridgeSymbol {
  const key = `${name}\n${parameters}\n${body}`;
  const { FunctionSymbol } = loadKustoLanguage().Symbols;
  const symbol = functionSymbols.get(key) ?? new FunctionSymbol.$ctor16(name, parameters, body, '');
  if (functionSymbols.size >= MAX_FUNCTION_SYMBOLS) functionSymbols.clear();
  functionSymbols.set(key, symbol);
  return symbol;
}

const tableSymbols = new WeakMap<readonly ColumnDefinition[], Map<string, BridgeTable>>();

/** A table's symbol, made once for its columns: queries that run in stages make a catalog for each stage. */
function tableSymbol(name: string, columns: readonly ColumnDefinition[]): BridgeTable {
  const known = tableSymbols.get(columns) ?? new Map<string, BridgeTable>();
  tableSymbols.set(columns, known);
  const symbol = known.get(name) ?? createTableSymbol(name, columns);
  known.set(name, symbol);
  return symbol;
}

/** From the columns themselves: to have the binder parse a schema's text takes thirty times as long. */
function createTableSymbol(name: string, columns: readonly ColumnDefinition[]): BridgeTable {
  const { ColumnSymbol, ScalarTypes, TableSymbol } = loadKustoLanguage().Symbols;
  const symbols = columns.map(
    (column) => new ColumnSymbol(column.name, ScalarTypes[scalarTypes[column.type]], null, null, null, null),
  );
  return new TableSymbol.$ctor4(name, symbols);
}

const scalarTypes: Readonly<Record<ColumnType, BridgeScalarType>> = {
  bool: 'Bool',
  int: 'Int',
  long: 'Long',
  real: 'Real',
  decimal: 'Decimal',
  string: 'String',
  guid: 'Guid',
  datetime: 'DateTime',
  timespan: 'TimeSpan',
  dynamic: 'Dynamic',
};

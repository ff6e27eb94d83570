import { KqlError, type KqlErrorCode } from '../kql-error.ts';
import type { ColumnDefinition } from '../values/value.ts';
import { defaultGlobals } from './added-plugins.ts';
import { isCorrected } from './binder-corrections.ts';
import {
  type BridgeDiagnostic,
  type BridgeGlobals,
  type BridgeTable,
  listItems,
  loadKustoLanguage,
} from './language-service.ts';
import type { SyntaxNode } from './syntax.ts';
import { toSyntax } from './to-syntax.ts';

/** What a query may refer to by name. */
export type Symbols = {
  readonly tables: ReadonlyMap<string, readonly ColumnDefinition[]>;
  /** Saved functions: name → `(parameters) { body }` or the body alone. */
  readonly functions: ReadonlyMap<string, string>;
};

/** Every error that the parser and the binder find, in the order of the text. */
export function diagnose(text: string, symbols: Symbols): readonly KqlError[] {
  return analyzeQuery(text, symbols).errors;
}

/** The bound tree of a query; throws the first error of the parser or the binder as a KqlError. */
export function parseQuery(text: string, symbols: Symbols): SyntaxNode {
  const { root, errors } = analyzeQuery(text, symbols);
  if (errors[0] !== undefined) throw errors[0];
  return root();
}

/** The bound tree and the errors, for a caller who decides which of them count. */
export function analyzeQuery(
  text: string,
  symbols: Symbols,
): { readonly root: () => SyntaxNode; readonly errors: readonly KqlError[] } {
  const language = loadKustoLanguage();
  try {
    const code = language.KustoCode.ParseAndAnalyze(text, globalsFor(symbols));
    const errors = listItems(code.GetDiagnostics())
      .filter((diagnostic) => diagnostic.Severity === 'Error' && !isCorrected(diagnostic, text))
      .map(toKqlError);
    return { root: () => toSyntax(code.Syntax), errors };
  } catch (cause) {
    // The binder itself fails on a few constructs (graph-match over an unknown graph is a known one).
    const error = new KqlError('unsupported', 'the query is beyond what the Kusto binder can analyze', {
      cause,
      hint: 'simplify the query; graph operators over unknown graphs are a known cause',
    });
    return {
      root: () => {
        throw error;
      },
      errors: [error],
    };
  }
}

function toKqlError(diagnostic: BridgeDiagnostic): KqlError {
  // KS001 to KS099 are the parser's own; the rest come from the binder.
  const number = Number(/^KS(\d+)$/.exec(diagnostic.Code)?.[1] ?? '999');
  const code: KqlErrorCode = number < 100 ? 'syntax' : 'binding';
  return new KqlError(code, `${diagnostic.Message} [${diagnostic.Code}]`, {
    span: { start: diagnostic.Start, end: diagnostic.Start + diagnostic.Length },
  });
}

const globalsCache = new WeakMap<Symbols, BridgeGlobals>();

function globalsFor(symbols: Symbols): BridgeGlobals {
  const cached = globalsCache.get(symbols);
  if (cached !== undefined) return cached;
  const { Symbols: S } = loadKustoLanguage();
  const tables = [...symbols.tables].map(([name, columns]) => tableSymbol(name, columns));
  const functions = [...symbols.functions].map(([name, definition]) => {
    const { parameters, body } = splitDefinition(definition);
    return new S.FunctionSymbol.$ctor16(name, parameters, body, '');
  });
  const database = new S.DatabaseSymbol.$ctor1('workspace', [...tables, ...functions], false);
  const globals = defaultGlobals().WithDatabase(database);
  globalsCache.set(symbols, globals);
  return globals;
}

const tableSymbols = new WeakMap<readonly ColumnDefinition[], Map<string, BridgeTable>>();

/** A table's symbol, made once for its columns: queries that run in stages make a catalog for each stage. */
function tableSymbol(name: string, columns: readonly ColumnDefinition[]): BridgeTable {
  const known = tableSymbols.get(columns) ?? new Map<string, BridgeTable>();
  tableSymbols.set(columns, known);
  const symbol = known.get(name) ?? loadKustoLanguage().Symbols.TableSymbol.From(schemaText(columns)).WithName(name);
  known.set(name, symbol);
  return symbol;
}

const schemaText = (columns: readonly ColumnDefinition[]): string =>
  `(${columns.map(({ name, type }) => `['${name.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}']: ${type}`).join(', ')})`;

/** `(a: long) { … }` as its two parts; a body alone has no parameters. */
function splitDefinition(definition: string): { parameters: string; body: string } {
  const match = /^\s*(\([^{]*\))\s*(\{[\s\S]*\})\s*$/.exec(definition);
  return match === null
    ? { parameters: '()', body: definition }
    : { parameters: match[1] as string, body: match[2] as string };
}

import type { Catalog } from './catalog.ts';
import type { Batch } from './columns/batch.ts';
import { isStackOverflow, KqlError } from './kql-error.ts';
import { explainBinding } from './parse/explain-binding.ts';
import { parseQuery } from './parse/parse-query.ts';
import { buildQuery, buildResults } from './plan/build-query.ts';
import type { Plan } from './plan/plan.ts';
import type { ResultPlan } from './plan/result-plan.ts';
import { createContext, type QueryContext, type QueryOptions } from './query-context.ts';
import { runResults } from './run-results.ts';
import { needsStages, runStages } from './staged-query.ts';
import { symbolsOf } from './symbols.ts';
import type { ColumnDefinition } from './values/value.ts';

/** A result: its columns, and its rows as one batch. */
export type Table = {
  readonly columns: readonly ColumnDefinition[];
  readonly rowCount: number;
  readonly rows: Batch;
  /** The name that fork or facet gave it. */
  readonly name?: string;
  /** How the query wants it drawn (render). */
  readonly render?: Rendering;
};

export type Rendering = { readonly chart: string; readonly properties: ReadonlyMap<string, string> };

/** What a query gives. Each tabular statement of the text gives a table, fork and facet several; mostly there is one. */
export type QueryResult = {
  /** The first of the tables. */
  readonly table: Table;
  readonly tables: readonly Table[];
};

/** A query that is parsed, bound and planned, ready to run at any time over any tables of the same columns. */
export type PreparedQuery = {
  readonly text: string;
  /** Absent where the columns depend on the data (see staged-query.ts): such a query is planned while it runs. */
  readonly plan: Plan | undefined;
  /** All results of the query, of which `plan` is the first. */
  readonly results: readonly ResultPlan[] | undefined;
};

/**
 * Runs a query: parse and bind (Microsoft's own) → plan → execute → table.
 * Throws a KqlError, and nothing else.
 */
export async function runQuery(text: string, catalog: Catalog, options: QueryOptions): Promise<QueryResult> {
  return runPrepared(prepareQuery(text, catalog), catalog, options);
}

/** The first half of runQuery, for queries that run again and again: nothing in a plan depends on the time. */
export function prepareQuery(text: string, catalog: Catalog): PreparedQuery {
  try {
    const context = createContext(catalog, { nowTicks: 0n });
    const results = needsStages(text, context) ? undefined : planResults(text, context);
    return { text, plan: results?.[0]?.plan, results };
  } catch (error) {
    throw toKqlError(error, text, catalog);
  }
}

/** The second half of runQuery. The catalog's tables have the columns that they had when the query was prepared. */
export async function runPrepared(
  { text, results }: PreparedQuery,
  catalog: Catalog,
  options: QueryOptions,
): Promise<QueryResult> {
  try {
    const context = createContext(catalog, options);
    const tables = results === undefined ? await runStages(text, context) : await runResults(results, context);
    return { table: tables[0] as Table, tables };
  } catch (error) {
    throw toKqlError(error, text, catalog);
  }
}

/** The plan that a query runs as; the first where it gives several tables. */
export function planQuery(text: string, context: QueryContext): Plan {
  return buildQuery(parseQuery(text, symbolsOf(context.catalog)), context);
}

const planResults = (text: string, context: QueryContext): readonly ResultPlan[] =>
  buildResults(parseQuery(text, symbolsOf(context.catalog)), context);

/** Whatever went wrong as a KqlError: a fault of the engine says so, and keeps its cause. */
function toKqlError(error: unknown, text: string, catalog: Catalog): KqlError {
  if (error instanceof KqlError) {
    const explained = explainBinding(error, text, symbolsOf(catalog));
    return catalog.explain?.(explained, text) ?? explained;
  }
  if (isStackOverflow(error)) return new KqlError('limit', 'the query is nested too deeply', { cause: error });
  if (error instanceof RangeError) return new KqlError('limit', outgrown(error), { cause: error, hint: smaller });
  const reason = error instanceof Error ? error.message : String(error);
  return new KqlError('internal', `the engine failed: ${reason}`, { cause: error, hint: 'please report the query' });
}

const outgrown = ({ message }: RangeError): string => `a value or a result outgrew what can be held: ${message}`;
const smaller = 'filter or summarize earlier, or take smaller arrays and texts';

import type { Catalog } from './catalog.ts';
import type { Batch } from './columns/batch.ts';
import { collect } from './execute/collect.ts';
import { KqlError } from './kql-error.ts';
import { parseQuery } from './parse/parse-query.ts';
import { buildQuery } from './plan/build-query.ts';
import type { Plan } from './plan/plan.ts';
import { createContext, type QueryContext, type QueryOptions } from './query-context.ts';
import { needsStages, runStages } from './staged-query.ts';
import { symbolsOf } from './symbols.ts';
import type { ColumnDefinition } from './values/value.ts';

/** A result: its columns, and its rows as one batch. */
export type Table = {
  readonly columns: readonly ColumnDefinition[];
  readonly rowCount: number;
  readonly rows: Batch;
};

export type QueryResult = { readonly table: Table };

/** A query that is parsed, bound and planned, ready to run at any time over any tables of the same columns. */
export type PreparedQuery = {
  readonly text: string;
  /** Absent where the columns depend on the data (see staged-query.ts): such a query is planned while it runs. */
  readonly plan: Plan | undefined;
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
  return guardSync(() => {
    const context = createContext(catalog, { nowTicks: 0n });
    return { text, plan: needsStages(text, context) ? undefined : planQuery(text, context) };
  });
}

/** The second half of runQuery. The catalog's tables have the columns that they had when the query was prepared. */
export async function runPrepared(
  { text, plan }: PreparedQuery,
  catalog: Catalog,
  options: QueryOptions,
): Promise<QueryResult> {
  try {
    const context = createContext(catalog, options);
    const { columns, rows } =
      plan === undefined
        ? await runStages(text, context)
        : { columns: plan.columns, rows: await collect(plan, context) };
    return { table: { columns, rowCount: rows.rowCount, rows } };
  } catch (error) {
    throw asKqlError(error);
  }
}

/** The plan that a query runs as. */
export function planQuery(text: string, context: QueryContext): Plan {
  return buildQuery(parseQuery(text, symbolsOf(context.catalog)), context);
}

function guardSync<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw asKqlError(error);
  }
}

/** A fault of the engine reaches the caller as a KqlError too: it says so, and keeps the cause. */
function asKqlError(error: unknown): KqlError {
  if (error instanceof KqlError) return error;
  if (error instanceof RangeError && /stack/.test(error.message)) {
    return new KqlError('limit', 'the query is nested too deeply', { cause: error });
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new KqlError('internal', `the engine failed: ${reason}`, { cause: error, hint: 'please report the query' });
}

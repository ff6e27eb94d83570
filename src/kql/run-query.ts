import type { Catalog } from './catalog.ts';
import type { Batch } from './columns/batch.ts';
import { collect } from './execute/collect.ts';
import { KqlError } from './kql-error.ts';
import { parseQuery } from './parse/parse-query.ts';
import { buildQuery } from './plan/build-query.ts';
import type { Plan } from './plan/plan.ts';
import { createContext, type QueryContext, type QueryOptions } from './query-context.ts';
import { symbolsOf } from './symbols.ts';
import type { ColumnDefinition } from './values/value.ts';

/** A result: its columns, and its rows as one batch. */
export type Table = {
  readonly columns: readonly ColumnDefinition[];
  readonly rowCount: number;
  readonly rows: Batch;
};

export type QueryResult = { readonly table: Table };

/**
 * Runs a query: parse and bind (Microsoft's own) → plan → execute → table.
 * Throws a KqlError, and nothing else.
 */
export async function runQuery(text: string, catalog: Catalog, options: QueryOptions): Promise<QueryResult> {
  return asKqlError(async () => {
    const context = createContext(catalog, options);
    const plan = planQuery(text, context);
    const rows = await collect(plan, context);
    return { table: { columns: plan.columns, rowCount: rows.rowCount, rows } };
  });
}

/** The plan that a query runs as. */
export function planQuery(text: string, context: QueryContext): Plan {
  return buildQuery(parseQuery(text, symbolsOf(context.catalog)), context);
}

/** A fault of the engine reaches the caller as a KqlError too: it says so, and keeps the cause. */
async function asKqlError<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof KqlError) throw error;
    if (error instanceof RangeError && /stack/.test(error.message)) {
      throw new KqlError('limit', 'the query is nested too deeply', { cause: error });
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new KqlError('internal', `the engine failed: ${reason}`, { cause: error, hint: 'please report the query' });
  }
}

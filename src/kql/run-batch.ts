import type { Catalog } from './catalog.ts';
import { KqlError } from './kql-error.ts';
import type { QueryOptions } from './query-context.ts';
import { runQuery } from './run-query.ts';
import { type JsonTable, tableToJson } from './table-to-json.ts';

/** One query of a batch. */
export type BatchCase = { readonly id: string; readonly query: string };

export type BatchResult =
  | ({ readonly id: string } & JsonTable)
  | { readonly id: string; readonly error: { readonly code: string; readonly message: string } };

/** Runs one case; the answer is a result or an error of the engine, never an exception. */
export async function runCase(batchCase: BatchCase, catalog: Catalog, options: QueryOptions): Promise<BatchResult> {
  try {
    const { table } = await runQuery(batchCase.query, catalog, options);
    return { id: batchCase.id, ...tableToJson(table) };
  } catch (error) {
    if (!(error instanceof KqlError)) throw error;
    return { id: batchCase.id, error: { code: error.code, message: error.message } };
  }
}

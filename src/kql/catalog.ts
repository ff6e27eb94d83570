import type { Batch } from './columns/batch.ts';
import type { ColumnDefinition } from './values/value.ts';

/** Where a table's rows come from. */
export type TableSource = {
  readonly columns: readonly ColumnDefinition[];
  /** The rows, batch by batch; each call starts anew. */
  scan(): AsyncIterable<Batch> | Iterable<Batch>;
};

/** What a query can name: tables, and saved functions as `(parameters) { body }`. */
export type Catalog = {
  readonly tables: ReadonlyMap<string, TableSource>;
  readonly functions?: ReadonlyMap<string, string>;
};

import type { ColumnDefinition, Value } from '../kql/index.ts';

/** What replay asks of an engine; kql-query-engine.ts gives it with the KQL engine, tests with tables of their own. */
export type QueryEngine = {
  /** Parses and binds a query. Throws what the engine throws where no run of it could succeed. */
  readonly prepare: (query: string) => PreparedQuery;
};

export type PreparedQuery = {
  /** The tables that the query names, sorted. */
  readonly tables: readonly TableUse[];
  readonly run: (window: QueryWindow) => Promise<RunResult>;
};

/** rowCount is undefined where the logs hold no such table: the query then sees an empty one. */
export type TableUse = { readonly name: string; readonly rowCount: number | undefined };

/** Ticks of 100 ns since 0001-01-01; every table is cut to rows with fromTicks ≤ time < toTicks. */
export type QueryWindow = {
  readonly fromTicks: bigint;
  readonly toTicks: bigint;
  /** What now() is. */
  readonly nowTicks: bigint;
  readonly by: 'TimeGenerated' | 'ingestion_time';
};

/** Values are the engine's canonical ones: see Value. */
export type RunResult = {
  readonly columns: readonly ColumnDefinition[];
  readonly rows: readonly (readonly Value[])[];
  /** Rows of the cut tables that the query reads, where the engine tells. */
  readonly rowsScanned?: number | undefined;
};

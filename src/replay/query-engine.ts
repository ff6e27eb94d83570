import type { ColumnDefinition, Value } from '../kql/index.ts';
import type { Condition, Threshold } from './query-thresholds.ts';

/** What replay asks of an engine; kql-query-engine.ts gives it with the KQL engine, tests with tables of their own. */
export type QueryEngine = {
  /** Parses and binds a query. Throws what the engine throws where no run of it could succeed. */
  readonly prepare: (query: string) => PreparedQuery;
};

export type PreparedQuery = {
  /** The tables that the query names, sorted. */
  readonly tables: readonly TableUse[];
  /** `raised` are rows that the replay itself adds to tables of the logs. */
  readonly run: (window: QueryWindow, raised?: RaisedRows) => Promise<RunResult>;
  /** What rows must reach in the query; absent where the engine cannot tell. */
  readonly thresholds?: () => readonly QueryThreshold[];
  /** The other conditions of the query; absent where the engine cannot tell. */
  readonly conditions?: () => readonly QueryCondition[];
};

/** A condition of the query that can be left out. */
export type QueryCondition = Pick<Condition, 'text' | 'isTime'> & {
  /** How many results the query has in a window without the condition. */
  readonly countWithout: (window: QueryWindow) => Promise<number>;
};

/** A comparison of the query with a constant, which can be looked at and moved. */
export type QueryThreshold = Pick<Threshold, 'text' | 'operator' | 'limit' | 'type'> & {
  /** The rows that reach the comparison in a window, each with its measured value. */
  readonly measure: (window: QueryWindow) => Promise<readonly MeasuredRow[]>;
  /** How many results the query has in a window where the constant is another one. */
  readonly countResults: (window: QueryWindow, limit: Value) => Promise<number>;
};

export type MeasuredRow = {
  /** Null where there is nothing to compare. */
  readonly value: Value;
  readonly columns: readonly ColumnDefinition[];
  readonly cells: readonly Value[];
};

/** Rows by table, each in the order of its TimeGenerated; lists may grow from run to run. */
export type RaisedRows = ReadonlyMap<string, readonly RaisedRow[]>;
/** Values by column; columns left out are empty. */
export type RaisedRow = Readonly<Record<string, Value>>;

/** rowCount is undefined where the logs hold no such table: the query then sees an empty one. */
export type TableUse = { readonly name: string; readonly rowCount: number | undefined };

/** Ticks of 100 ns since 0001-01-01; every table is cut to rows with fromTicks ≤ time < toTicks. */
export type QueryWindow = {
  readonly fromTicks: bigint;
  readonly toTicks: bigint;
  /** What now() is. */
  readonly nowTicks: bigint;
  readonly by: 'TimeGenerated' | 'ingestion_time';
  /** By ingestion_time: rows that took as long from their generation to their arrival are left out. */
  readonly longestDelayTicks?: bigint;
  /** When the query is executed: rows that arrive later are not there yet. */
  readonly executedTicks: bigint;
};

/** Values are the engine's canonical ones: see Value. */
export type RunResult = {
  readonly columns: readonly ColumnDefinition[];
  readonly rows: readonly (readonly Value[])[];
  /** Rows of the cut tables that the query reads, where the engine tells. */
  readonly rowsScanned?: number | undefined;
};

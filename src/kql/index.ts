export {
  type AddressLocation,
  ARRIVAL_COLUMN,
  type Catalog,
  type ExternalDataRequest,
  type Surroundings,
  type TableSource,
} from './catalog.ts';
export { Batch, batchOf, concatBatches, emptyBatch, rowsOf } from './columns/batch.ts';
export { clipTable, createMemoryTable, type MemoryTable, timeRange } from './columns/memory-table.ts';
export { formatInputProblem, type InputProblem } from './columns/readers/input-problem.ts';
export { type LoadedFile, type LoadedTables, loadTables, type Schemas } from './columns/readers/load-tables.ts';
export { type ExplainedOperator, type Explanation, explainQuery } from './explain/explain-query.ts';
export { externalTable } from './external-table.ts';
export { formatKqlError, KqlError, type KqlErrorCode, positionOf, type Span } from './kql-error.ts';
export { type Completion, type CompletionItem, completeQuery } from './parse/complete-query.ts';
export { didYouMean, nearestNames } from './parse/nearest-names.ts';
export { diagnose } from './parse/parse-query.ts';
export { parseSchema } from './parse-schema.ts';
export { yieldsNothingFromEmptyTables } from './plan/yields-nothing.ts';
export { createContext, type QueryContext, type QueryLimits, type QueryOptions } from './query-context.ts';
export {
  type PreparedQuery,
  planQuery,
  prepareQuery,
  type QueryResult,
  type Rendering,
  runPrepared,
  runQuery,
  type Table,
} from './run-query.ts';
export { symbolsOf } from './symbols.ts';
export { tableRows } from './table-rows.ts';
export { type JsonTable, type JsonValue, tableToJson, writeJson } from './table-to-json.ts';
export { convertValue, formatValue } from './values/convert.ts';
export { formatDatetime, ticksFromUnixMs, unixMsFromTicks } from './values/datetime.ts';
export type { DynamicValue } from './values/dynamic.ts';
export { formatJson } from './values/json.ts';
export { parseDatetime } from './values/parse-datetime.ts';
export type { ColumnDefinition, ColumnType, Value } from './values/value.ts';

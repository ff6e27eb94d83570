import { type ColumnDefinition, type ColumnType, formatDatetime, ticksFromUnixMs } from '../../kql/index.ts';

/** Some time of one table: fromMs ≤ TimeGenerated < toMs, in milliseconds since 1970. */
export type TimeSlice = { readonly fromMs: number; readonly toMs: number };

/** The columns of a table that are asked for, with the types of its schema. */
export type TableColumns = { readonly table: string; readonly columns: readonly ColumnDefinition[] };

/** When the workspace took the row in: NRT rules go by it, and no export has it otherwise. */
export const INGESTION_COLUMN: ColumnDefinition = { name: '_IngestionTime', type: 'datetime' };

/**
 * How a column travels. JSON numbers lose digits of longs, and the SDK makes Dates of datetimes and objects of dynamics:
 * as texts they arrive as they are. A column that the workspace lacks is empty, as in a table that was never written.
 */
const carriers: Readonly<Record<ColumnType, (name: string) => string>> = {
  bool: (name) => `tobool(column_ifexists("${name}", bool(null)))`,
  int: (name) => `toint(column_ifexists("${name}", int(null)))`,
  real: (name) => `toreal(column_ifexists("${name}", real(null)))`,
  long: textOf,
  datetime: textOf,
  timespan: textOf,
  decimal: textOf,
  guid: textOf,
  dynamic: textOf,
  string: textOf,
};

function textOf(name: string): string {
  return `tostring(column_ifexists("${name}", ""))`;
}

/** Reads the rows of a slice. Names come from schemas and are words, so that nothing has to be escaped. */
export const sliceQuery = (wanted: TableColumns, slice: TimeSlice): string =>
  `${within(wanted.table, slice)}\n| project ${outputs(wanted).join(',\n    ')}`;

/** Counts the rows of a range by steps, and about how many bytes of texts they are. */
export const countQuery = (wanted: TableColumns, slice: TimeSlice, stepMs: number): string =>
  `${within(wanted.table, slice)}
| project ['_At'] = TimeGenerated, ${outputs(wanted).join(',\n    ')}
| summarize Rows = tostring(count()), Bytes = tostring(tolong(sum(${sizeOf(wanted)})))
    by Start = tostring(bin_at(['_At'], ${stepMs}ms, ${literal(slice.fromMs)}))`;

const sizeOf = ({ columns }: TableColumns): string =>
  columns.map(({ name }) => `strlen(tostring(['${name}']))`).join(' + ');

const outputs = ({ columns }: TableColumns): readonly string[] => [
  ...columns.map(({ name, type }) => `['${checkName(name)}'] = ${carriers[type](name)}`),
  `['${INGESTION_COLUMN.name}'] = tostring(ingestion_time())`,
];

const within = (table: string, { fromMs, toMs }: TimeSlice): string =>
  `['${checkName(table)}']\n| where TimeGenerated >= ${literal(fromMs)} and TimeGenerated < ${literal(toMs)}`;

const literal = (timeMs: number): string => `datetime(${formatDatetime(ticksFromUnixMs(timeMs))})`;

function checkName(name: string): string {
  if (!/^\w+$/.test(name)) throw new TypeError(`${JSON.stringify(name)} is no name of a table or column`);
  return name;
}

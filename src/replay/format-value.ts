import type { Decimal } from 'decimal.js';
import { formatDatetime } from '../kql/values/datetime.ts';
import type { DynamicValue } from '../kql/values/dynamic.ts';
import { formatJson } from '../kql/values/json.ts';
import { formatReal } from '../kql/values/real.ts';
import { formatTimespan } from '../kql/values/timespan.ts';
import type { ColumnType, Value } from '../kql/values/value.ts';

const formats: Readonly<Record<ColumnType, (value: NonNullable<Value>) => string>> = {
  bool: (value) => (value === true ? 'True' : 'False'),
  int: String,
  long: String,
  real: (value) => formatReal(value as number),
  decimal: (value) => (value as Decimal).toFixed(),
  string: String,
  guid: String,
  datetime: (value) => formatDatetime(value as bigint),
  timespan: (value) => formatTimespan(value as bigint),
  // A dynamic that holds a string prints without quotes, as tostring() does.
  dynamic: (value) => (typeof value === 'string' ? value : formatJson(value as DynamicValue)),
};

/**
 * A value of a query's result as text, in the spelling of KQL's tostring(): `2026-03-24T10:20:00.0000000Z`, `71.17`,
 * `865`, `True`, `["a","b"]`; '' for null. The one place where values become text of alerts.
 */
export function formatValue(value: Value, type: ColumnType): string {
  return value === null ? '' : formats[type](value);
}

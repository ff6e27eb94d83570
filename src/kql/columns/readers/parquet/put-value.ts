import { formatValue } from '../../../values/convert.ts';
import type { DynamicValue } from '../../../values/dynamic.ts';
import { formatJson } from '../../../values/json.ts';
import type { ColumnType, Value } from '../../../values/value.ts';
import type { Cell } from '../cell.ts';
import type { CellLoader } from '../cell-loader.ts';

/**
 * Puts a typed value into a row; false where it does not fit. A value of the column's own type goes in as it is, every
 * other one by way of its text, as in files of text: so the same rows give the same table whatever format they came in.
 */
export function putValue(loader: CellLoader, row: number, value: Value, type: ColumnType, cell: Cell): boolean {
  if (value === null) {
    loader.clear(row);
    return true;
  }
  if (loader.putValue !== undefined && loader.type === type) return loader.putValue(row, value);
  return loader.put(row, cell.set(textOf(value, type), quoted.includes(type)));
}

/** The types whose values stand in quotes in JSON. */
const quoted: readonly ColumnType[] = ['string', 'guid', 'datetime', 'timespan'];

/** The text of a value that is not null, as a file of text would have it. */
export function textOf(value: Value, type: ColumnType): string {
  if (type === 'bool') return value === true ? 'true' : 'false';
  return type === 'dynamic' ? formatJson(value as DynamicValue) : formatValue(value, type);
}

import { convertValue } from './convert.ts';
import { dynamicFromPlain } from './json.ts';
import type { ColumnType, Value } from './value.ts';

/**
 * A cell of JSON data as a value of the type, in the forms that results are written in (table-to-json.ts): text for
 * datetimes, timespans, guids, decimals, NaN and large longs. Undefined where the cell does not fit the type.
 */
export function valueFromJson(cell: unknown, type: ColumnType): Value | undefined {
  if (type === 'dynamic') return dynamicFromPlain(cell);
  if (cell === null || cell === undefined) return type === 'string' ? '' : null;
  if (type === 'string') return typeof cell === 'string' ? cell : JSON.stringify(cell);
  if (typeof cell === 'boolean') return convertValue(cell, 'bool', type) ?? undefined;
  if (typeof cell === 'number') {
    return (
      (Number.isSafeInteger(cell) ? convertValue(BigInt(cell), 'long', type) : convertValue(cell, 'real', type)) ??
      undefined
    );
  }
  if (typeof cell !== 'string') return undefined;
  return cell === '' ? null : (convertValue(cell, 'string', type) ?? undefined);
}

import type { Decimal } from 'decimal.js';
import type { Column, Int64Type } from '../../columns/column.ts';
import { narrowBase } from '../../columns/column.ts';
import { datetimeOrNull } from '../../values/datetime.ts';
import { floorDivide, wrapLong } from '../../values/int64.ts';
import type { ColumnType } from '../../values/value.ts';
import { numberSource } from '../number-source.ts';
import type { Evaluate, Kernel, ParameterType, ScalarFunction, ScalarOverload } from '../scalar-function.ts';

const binLong = (value: bigint, size: bigint): bigint | null =>
  size <= 0n ? null : wrapLong(floorDivide(value, size) * size);
const binReal = (value: number, size: number): number | null => (size > 0 ? Math.floor(value / size) * size : null);
const binDecimal = (value: Decimal, size: Decimal): Decimal | null =>
  size.isZero() || size.isNegative() ? null : value.div(size).floor().times(size);

/**
 * Bins narrow whole numbers. Bins are aligned at zero of the type itself, a narrow datetime counts from another point:
 * `shift` is how far that point lies inside its bin. The quotient of two safe integers never rounds up to a whole number
 * that it does not reach, so the loop is exact.
 */
function ticksKernel(type: Int64Type): Kernel {
  return ([values, sizes], rowCount, _context, room): Column | undefined => {
    if (values === undefined || values.kind === 'constant' || sizes?.kind !== 'constant') return undefined;
    const source = numberSource(values);
    if (source === undefined || typeof sizes.value !== 'bigint' || sizes.value <= 0n) return undefined;
    const size = Number(sizes.value);
    const shift = Number(narrowBase(type) % sizes.value);
    const limit = Number.MAX_SAFE_INTEGER - size;
    if (limit < size) return undefined;
    const data = room.doubles(rowCount);
    for (let i = 0; i < rowCount; i++) {
      const value = source.data[i] as number;
      if (value > limit || value < -limit) return undefined;
      data[i] = Math.floor((value + shift) / size) * size - shift + 0;
    }
    return { kind: 'int64', type, length: rowCount, data, nulls: source.nulls };
  };
}

const realKernel: Kernel = ([values, sizes], rowCount, _context, room) => {
  if (values === undefined || values.kind === 'constant' || sizes?.kind !== 'constant') return undefined;
  const source = numberSource(values);
  const size = sizes.value;
  if (source === undefined || typeof size !== 'number' || !(size > 0)) return undefined;
  const data = room.doubles(rowCount);
  for (let i = 0; i < rowCount; i++) data[i] = Math.floor((source.data[i] as number) / size) * size;
  return { kind: 'real', type: 'real', length: rowCount, data, nulls: source.nulls };
};

const binOverloads: readonly ScalarOverload[] = [
  { parameters: ['long', 'long'], returns: 'long', evaluate: binLong, kernel: ticksKernel('long') },
  { parameters: ['real', 'real'], returns: 'real', evaluate: binReal, kernel: realKernel },
  { parameters: ['decimal', 'decimal'], returns: 'decimal', evaluate: binDecimal },
  { parameters: ['timespan', 'timespan'], returns: 'timespan', evaluate: binLong, kernel: ticksKernel('timespan') },
  { parameters: ['datetime', 'timespan'], returns: 'datetime', evaluate: binLong, kernel: ticksKernel('datetime') },
  { parameters: ['datetime', 'datetime'], returns: 'datetime', evaluate: binLong },
];

const binAtLong = (value: bigint, size: bigint, point: bigint): bigint | null =>
  size <= 0n ? null : wrapLong(floorDivide(value - point, size) * size + point);
const binAtDatetime = (value: bigint, size: bigint, point: bigint): bigint | null => {
  const bin = binAtLong(value, size, point);
  return bin === null ? null : datetimeOrNull(bin);
};
const binAtReal = (value: number, size: number, point: number): number | null =>
  size > 0 ? Math.floor((value - point) / size) * size + point : null;
const binAtDecimal = (value: Decimal, size: Decimal, point: Decimal): Decimal | null =>
  size.isZero() || size.isNegative() ? null : value.minus(point).div(size).floor().times(size).plus(point);

const binAt = (parameters: readonly ParameterType[], returns: ColumnType, evaluate: Evaluate): ScalarOverload => ({
  parameters,
  returns,
  evaluate,
});

export const bins: readonly ScalarFunction[] = [
  {
    name: 'bin',
    aliases: ['floor'],
    signature: 'bin(value, roundTo): the wider of both types',
    summary:
      'Rounds down to a multiple of a size; weeks of datetimes start on Monday; null where the size is not positive.',
    page: 'bin-function',
    overloads: binOverloads,
  },
  {
    name: 'bin_at',
    signature: 'bin_at(value, bin_size, fixed_point): the type of value',
    summary: 'Rounds down to a bin of the size given, where one bin starts at the fixed point.',
    page: 'bin-at-function',
    overloads: [
      binAt(['long', 'long', 'long'], 'long', binAtLong),
      binAt(['real', 'real', 'real'], 'real', binAtReal),
      binAt(['decimal', 'decimal', 'decimal'], 'decimal', binAtDecimal),
      binAt(['timespan', 'timespan', 'timespan'], 'timespan', binAtLong),
      binAt(['datetime', 'timespan', 'datetime'], 'datetime', binAtDatetime),
    ],
  },
];

import { KqlError } from '../../kql-error.ts';
import type { ColumnType, Value } from '../../values/value.ts';
import type { ScalarFunction } from '../scalar-function.ts';
import { singleOverload } from '../single-overload.ts';

/** The bytes of the types of fixed width. A text counts its UTF-8; the service does not publish how it holds the rest. */
const widths: Partial<Record<ColumnType, number>> = {
  bool: 1,
  int: 4,
  long: 8,
  real: 8,
  datetime: 8,
  timespan: 8,
  guid: 16,
};

function sizeOf(type: ColumnType): (value: Value) => number {
  const width = widths[type];
  if (width !== undefined) return () => width;
  if (type === 'string') return (value) => Buffer.byteLength(value as string);
  throw new KqlError('unsupported', `estimate_data_size() of a ${type} is not supported`, {
    hint: 'the service does not publish how it holds dynamic and decimal values; name the other columns instead of *',
  });
}

export const dataSizes: readonly ScalarFunction[] = [
  singleOverload(
    {
      name: 'estimate_data_size',
      signature: 'estimate_data_size(column, …): long',
      summary: 'The bytes of the values of some columns; texts count their UTF-8.',
    },
    [],
    'long',
    {
      rest: 'any',
      nulls: 'pass',
      prepare: (_context, _constants, types) => {
        const sizes = types.map(sizeOf);
        return (...values: Value[]) =>
          BigInt(values.reduce((sum: number, value, i) => sum + (sizes[i]?.(value) ?? 0), 0));
      },
    },
  ),
];

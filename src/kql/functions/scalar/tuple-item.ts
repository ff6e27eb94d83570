import { convertValue } from '../../values/convert.ts';
import type { DynamicArray } from '../../values/dynamic.ts';
import type { ColumnType, Value } from '../../values/value.ts';
import type { ScalarFunction } from '../scalar-function.ts';

/** One column of a function that yields several; the planner alone calls it. */
export const tupleItem: ScalarFunction = {
  name: 'tuple-item',
  signature: 'tuple[index]',
  summary: 'One of the columns that a function yields.',
  page: 'extend-operator',
  overloads: [
    {
      parameters: ['dynamic', 'long', 'string'],
      returns: (_types, [, , type]) => type as ColumnType,
      prepare:
        (_context, [, index, type]) =>
        (tuple: DynamicArray): Value =>
          convertValue(tuple[Number(index)] ?? null, 'dynamic', type as ColumnType),
    },
  ],
};

import { Decimal } from 'decimal.js';
import { type Vector, valueReader } from '../../columns/column.ts';
import { columnOf } from '../../columns/column-builder.ts';
import { wrapLong } from '../../values/int64.ts';
import type { ColumnType, Value } from '../../values/value.ts';
import type { WindowFunction } from '../window-function.ts';
import { restartReader } from './restart.ts';

function add(sum: Value, term: Value): Value {
  if (typeof sum === 'bigint') return wrapLong(sum + (term as bigint));
  return sum instanceof Decimal ? sum.plus(term as Decimal) : (sum as number) + (term as number);
}

const zero = (type: ColumnType): Value =>
  type === 'int' || type === 'real' ? 0 : type === 'decimal' ? new Decimal(0) : 0n;

export const rowCumsums: readonly WindowFunction[] = [
  {
    name: 'row_cumsum',
    signature: 'row_cumsum(term [, restart: bool]): the type of term',
    summary: 'The sum of a term over the rows so far, again from zero after each restart; null terms add nothing.',
    page: 'row-cumsum-function',
    parameters: ['any', 'bool'],
    optional: 1,
    returns: ([type]) => type ?? 'long',
    evaluate: ([terms, restart], rowCount) => {
      const { type } = terms as Vector;
      const read = valueReader(terms as Vector);
      const restarts = restartReader(restart);
      let sum = zero(type);
      return columnOf(
        type,
        Array.from({ length: rowCount }, (_, row) => {
          if (restarts(row)) sum = zero(type);
          const term = read(row);
          if (term !== null) sum = add(sum, term);
          return type === 'int' ? (sum as number) | 0 : sum;
        }),
      );
    },
  },
];

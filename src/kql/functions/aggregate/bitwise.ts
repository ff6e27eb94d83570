import { KqlError } from '../../kql-error.ts';
import type { ColumnType, Value } from '../../values/value.ts';
import type { AggregateFunction } from '../aggregate-function.ts';
import { foldAggregate } from '../fold-aggregate.ts';

function row(operator: string, combine: (left: bigint, right: bigint) => bigint): AggregateFunction {
  const name = `binary_all_${operator}`;
  return {
    name,
    signature: `${name}(expression: long): long`,
    summary: `The bits of all values that are not null, combined by ${operator}; null where there is none.`,
    page: `binary-all-${operator}-aggregation-function`,
    parameters: ['any'],
    returns: ([type]) => type as ColumnType,
    create({ types }) {
      const type = types[0] as ColumnType;
      if (type !== 'int' && type !== 'long')
        throw new KqlError('binding', `${name} takes an int or a long, not ${type}`);
      return foldAggregate<{ bits: bigint | null }>(type, {
        initial: () => ({ bits: null }),
        step(state, [value]: readonly Value[]) {
          if (value === null) return state;
          const bits = BigInt(value as bigint | number);
          state.bits = state.bits === null ? bits : combine(state.bits, bits);
          return state;
        },
        result: ({ bits }) => (type === 'int' && bits !== null ? Number(bits) : bits),
      });
    },
  };
}

export const bitwise: readonly AggregateFunction[] = [
  row('and', (left, right) => left & right),
  row('or', (left, right) => left | right),
  row('xor', (left, right) => left ^ right),
];

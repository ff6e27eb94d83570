import type { Value } from '../values/value.ts';

type RowFunction = (...values: Value[]) => Value;

/**
 * The function of the one argument at `position`, the others being the values given. Calls of the usual lengths are
 * written out: an array spread for each value would cost as much as most functions do.
 */
export function bindConstants(apply: RowFunction, values: readonly Value[], position: number): (value: Value) => Value {
  const [a = null, b = null, c = null] = values;
  switch (`${position} of ${values.length}`) {
    case '0 of 1':
      return (value) => apply(value);
    case '0 of 2':
      return (value) => apply(value, b);
    case '1 of 2':
      return (value) => apply(a, value);
    case '0 of 3':
      return (value) => apply(value, b, c);
    case '1 of 3':
      return (value) => apply(a, value, c);
    case '2 of 3':
      return (value) => apply(a, b, value);
    default: {
      const row = [...values];
      return (value) => {
        row[position] = value;
        return apply(...row);
      };
    }
  }
}

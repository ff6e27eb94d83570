import { compareValues } from '../../values/compare.ts';
import { convertValue } from '../../values/convert.ts';
import type { ColumnType, Value } from '../../values/value.ts';
import { commonType } from '../common-type.ts';
import type { ScalarFunction } from '../scalar-function.ts';
import { singleOverload } from '../single-overload.ts';

/**
 * The first value that no later one beats; nulls are passed over. NaN neither beats nor is beaten, so it stays only
 * where it comes first.
 */
function extreme(name: string, sign: 1 | -1, which: string): ScalarFunction {
  const row = singleOverload(
    { name, signature: `${name}(arg, arg, …)`, summary: `The ${which} of the values that are not null.` },
    ['any'],
    'dynamic',
    {
      rest: 'any',
      nulls: 'pass',
      prepare: (_context, _constants, types) => {
        const type = commonType(types);
        return (...values: Value[]) => {
          let best: Value = null;
          for (const [index, value] of values.entries()) {
            const candidate = convertValue(value, types[index] as ColumnType, type);
            if (candidate === null) continue;
            if (best === null || sign * compareValues(candidate, best, type) > 0) best = candidate;
          }
          return best;
        };
      },
    },
  );
  return { ...row, overloads: row.overloads.map((overload) => ({ ...overload, returns: commonType })) };
}

export const extremes: readonly ScalarFunction[] = [extreme('max_of', 1, 'largest'), extreme('min_of', -1, 'smallest')];

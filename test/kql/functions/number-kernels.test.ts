import assert from 'node:assert/strict';
import fc from 'fast-check';
import { constant, NARROW_EPOCH_TICKS, type Vector, valueReader } from '../../../src/kql/columns/column.ts';
import { columnOf } from '../../../src/kql/columns/column-builder.ts';
import { newRoom } from '../../../src/kql/columns/scratch.ts';
import { scalarRegistry } from '../../../src/kql/functions/registry.ts';
import { resolveOverload } from '../../../src/kql/functions/resolve-overload.ts';
import { TICKS_PER_DAY } from '../../../src/kql/values/datetime.ts';
import type { ColumnType, Value } from '../../../src/kql/values/value.ts';

const context = {} as never;

/** Runs both codes of one call over a column: the loop over numbers, and the function of single values. */
function bothWays(name: string, type: ColumnType, values: readonly Value[], rest: readonly Vector[] = []) {
  const fn = scalarRegistry.get(name);
  const overload = fn === undefined ? undefined : resolveOverload(fn, [type, ...rest.map((vector) => vector.type)]);
  const evaluate = overload?.evaluate as unknown as (...args: readonly unknown[]) => Value;
  const fast = overload?.kernel?.([columnOf(type, values), ...rest], values.length, context, newRoom);
  const constants = rest.map((vector) => (vector.kind === 'constant' ? vector.value : undefined));
  return {
    fast: fast === undefined ? undefined : values.map((_, row) => valueReader(fast)(row)),
    slow: values.map((value) => (value === null ? null : evaluate(value, ...constants))),
  };
}

/** Datetimes of the years that narrow columns hold, and near them those that they do not. */
const datetime = fc.oneof(
  fc.bigInt({ min: NARROW_EPOCH_TICKS - 2n ** 53n + 1n, max: NARROW_EPOCH_TICKS + 2n ** 53n - 1n }),
  fc.constantFrom(NARROW_EPOCH_TICKS, NARROW_EPOCH_TICKS - 1n, NARROW_EPOCH_TICKS + TICKS_PER_DAY - 1n),
  fc.constant(null),
);
const datetimes = fc.array(datetime, { minLength: 1, maxLength: 20 });
const wholeNumber = fc.option(fc.bigInt({ min: -(2n ** 53n) + 1n, max: 2n ** 53n - 1n }), { nil: null });
const wholeNumbers = fc.array(wholeNumber, { minLength: 1, maxLength: 20 });

describe('Loops over numbers', () => {
  it('bin datetimes as single values are binned, whatever the size', () => {
    const size = fc.oneof(fc.bigInt({ min: 1n, max: 2n ** 50n }), fc.constantFrom(1n, 7n * TICKS_PER_DAY));
    let compared = 0;
    fc.assert(
      fc.property(datetimes, size, (values, ticks) => {
        const { fast, slow } = bothWays('bin', 'datetime', values, [constant('timespan', ticks)]);
        if (fast === undefined) return;
        compared++;
        assert.deepEqual(fast, slow);
      }),
    );
    assert.ok(compared > 20, `the loop ran in ${compared} of 100 cases only`);
  });

  for (const operator of ['bin', '/', '%']) {
    it(`give what single whole numbers give: ${operator} by a constant`, () => {
      const divisor = fc.oneof(fc.bigInt({ min: 1n, max: 1000n }), fc.bigInt({ min: 1n, max: 2n ** 52n }));
      let compared = 0;
      fc.assert(
        fc.property(wholeNumbers, divisor, fc.boolean(), (values, size, isNegative) => {
          const by = constant('long', isNegative && operator !== 'bin' ? -size : size);
          const { fast, slow } = bothWays(operator, 'long', values, [by]);
          if (fast === undefined) return;
          compared++;
          assert.deepEqual(fast, slow);
        }),
      );
      assert.ok(compared > 20, `the loop ran in ${compared} of 100 cases only`);
    });
  }

  for (const operator of ['+', '-', '*']) {
    it(`give exact whole numbers or leave the work to single values: ${operator}`, () => {
      fc.assert(
        fc.property(wholeNumbers, wholeNumber, (values, other) => {
          const by = constant('long', other);
          if (other === null) return;
          const { fast, slow } = bothWays(operator, 'long', values, [by]);
          if (fast !== undefined) assert.deepEqual(fast, slow);
        }),
      );
    });
  }

  for (const name of ['startofday', 'startofweek', 'startofmonth', 'startofyear']) {
    it(`give what single datetimes give: ${name}`, () => {
      fc.assert(
        fc.property(datetimes, (values) => {
          const { fast, slow } = bothWays(name, 'datetime', values);
          if (fast !== undefined) assert.deepEqual(fast, slow);
        }),
      );
    });
  }

  for (const name of ['getyear', 'monthofyear', 'dayofmonth', 'dayofyear', 'week_of_year', 'hourofday', 'dayofweek']) {
    it(`give what single datetimes give: ${name}`, () => {
      fc.assert(
        fc.property(datetimes, (values) => {
          const { fast, slow } = bothWays(name, 'datetime', values);
          if (values.some((value) => value !== null)) assert.deepEqual(fast, slow);
        }),
      );
    });
  }

  it('refuse to bin by a size that is not positive, which single values answer with null', () => {
    for (const size of [0n, -1n]) {
      const { fast, slow } = bothWays('bin', 'long', [5n], [constant('long', size)]);
      assert.deepEqual({ fast, slow }, { fast: undefined, slow: [null] });
    }
  });
});

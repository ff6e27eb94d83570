import assert from 'node:assert/strict';
import fc from 'fast-check';
import { constant, type Vector, valueReader } from '../../../src/kql/columns/column.ts';
import { columnOf } from '../../../src/kql/columns/column-builder.ts';
import { gather } from '../../../src/kql/columns/gather.ts';
import { newRoom } from '../../../src/kql/columns/scratch.ts';
import { chooseColumn, trueFlags } from '../../../src/kql/functions/choose-column.ts';
import { joinTexts, numberTexts } from '../../../src/kql/functions/coded-text.ts';
import { membershipKernel } from '../../../src/kql/functions/number-membership.ts';
import { formatValue } from '../../../src/kql/values/convert.ts';
import type { ColumnType, Value } from '../../../src/kql/values/value.ts';

const valuesOf = (vector: Vector | undefined, rowCount: number): Value[] | undefined =>
  vector === undefined ? undefined : Array.from({ length: rowCount }, (_, row) => valueReader(vector)(row));

/** A column whose strings go through a dictionary, as those of a table do. */
function codedColumn(type: ColumnType, values: readonly Value[]): Vector {
  return gather(
    columnOf(type, values),
    Int32Array.from(values, (_, index) => index),
  );
}

const flag = fc.option(fc.boolean(), { nil: null });
const long = fc.option(fc.bigInt({ min: -5n, max: 5n }), { nil: null });
const word = fc.constantFrom('', 'a', 'b', 'GET');

const context = {} as never;

describe('Choosing a column row by row', () => {
  const choices: readonly (readonly [ColumnType, fc.Arbitrary<Value>])[] = [
    ['long', long],
    ['string', word],
  ];
  for (const [type, value] of choices) {
    it(`gives what iff() gives for each row: ${type}`, () => {
      const rows = fc.array(fc.tuple(flag, value, value), { minLength: 1, maxLength: 20 });
      fc.assert(
        fc.property(rows, fc.constantFrom('column', 'constant'), (table, form) => {
          const condition = columnOf(
            'bool',
            table.map(([on]) => on),
          );
          const first = codedColumn(
            type,
            table.map(([, a]) => a),
          );
          const fixed = table[0]?.[2] ?? null;
          const second =
            form === 'column'
              ? codedColumn(
                  type,
                  table.map(([, , b]) => b),
                )
              : constant(type, fixed);
          const flags = trueFlags(condition, table.length) as Uint8Array;
          const expected = table.map(([on, a, b]) => (on === true ? a : form === 'column' ? b : fixed));
          const inverted = flags.map((bit) => 1 - bit);
          const readable = expected.map((cell) => (type === 'string' ? (cell ?? '') : cell));
          assert.deepEqual(valuesOf(chooseColumn(flags, first, second), table.length), readable);
          assert.deepEqual(valuesOf(chooseColumn(inverted, second, first), table.length), readable);
        }),
      );
    });
  }
});

describe('The rows where a condition is true', () => {
  it('leave out a null, whatever stands under its mask', () => {
    const nulls = Uint8Array.of(0, 1, 0);
    const condition: Vector = { kind: 'bool', type: 'bool', length: 3, data: Uint8Array.of(1, 1, 0), nulls };
    assert.deepEqual(trueFlags(condition, 3), Uint8Array.of(1, 0, 0));
    assert.deepEqual(trueFlags(constant('bool', null), 2), Uint8Array.of(0, 0));
  });
});

describe('Text from dictionaries', () => {
  it('is what tostring() writes for each row', () => {
    fc.assert(
      fc.property(fc.array(long, { maxLength: 20 }), (values) => {
        const texts = valuesOf(numberTexts(columnOf('long', values)), values.length);
        assert.deepEqual(
          texts,
          values.map((value) => formatValue(value, 'long')),
        );
      }),
    );
  });

  it('is what strcat() writes for each row', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(word, long, word), { maxLength: 20 }), (rows) => {
        const joined = joinTexts(
          [
            codedColumn(
              'string',
              rows.map(([a]) => a),
            ),
            constant('string', '-'),
            columnOf(
              'long',
              rows.map(([, n]) => n),
            ),
            codedColumn(
              'string',
              rows.map(([, , b]) => b),
            ),
          ],
          rows.length,
        );
        assert.deepEqual(
          valuesOf(joined, rows.length),
          rows.map(([a, n, b]) => `${a}-${n ?? ''}${b}`),
        );
      }),
    );
  });

  it('is left to the row by row code where there are too many different numbers', () => {
    const many = columnOf(
      'long',
      Array.from({ length: 5000 }, (_, index) => BigInt(index)),
    );
    assert.equal(numberTexts(many), undefined);
  });
});

describe('Membership of numbers', () => {
  it('is what comparing with each item gives; a null is in no list', () => {
    fc.assert(
      fc.property(
        fc.array(long, { minLength: 1, maxLength: 20 }),
        fc.array(fc.bigInt({ min: -5n, max: 5n }), { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        (values, items, negated) => {
          const args = [columnOf('long', values), ...items.map((item) => constant('long', item))];
          const result = membershipKernel(negated)(args, values.length, context, newRoom);
          const isIn = (value: bigint | null): boolean => value !== null && items.includes(value);
          assert.deepEqual(
            valuesOf(result, values.length),
            values.map((value) => isIn(value) !== negated),
          );
        },
      ),
    );
  });

  it('leaves lists with nulls or other types to the row by row code', () => {
    const column = columnOf('long', [1n]);
    assert.equal(membershipKernel(false)([column, constant('long', null)], 1, context, newRoom), undefined);
    assert.equal(membershipKernel(false)([column, constant('string', '1')], 1, context, newRoom), undefined);
  });
});

import assert from 'node:assert/strict';
import { Decimal } from 'decimal.js';
import type { ColumnType, Value } from '../../src/kql/index.ts';
import { viewResult } from '../../src/replay/result-view.ts';
import { resultOf, ticksAt } from './fixtures.ts';

describe('values in the text of alerts', () => {
  const cases: readonly (readonly [Value, ColumnType, string])[] = [
    [ticksAt('2026-03-24 10:20') + 1n, 'datetime', '2026-03-24T10:20:00.0000001Z'],
    [71.17, 'real', '71.17'],
    [6, 'real', '6.0'],
    [Number.NaN, 'real', 'NaN'],
    [865n, 'long', '865'],
    [9_007_199_254_740_993n, 'long', '9007199254740993'],
    [204, 'int', '204'],
    [new Decimal('1.10'), 'decimal', '1.1'],
    [true, 'bool', 'True'],
    [false, 'bool', 'False'],
    [12_000_000_000n, 'timespan', '00:20:00'],
    ['PUT /orders/{id}', 'string', 'PUT /orders/{id}'],
    ['11111111-2222-4333-8444-555555555555', 'guid', '11111111-2222-4333-8444-555555555555'],
    [new Map([['status', [204n, 1.5, 'a"b', null]]]), 'dynamic', '{"status":[204,1.5,"a\\"b",null]}'],
    ['text', 'dynamic', 'text'],
    [null, 'long', ''],
    [null, 'dynamic', ''],
  ];
  for (const [value, type, text] of cases) {
    it(`a ${type} prints as '${text}', as tostring() prints it`, () => {
      assert.equal(viewResult(resultOf([`Column:${type}`], [[value]])).text(0, 'Column'), text);
    });
  }

  it('are empty for a column or a row that the result does not have', () => {
    const view = viewResult(resultOf(['A'], [['a']]));
    assert.deepEqual(
      [view.text(0, 'B'), view.text(1, 'A'), view.value(0, 'B'), view.typeOf('B')],
      ['', '', null, undefined],
    );
  });
});

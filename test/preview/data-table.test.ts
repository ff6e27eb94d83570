import { strict as assert } from 'node:assert';
import { Decimal } from 'decimal.js';
import { ticksFromUnixMs } from '../../src/kql/values/datetime.ts';
import { readTable } from '../../src/preview/data-table.ts';

describe('readTable', () => {
  it('turns the canonical values of every type into what a page shows', () => {
    const table = readTable({
      columns: [
        { name: 'Flag', type: 'bool' },
        { name: 'Int', type: 'int' },
        { name: 'Long', type: 'long' },
        { name: 'Real', type: 'real' },
        { name: 'Decimal', type: 'decimal' },
        { name: 'Text', type: 'string' },
        { name: 'Time', type: 'datetime' },
        { name: 'Span', type: 'timespan' },
        { name: 'Bag', type: 'dynamic' },
      ],
      rows: [
        [true, 7, 865n, 71.17, new Decimal('1.5'), 'a', ticksFromUnixMs(1_000), 12_000_000_000n, new Map([['k', 1n]])],
        [null, null, null, null, null, '', null, null, null],
      ],
    });
    assert.deepEqual(table, {
      rowCount: 2,
      columns: [
        { name: 'Flag', kind: 'text', values: ['True', ''] },
        { name: 'Int', kind: 'number', values: [7, null] },
        { name: 'Long', kind: 'number', values: [865, null] },
        { name: 'Real', kind: 'number', values: [71.17, null] },
        { name: 'Decimal', kind: 'number', values: [1.5, null] },
        { name: 'Text', kind: 'text', values: ['a', ''] },
        { name: 'Time', kind: 'time', values: [1_000, null] },
        { name: 'Span', kind: 'duration', values: [1_200_000, null] },
        { name: 'Bag', kind: 'text', values: ['{"k":1}', ''] },
      ],
    });
  });

  it('refuses a whole number that a chart would round silently', () => {
    const columns = [{ name: 'Id', type: 'long' as const }];
    assert.equal(readTable({ columns, rows: [[9_007_199_254_740_991n]] }).columns[0]?.values[0], 9_007_199_254_740_991);
    assert.throws(() => readTable({ columns, rows: [[9_007_199_254_740_992n]] }), { code: 'result-value', at: 'Id' });
  });
});

import assert from 'node:assert/strict';
import {
  ARRIVAL_COLUMN,
  batchOf,
  type ColumnDefinition,
  clipTable,
  createMemoryTable,
  type MemoryTable,
  rowsOf,
  timeRange,
  type Value,
} from '../../../src/kql/index.ts';

const columns: readonly ColumnDefinition[] = [
  { name: 'TimeGenerated', type: 'datetime' },
  { name: 'Name', type: 'string' },
];
const namesOf = (table: MemoryTable): readonly Value[] => rowsOf(table.rows).map((row) => row[1] as Value);

/** Happened at 10, 20, 30; arrived at 50, 40, 45. */
const late = createMemoryTable(
  batchOf(
    [...columns, ARRIVAL_COLUMN],
    [
      [30n, 'c', 45n],
      [10n, 'a', 50n],
      [20n, 'b', 40n],
    ],
  ),
);

describe('a table in memory', () => {
  it('is in the order of its time column, rows without a time first', () => {
    const table = createMemoryTable(
      batchOf(columns, [
        [30n, 'c'],
        [null, 'x'],
        [10n, 'a'],
      ]),
    );
    assert.deepEqual(namesOf(table), ['x', 'a', 'c']);
    assert.deepEqual(timeRange(table), { fromTicks: 10n, toTicks: 30n });
  });

  it('hides the time at which rows arrived', () => {
    assert.deepEqual(late.columns, columns);
    assert.deepEqual(rowsOf(late.rows), [
      [10n, 'a'],
      [20n, 'b'],
      [30n, 'c'],
    ]);
    assert.equal(createMemoryTable(batchOf(columns, [])).arrived, undefined);
  });

  it('gives the time of arrival to who asks for it', () => {
    const batches = [...(late.scanWithArrival?.() as Iterable<MemoryTable['rows']>)];
    assert.deepEqual(batches.flatMap(rowsOf), [
      [10n, 'a', 50n],
      [20n, 'b', 40n],
      [30n, 'c', 45n],
    ]);
  });
});

describe('clipping a table', () => {
  it('keeps what happened from one time on and before another', () => {
    assert.deepEqual(namesOf(clipTable(late, 10n, 30n)), ['a', 'b']);
    assert.deepEqual(namesOf(clipTable(late, 11n, 12n)), []);
  });

  it('by arrival keeps what arrived then, in the order of the table', () => {
    assert.deepEqual(namesOf(clipTable(late, 45n, 51n, 'arrival')), ['a', 'c']);
    assert.deepEqual(namesOf(clipTable(late, 40n, 45n, 'arrival')), ['b']);
    assert.deepEqual(namesOf(clipTable(late, 41n, 45n, 'arrival')), []);
  });

  it('takes the arrival times along, so that a clip can be clipped again', () => {
    const clipped = clipTable(clipTable(late, 10n, 30n), 45n, 60n, 'arrival');
    assert.deepEqual(namesOf(clipped), ['a']);
    assert.deepEqual(clipped.arrived === undefined ? undefined : rowsOf(clipped.arrived), [[10n, 'a', 50n]]);
  });

  it('by arrival is clipping by time where it is not known when rows arrived', () => {
    const table = createMemoryTable(
      batchOf(columns, [
        [10n, 'a'],
        [20n, 'b'],
      ]),
    );
    assert.deepEqual(namesOf(clipTable(table, 20n, 30n, 'arrival')), ['b']);
  });
});

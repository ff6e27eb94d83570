import assert from 'node:assert/strict';
import {
  ARRIVAL_COLUMN,
  batchOf,
  type Catalog,
  type ColumnDefinition,
  createMemoryTable,
  type MemoryTable,
  parseDatetime,
  runQuery,
  type Value,
} from '../../src/kql/index.ts';
import { tableToText } from '../../src/kql/table-to-text.ts';

const time = (text: string): bigint => parseDatetime(`2026-03-24T${text}Z`) as bigint;
const columns: readonly ColumnDefinition[] = [
  { name: 'TimeGenerated', type: 'datetime' },
  { name: 'N', type: 'long' },
];

/** Rows out of order; the second one arrived first. */
const late: MemoryTable = createMemoryTable(
  batchOf(
    [...columns, ARRIVAL_COLUMN],
    [
      [time('10:10:00'), 2n, time('10:12:00')],
      [time('10:00:00'), 1n, time('10:30:00')],
    ],
  ),
);
/** A table that does not know when its rows arrived. */
const plain: MemoryTable = createMemoryTable(batchOf(columns, [[time('10:05:00'), 7n] as Value[]]));
const catalog: Catalog = {
  tables: new Map([
    ['Late', late],
    ['Plain', plain],
  ]),
};

const answer = async (query: string): Promise<string> =>
  tableToText((await runQuery(query, catalog, { nowTicks: time('11:00:00') })).table)
    .replaceAll('2026-03-24T', '')
    .replaceAll('.0000000Z', '');

describe('ingestion_time()', () => {
  it('is the time at which the row arrived', async () => {
    assert.equal(
      await answer('Late | project N, At = ingestion_time()'),
      'N:long\tAt:datetime\n1\t10:30:00\n2\t10:12:00\n',
    );
  });

  it('filters', async () => {
    assert.equal(await answer('Late | where ingestion_time() > datetime(2026-03-24 10:20) | project N'), 'N:long\n1\n');
  });

  it('is TimeGenerated of a table that does not know when its rows arrived', async () => {
    assert.equal(await answer('Plain | project N, At = ingestion_time()'), 'N:long\tAt:datetime\n7\t10:05:00\n');
  });

  it('is null of rows that are in no table', async () => {
    assert.equal(await answer('print At = ingestion_time()'), 'At:datetime\nnull\n');
    assert.equal(
      await answer('datatable(x: long)[1] | extend At = ingestion_time()'),
      'x:long\tAt:datetime\n1\tnull\n',
    );
  });

  it('goes with the row through the operators that keep it', async () => {
    const query = `Late | where N > 0 | extend M = N * 2 | project M | order by M asc | take 2
      | mv-expand i = dynamic([1]) to typeof(long) | where ingestion_time() > datetime(2026-03-24 10:20)`;
    assert.equal(await answer(query), 'M:long\ti:long\n2\t1\n');
  });

  it('is that of each input of a union', async () => {
    const query =
      'union Late, Plain | extend Delay = ingestion_time() - TimeGenerated | project N, Delay | order by N asc';
    assert.equal(await answer(query), 'N:long\tDelay:timespan\n1\t00:30:00\n2\t00:02:00\n7\t00:00:00\n');
  });

  it('may be read again after a projection that left it out', async () => {
    assert.equal(
      await answer(
        'Late | extend A = ingestion_time() | project N | where ingestion_time() < datetime(2026-03-24 10:20)',
      ),
      'N:long\n2\n',
    );
  });

  it('may stand in an aggregate, and adds no column to the others', async () => {
    assert.equal(
      await answer('Late | summarize Last = max(ingestion_time()), arg_max(ingestion_time(), *)'),
      'Last:datetime\t$IngestionTime:datetime\tTimeGenerated:datetime\tN:long\n10:30:00\t10:30:00\t10:00:00\t1\n',
    );
    assert.equal(
      await answer('Late | where ingestion_time() < now() and N == 1 | extend All = pack_all() | project All'),
      'All:dynamic\n{"TimeGenerated":"10:00:00","N":1}\n',
    );
    assert.equal(await answer('Late | where N == 2'), 'TimeGenerated:datetime\tN:long\n10:10:00\t2\n');
  });

  it('may be called in a function', async () => {
    assert.equal(
      await answer(
        'let delay = (at: datetime) { ingestion_time() - at }; Late | where N == 1 | project D = delay(TimeGenerated)',
      ),
      'D:timespan\n00:30:00\n',
    );
  });

  it('is refused of rows that are made of others', async () => {
    for (const query of [
      'Late | summarize count() by N | where ingestion_time() > ago(1h)',
      'Late | join kind=inner (Plain) on N | extend At = ingestion_time()',
    ]) {
      await assert.rejects(runQuery(query, catalog, { nowTicks: 0n }), { name: 'KqlError', code: 'unsupported' });
    }
  });
});

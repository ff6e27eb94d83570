import assert from 'node:assert/strict';
import { KqlError, prepareQuery, runQuery, type Table } from '../../src/kql/index.ts';
import { tableToText } from '../../src/kql/table-to-text.ts';

const catalog = { tables: new Map() };
const tablesOf = async (query: string): Promise<readonly Table[]> =>
  (await runQuery(query, catalog, { nowTicks: 0n })).tables;
const textsOf = async (query: string): Promise<readonly string[]> => (await tablesOf(query)).map(tableToText);

describe('a text with several tabular statements', () => {
  it('gives a table for each, in their order', async () => {
    assert.deepEqual(await textsOf('let a = 2; print x = a; print y = a * 2; range z from 1 to 2 step 1'), [
      'x:long\n2\n',
      'y:long\n4\n',
      'z:long\n1\n2\n',
    ]);
  });

  it('has the first as its result', async () => {
    const { table, tables } = await runQuery('print x = 1; print y = 2', catalog, { nowTicks: 0n });
    assert.equal(table, tables[0]);
  });

  it('sees a let statement only after it', async () => {
    await assert.rejects(runQuery('print a; let a = 1; print a', catalog, { nowTicks: 0n }), { code: 'binding' });
  });

  it('computes what its statements share once', async () => {
    const [first, second] = await textsOf('let r = materialize(print x = rand()); r; r');
    assert.equal(first, second);
  });

  it('gives several tables after a plugin whose columns depend on the data too', async () => {
    const query = 'let u = print d = dynamic({"a": 1}) | evaluate bag_unpack(d); u; u | extend b = a + 1';
    assert.deepEqual(await textsOf(query), ['a:long\n1\n', 'a:long\tb:long\n1\t2\n']);
  });

  it('is no query where it only declares', async () => {
    await assert.rejects(runQuery('let a = 1;', catalog, { nowTicks: 0n }), (error: unknown) => {
      assert.ok(error instanceof KqlError);
      assert.equal(error.code, 'syntax');
      return true;
    });
  });

  it('is prepared with all its plans', () => {
    assert.equal(prepareQuery('print 1; print 2', catalog).results?.length, 2);
  });
});

describe('fork', () => {
  it('gives a table for each subquery, under its name', async () => {
    const tables = await tablesOf(
      'range x from 1 to 4 step 1 | fork big = (where x > 3) (count) total = (summarize sum(x))',
    );
    assert.deepEqual(
      tables.map((table) => [table.name, tableToText(table)]),
      [
        ['big', 'x:long\n4\n'],
        [undefined, 'Count:long\n4\n'],
        ['total', 'sum_x:long\n10\n'],
      ],
    );
  });

  it('computes the rows that its subqueries share once', async () => {
    const [first, second] = await textsOf('print x = rand() | fork (project x) (project x)');
    assert.equal(first, second);
  });

  it('is refused where rows would have to go on', async () => {
    await assert.rejects(runQuery('print x = 1 | fork (take 1) | count', catalog, { nowTicks: 0n }), {
      name: 'KqlError',
    });
  });
});

describe('facet', () => {
  const rows = 'datatable(a: string, b: long)["x", 1, "y", 1, "x", 2]';

  it('counts the values of each column', async () => {
    assert.deepEqual(await textsOf(`${rows} | facet by a, b`), [
      'a:string\tcount_a:long\n"x"\t2\n"y"\t1\n',
      'b:long\tcount_b:long\n1\t2\n2\t1\n',
    ]);
  });

  it('gives the rows of its with-clause first, and counts all rows nevertheless', async () => {
    assert.deepEqual(await textsOf(`${rows} | facet by a with (where b > 1 | project a)`), [
      'a:string\n"x"\n',
      'a:string\tcount_a:long\n"x"\t2\n"y"\t1\n',
    ]);
  });
});

describe('render', () => {
  it('leaves its chart and properties with the result', async () => {
    const { table } = await runQuery(
      'range x from 1 to 2 step 1 | render timechart with (title="Calls", ysplit=axes)',
      catalog,
      { nowTicks: 0n },
    );
    assert.equal(table.render?.chart, 'timechart');
    assert.deepEqual(
      [...(table.render?.properties ?? [])],
      [
        ['title', 'Calls'],
        ['ysplit', 'axes'],
      ],
    );
  });
});

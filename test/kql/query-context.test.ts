import assert from 'node:assert/strict';
import { type Catalog, KqlError, type QueryLimits, runQuery } from '../../src/kql/index.ts';

const catalog: Catalog = { tables: new Map() };

async function limitOf(query: string, limits: QueryLimits, more: object = {}): Promise<string> {
  try {
    await runQuery(query, catalog, { nowTicks: 0n, limits, ...more });
  } catch (error) {
    if (error instanceof KqlError && error.code === 'limit') return error.message;
    throw error;
  }
  throw new assert.AssertionError({ message: `${query} ran` });
}

describe('a limit on rows', () => {
  it('stops the operator that would hold more', async () => {
    assert.equal(
      await limitOf('range x from 1 to 1000000 step 1', { maxRows: 999 }),
      'range would hold 65536 rows; the limit is 999',
    );
    assert.match(
      await limitOf('range x from 1 to 100000 step 1 | order by x desc | take 1', { maxRows: 70_000 }),
      /^range would hold \d+ rows/,
    );
  });

  it('counts groups, and leaves alone what streams', async () => {
    assert.match(
      await limitOf('range x from 1 to 1000 step 1 | summarize count() by x', { maxRows: 100 }),
      /^summarize would hold/,
    );
    const { table } = await runQuery('range x from 1 to 200000 step 1 | count', catalog, {
      nowTicks: 0n,
      limits: { maxRows: 10 },
    });
    assert.equal(table.rowCount, 1);
  });

  it('stops a join that multiplies before it has multiplied', async () => {
    const many = 'range x from 1 to 20000 step 1 | extend k = 1';
    assert.match(
      await limitOf(`${many} | join kind=inner (${many}) on k | count`, { maxRows: 3_000_000 }),
      /^join would hold/,
    );
  });

  it('stops an expansion that multiplies before it has multiplied', async () => {
    const query = 'range x from 1 to 10000 step 1 | mv-expand i = range(1, 10000) | count';
    assert.match(await limitOf(query, { maxRows: 3_000_000 }), /^mv-expand would hold/);
  });
});

describe('a limit on memory', () => {
  it('stops basket over many columns before its patterns fill the process', async () => {
    const columns = Array.from({ length: 40 }, (_, index) => `c${index} = x`).join(', ');
    const query = `range x from 1 to 3 step 1 | project ${columns} | evaluate basket(0.05)`;
    assert.match(await limitOf(query, { maxBytes: 2 ** 20 }), /^basket would hold about \d+ MB; the limit is 1 MB/);
  });

  it('stops an operator by an estimate of what it holds', async () => {
    // Two columns of eight bytes: a mebibyte is 65,536 rows.
    const query = 'range x from 1 to 1000000 step 1 | extend y = x | order by x desc';
    assert.match(await limitOf(query, { maxBytes: 2 ** 20 }), /^extend would hold about \d+ MB; the limit is 1 MB$/);
  });

  it('stops a query whose process grows, whatever the estimate says', async () => {
    let held = 1000;
    const heldBytes = (): number => {
      held += 2 ** 20;
      return held;
    };
    const query = 'range x from 1 to 10000000 step 1 | count';
    assert.match(await limitOf(query, { maxBytes: 5 * 2 ** 20 }, { heldBytes }), /^the query would hold about 6 MB/);
  });
});

describe('a limit on time', () => {
  it('stops a query at the next look at the clock', async () => {
    let nowMs = 0;
    const clockMs = (): number => {
      nowMs += 10;
      return nowMs;
    };
    assert.equal(
      await limitOf('range x from 1 to 100000000 step 1 | count', { maxTimeMs: 100 }, { clockMs }),
      'the query ran longer than 100 ms',
    );
  });

  it('is none without a clock', async () => {
    const { table } = await runQuery('print 1', catalog, { nowTicks: 0n, limits: { maxTimeMs: 0 } });
    assert.equal(table.rowCount, 1);
  });
});

describe('cancelling', () => {
  const long: readonly (readonly [string, string])[] = [
    ['a count', 'range x from 1 to 10000000000 step 1 | count'],
    ['a sort', 'range x from 1 to 3000000 step 1 | extend y = x * 7919 % 1000003 | order by y asc | take 1'],
    [
      'a join',
      'range x from 1 to 100000 step 1 | extend k = 1 | join kind=inner (range y from 1 to 100000 step 1 | extend k = 1) on k | count',
    ],
    ['an expansion', 'range x from 1 to 1000000 step 1 | mv-expand i = range(1, 1000) | count'],
    ['subqueries', 'range x from 1 to 1000000 step 1 | mv-apply i = range(1, 3) on (take 1) | count'],
    [
      'a scan',
      'range x from 1 to 3000000 step 1 | scan declare (n: long = 0) with (step s: true => n = s.n + x;) | count',
    ],
  ];
  for (const [what, query] of long) {
    it(`reaches ${what} while it runs`, async () => {
      const abort = new AbortController();
      setTimeout(() => abort.abort(), 50);
      await assert.rejects(runQuery(query, catalog, { nowTicks: 0n, signal: abort.signal }), {
        name: 'KqlError',
        code: 'cancelled',
      });
    });
  }

  it('before the query begins is heard too', async () => {
    await assert.rejects(
      runQuery('range x from 1 to 10 step 1', catalog, { nowTicks: 0n, signal: AbortSignal.abort() }),
      {
        code: 'cancelled',
      },
    );
  });
});

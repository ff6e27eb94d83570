import assert from 'node:assert/strict';
import {
  batchOf,
  type Catalog,
  KqlError,
  prepareQuery,
  type QueryOptions,
  runPrepared,
  runQuery,
  tableRows,
} from '../../src/kql/index.ts';

const options: QueryOptions = { nowTicks: 0n };
const empty: Catalog = { tables: new Map() };
const bag = (json: string): string => `datatable(d: dynamic) [dynamic(${json})]`;

async function errorOf(query: string, catalog: Catalog = empty, extra: Partial<QueryOptions> = {}): Promise<KqlError> {
  try {
    await runQuery(query, catalog, { ...options, ...extra });
  } catch (error) {
    if (error instanceof KqlError) return error;
    throw error;
  }
  throw new assert.AssertionError({ message: 'the query ran' });
}

describe('Queries that run in stages', () => {
  it('have no plan before they run, unlike queries whose plugins state their columns', () => {
    assert.equal(prepareQuery(`${bag('{"a": 1}')} | evaluate bag_unpack(d)`, empty).plan, undefined);
    assert.notEqual(prepareQuery(`${bag('{"a": 1}')} | evaluate bag_unpack(d) : (a: long)`, empty).plan, undefined);
    assert.notEqual(prepareQuery('print evaluate = 1', empty).plan, undefined);
  });

  it('run again with the data of each run', async () => {
    const prepared = prepareQuery('T | evaluate bag_unpack(d)', tableOf('{"a": 1}'));
    const namesOf = async (json: string): Promise<readonly string[]> =>
      (await runPrepared(prepared, tableOf(json), options)).table.columns.map(({ name }) => name);
    assert.deepEqual([await namesOf('{"a": 1}'), await namesOf('{"b": 1, "c": 2}')], [['a'], ['b', 'c']]);
  });

  it('reach into saved functions, with arguments and defaults', async () => {
    const functions = new Map([
      ['Unpacked', `${bag('{"a": 1, "b": 2}')} | evaluate bag_unpack(d)`],
      ['Above', '(limit: long, factor: long = 10) { Unpacked() | where a * factor > limit | extend limit }'],
    ]);
    const catalog = { ...empty, functions };
    const rows = async (query: string) => tableRows((await runQuery(query, catalog, options)).table);
    assert.deepEqual(await rows('Unpacked | project b'), [{ b: 2n }]);
    assert.deepEqual(await rows('Above(9) | project a, limit'), [{ a: 1n, limit: 9n }]);
    assert.deepEqual(await rows('Above(factor = 1, limit = 9)'), []);
  });

  it('leave out what a function in between is not called for', async () => {
    const query = `let f = (T: (d: dynamic)) { T | evaluate bag_unpack(d) | where x == 1 }; ${bag('{"a": 1}')} | evaluate bag_unpack(d)`;
    assert.deepEqual(tableRows((await runQuery(query, empty, options)).table), [{ a: 1n }]);
  });

  it('point at the place in the query as it was written', async () => {
    const query = `${bag('{"a": 1}')} | evaluate bag_unpack(d)\n| extend b = a + 1\n| where missing == 1`;
    const { span } = await errorOf(query);
    assert.deepEqual(span, { start: query.indexOf('missing'), end: query.indexOf('missing') + 'missing'.length });
  });

  it('point at the call where a function fails inside', async () => {
    const query = `let f = (T: (d: dynamic)) { T | evaluate bag_unpack(d) | where nothing > 1 };\nf(${bag('{"a": 1}')})`;
    const { span, message } = await errorOf(query);
    assert.equal(query.slice(span?.start, span?.end), `f(${bag('{"a": 1}')})`);
    assert.match(message, /'nothing'/);
  });

  it('complain about what comes before the plugin as any query does', async () => {
    const { code, span } = await errorOf(`${bag('{"a": 1}')} | where x > 1 | evaluate bag_unpack(d) | where y > 1`);
    assert.deepEqual([code, span?.start], ['binding', `${bag('{"a": 1}')} | where `.length]);
  });

  it('leave no table behind that a pattern or a search would find', async () => {
    const query = `union withsource=Source T*, (T | evaluate bag_unpack(d)) | project Source, a`;
    const { table } = await runQuery(query, tableOf('{"a": 1}'), options);
    assert.deepEqual(tableRows(table), [
      { Source: 'T', a: null },
      { Source: 'T', a: 1n },
    ]);
    const all = await runQuery('union * | count', tableOf('{"a": 1}'), options);
    assert.deepEqual(tableRows(all.table), [{ Count: 1n }]);
    const staged = 'let n = toscalar(T | evaluate bag_unpack(d) | count); union * | extend n';
    assert.equal((await runQuery(staged, tableOf('{"a": 1}'), options)).table.rowCount, 1);
  });

  it('are refused where the function is a scalar one', async () => {
    const query = `let f = () { toscalar(${bag('{"a": 1}')} | evaluate bag_unpack(d)) }; print f() + 1`;
    assert.equal((await errorOf(query)).code, 'unsupported');
  });

  it('stop when they are cancelled', async () => {
    const signal = AbortSignal.abort();
    assert.equal((await errorOf('T | evaluate bag_unpack(d)', tableOf('{"a": 1}'), { signal })).code, 'cancelled');
  });
});

function tableOf(json: string): Catalog {
  const columns = [{ name: 'd', type: 'dynamic' as const }];
  const value = new Map(Object.entries(JSON.parse(json) as Record<string, number>).map(([k, v]) => [k, BigInt(v)]));
  return { tables: new Map([['T', { columns, scan: () => [batchOf(columns, [[value]])] }]]) };
}

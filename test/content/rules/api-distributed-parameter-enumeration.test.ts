import { strict as assert } from 'node:assert';
import { type LogRow, runRule } from './run-rule.ts';
import { attackWindow, countsAround, request, runAfterAttack, windowsBefore } from './traffic.ts';

const run = (rows: readonly LogRow[], settings: unknown = {}) =>
  runRule('api-distributed-parameter-enumeration', { ApiManagementGatewayLogs: rows }, runAfterAttack, settings);

const valuesPerRequest = 50;

/** So many distinct values of `id`, 50 in each request, from so many addresses in turn. */
function enumeration(window: number, values: number, addresses: number, name = 'id'): readonly LogRow[] {
  return Array.from({ length: Math.ceil(values / valuesPerRequest) }, (_, index) => {
    const first = index * valuesPerRequest;
    const count = Math.min(valuesPerRequest, values - first);
    const pairs = Array.from({ length: count }, (_value, position) => `${name}=${first + position}`);
    return request(window + index * 1000, {
      Method: 'GET',
      OperationId: 'GET /transactions',
      Url: `https://api.contoso.com/transactions?${pairs.join('&')}`,
      ResponseCode: 200,
      RequestHeaders: { 'X-Forwarded-For': `203.0.113.${index % addresses}:4000` },
    });
  });
}

const traffic = (counts: readonly number[]): readonly LogRow[] =>
  windowsBefore(counts.length).flatMap((window, index) => enumeration(window, counts[index] ?? 0, 20));
const attack = (values: number, addresses = 20, name = 'id') => enumeration(attackWindow, values, addresses, name);

describe('api-distributed-parameter-enumeration', () => {
  it('fires at six standard deviations above the mean of distinct values, and is quiet one value below', async () => {
    const usual = traffic(countsAround(950));
    const [alert, ...others] = await run([...usual, ...attack(1010)]);
    assert.deepEqual(others, []);
    assert.deepEqual(
      [alert?.Endpoint, alert?.Parameter, alert?.Observed, alert?.Mean, alert?.StandardDeviation, alert?.Deviation],
      ['GET /transactions', 'id', 1010n, 950, 10, 6],
    );
    assert.deepEqual([alert?.Addresses, alert?.Url], [20n, 'https://api.contoso.com/transactions']);
    assert.equal(
      alert?.EventOfInterest,
      '20 addresses together called GET /transactions with 1010 distinct values of the parameter id in 20 minutes.',
    );
    assert.deepEqual(await run([...usual, ...attack(1009)]), []);
  });

  it('fires at 1,000 distinct values and is quiet at 999, however far they deviate', async () => {
    const little = traffic(countsAround(20));
    assert.equal((await run([...little, ...attack(1000)])).length, 1);
    assert.deepEqual(await run([...little, ...attack(999)]), []);
  });

  it('fires at 10 addresses and is quiet at 9: one or a few enumerating are another rule’s', async () => {
    const little = traffic(countsAround(20));
    assert.equal((await run([...little, ...attack(1000, 10)])).length, 1);
    assert.deepEqual(await run([...little, ...attack(1000, 9)]), []);
  });

  it('is quiet about an endpoint with 35 active windows and fires with 36', async () => {
    const counts = (windows: number) => Array.from({ length: windows }, (_, index) => 20 + (index % 2));
    assert.deepEqual(await run([...traffic(counts(35)), ...attack(1000)]), []);
    assert.equal((await run([...traffic(counts(36)), ...attack(1000)])).length, 1);
  });

  it('counts values and not calls', async () => {
    const row = attack(1)[0] as LogRow;
    const calls = Array.from({ length: 1200 }, (_, index) => ({
      ...row,
      TimeGenerated: attackWindow + index * 500,
      RequestHeaders: { 'X-Forwarded-For': `203.0.113.${index % 200}` },
    }));
    assert.deepEqual(await run([...traffic(countsAround(20)), ...calls]), []);
  });

  it('keeps a baseline for each parameter', async () => {
    assert.deepEqual(await run([...traffic(countsAround(20)), ...attack(1500, 20, 'other')]), []);
  });

  it('reads a value up to the next parameter, whatever signs stand in it', async () => {
    const usual = traffic(countsAround(20));
    const rows = attack(1500).map((row, index) => ({
      ...row,
      Url: `https://api.contoso.com/transactions?${Array.from({ length: 50 }, (_, i) => `id=?=${index}/${i}`).join('&')}&flag&=x`,
    }));
    const [alert, ...others] = await run([...usual, ...rows]);
    assert.deepEqual(others, []);
    assert.deepEqual([alert?.Parameter, alert?.Observed], ['id', 1500n]);
  });
});

import { strict as assert } from 'node:assert';
import { ticksFromUnixMs } from '../../../src/kql/index.ts';
import { at, type LogRow, MINUTE_MS, runRule } from './run-rule.ts';
import { attackWindow, countsAround, requests, runAfterAttack, windowsBefore } from './traffic.ts';

type Columns = Readonly<Record<string, unknown>>;

const run = (rows: readonly LogRow[], now = runAfterAttack, settings: unknown = {}) =>
  runRule('api-traffic-population-spike', { ApiManagementGatewayLogs: rows }, now, settings);

const traffic = (counts: readonly number[], columns: Columns = {}): readonly LogRow[] =>
  windowsBefore(counts.length).flatMap((window, index) => requests(window, counts[index] ?? 0, () => columns));
const attack = (calls: number, columns: Columns = {}): readonly LogRow[] =>
  requests(attackWindow, calls, () => columns);

const usual = traffic(countsAround(150));

describe('api-traffic-population-spike', () => {
  it('says in its alert what it measured and against what', async () => {
    const [alert, ...others] = await run([...usual, ...attack(210)]);
    assert.deepEqual(others, []);
    assert.deepEqual(alert, {
      TimeGenerated: ticksFromUnixMs(attackWindow),
      Observed: 210n,
      Mean: 150,
      StandardDeviation: 10,
      Deviation: 6,
      BaselineWindows: 37n,
      WindowStart: ticksFromUnixMs(attackWindow),
      WindowEnd: ticksFromUnixMs(attackWindow + 20 * MINUTE_MS),
      Endpoint: 'PUT /orders/{id}',
      StatusClass: '2XX',
      StatusCodes: '204',
      ApiId: 'orders',
      ApimResource: '/subscriptions/s/resourcegroups/g/providers/microsoft.apimanagement/service/apim-1',
      Url: 'https://api.contoso.com/orders/7',
      EventOfInterest: 'All addresses together made 210 calls to PUT /orders/{id} with status code 2XX in 20 minutes.',
      UsualBehavior:
        'In its 37 active windows of 20 minutes of the past 14 days, they made 150.0 calls on average (mean), with a standard deviation of 10.0.',
    });
  });

  it('is quiet just below six standard deviations: 209 calls are 5.9', async () => {
    assert.deepEqual(await run([...usual, ...attack(209)]), []);
  });

  it('fires at 200 calls and is quiet at 199, however far they deviate', async () => {
    const little = traffic(countsAround(15));
    assert.equal((await run([...little, ...attack(200)])).length, 1);
    assert.deepEqual(await run([...little, ...attack(199)]), []);
  });

  it('is quiet about an endpoint with 35 active windows and fires with 36', async () => {
    const counts = (windows: number) => Array.from({ length: windows }, (_, index) => 20 + (index % 2));
    assert.deepEqual(await run([...traffic(counts(35)), ...attack(300)]), []);
    assert.equal((await run([...traffic(counts(36)), ...attack(300)])).length, 1);
  });

  it('takes thresholds from the configuration', async () => {
    const parameters = { deviations: 5.9, minimumCalls: 209, minimumBaselineWindows: 37 };
    const settings = { rules: { 'api-traffic-population-spike': { parameters } } };
    assert.equal((await run([...usual, ...attack(209)], runAfterAttack, settings)).length, 1);
    assert.deepEqual(await run([...usual, ...attack(208)], runAfterAttack, settings), []);
  });

  it('answers for the windows that ended in (T - 70 minutes, T - 10 minutes]', async () => {
    const rows = [...usual, ...attack(300)];
    const firesAt = async (time: string) => (await run(rows, at(`2026-03-24 ${time}`))).length;
    assert.deepEqual(await Promise.all(['10:49', '10:50', '11:49', '11:50'].map(firesAt)), [0, 1, 1, 0]);
  });

  for (const minute of [0, 7, 13, 20, 30, 41, 50, 59]) {
    it(`raises one alert for one spike when it runs hourly at minute ${minute}`, async () => {
      const rows = [...usual, ...attack(300)];
      const hours = [9, 10, 11, 12].map((hour) => at('2026-03-24 00:00') + (hour * 60 + minute) * MINUTE_MS);
      const alerts = await Promise.all(hours.map((now) => run(rows, now)));
      assert.equal(alerts.flat().length, 1);
    });
  }

  it('does not wait for a window that is still open, nor count it short', async () => {
    const next = requests(attackWindow + 20 * MINUTE_MS, 300);
    const found = await run([...usual, ...attack(300), ...next], at('2026-03-24 10:55'));
    assert.deepEqual(
      found.map(({ WindowStart }) => WindowStart),
      [ticksFromUnixMs(attackWindow)],
    );
  });

  it('measures a nightly batch against other nights and not against the silence between them', async () => {
    const dayMs = 24 * 60 * MINUTE_MS;
    const nights = Array.from({ length: 13 }, (_, night) => attackWindow - (night + 1) * dayMs);
    const windows = nights.flatMap((night) => [0, 20, 40].map((minutes) => night + minutes * MINUTE_MS));
    const batches = windows.flatMap((window, index) => requests(window, 300 + (index % 3)));
    assert.deepEqual(await run([...batches, ...attack(303)]), []);
    assert.equal((await run([...batches, ...attack(400)])).length, 1);
  });

  it('does not let windows before the 14 days, or the one cut by them, into the baseline', async () => {
    const cut = runAfterAttack - 14 * 24 * 60 * MINUTE_MS; // 11:05, inside the window of 11:00
    const old = [
      ...requests(at('2026-03-10 10:40'), 5000),
      ...requests(at('2026-03-10 11:00'), 5000),
      ...requests(at('2026-03-10 11:20'), 150),
    ];
    assert.ok(cut > at('2026-03-10 11:00') && cut < at('2026-03-10 11:20'));
    const [alert] = await run([...usual, ...old, ...attack(300)]);
    assert.deepEqual([alert?.BaselineWindows, alert?.Mean], [38n, 150]);
  });

  it('keeps a baseline for each class of status codes', async () => {
    assert.deepEqual(await run([...usual, ...attack(300, { ResponseCode: 404 })]), []);
    const failures = traffic(countsAround(15), { ResponseCode: 404 });
    const [alert] = await run([...usual, ...failures, ...attack(300, { ResponseCode: 429 })]);
    assert.deepEqual([alert?.StatusClass, alert?.StatusCodes, alert?.Mean], ['4XX', '429', 15]);
  });

  it('keeps two APIs apart that have an operation of the same name', async () => {
    const other = attack(150, { ApiId: 'archive' });
    assert.deepEqual(await run([...usual, ...other, ...attack(150)]), []);
  });

  const endpoints = [
    [{ OperationId: 'PUT /orders/{id}' }, 'PUT /orders/{id}'],
    [{ OperationId: 'update-order' }, 'PUT update-order'],
    [{ OperationId: '', Url: 'https://api.contoso.com/orders/7?x=/y#z' }, 'PUT /orders/7'],
    [{ OperationId: '', Url: 'https://api.contoso.com?x=1' }, 'PUT '],
  ] as const;
  for (const [columns, endpoint] of endpoints) {
    it(`calls ${JSON.stringify(columns)} ${endpoint}`, async () => {
      const [alert] = await run([...traffic(countsAround(15), columns), ...attack(300, columns)]);
      assert.equal(alert?.Endpoint, endpoint);
    });
  }

  it('fires on any rise over traffic without any variation, and not on that traffic itself', async () => {
    const constant = traffic(Array(40).fill(200));
    assert.equal((await run([...constant, ...attack(201)])).length, 1);
    assert.deepEqual(await run([...constant, ...attack(200)]), []);
  });

  it('leaves out allow-listed endpoints and addresses, and nothing else', async () => {
    const rows = [...usual, ...attack(300)];
    const withAllowed = (allowList: unknown) => run(rows, runAfterAttack, { allowList });
    assert.deepEqual(await withAllowed({ endpoints: ['put /orders/{id}'] }), []);
    assert.equal((await withAllowed({ endpoints: ['PUT /orders'] })).length, 1);
    assert.deepEqual(await withAllowed({ addresses: ['203.0.113.0/24'] }), []);
    assert.equal((await withAllowed({ addresses: ['198.51.100.0/24', '2001:db8::/32'] })).length, 1);
  });
});

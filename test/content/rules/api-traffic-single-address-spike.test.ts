import { strict as assert } from 'node:assert';
import { type LogRow, runRule } from './run-rule.ts';
import { attackWindow, requests, runAfterAttack, windowsBefore } from './traffic.ts';

const run = (rows: readonly LogRow[], settings: unknown = {}) =>
  runRule('api-traffic-single-address-spike', { ApiManagementGatewayLogs: rows }, runAfterAttack, settings);

const forwarded = (value: string) => ({ RequestHeaders: { 'X-Forwarded-For': value } });

/** In each window, two addresses make `low` and `high` calls: the mean of one address is half of their sum. */
const usual = (low: number, high: number, windows = 40): readonly LogRow[] =>
  windowsBefore(windows).flatMap((window) => [
    ...requests(window, low, (index) => forwarded(`198.51.100.1:${4000 + index}`)),
    ...requests(window, high, (index) => forwarded(`198.51.100.2:${5000 + index}`)),
  ]);
const attack = (calls: number, header = '203.0.113.7'): readonly LogRow[] =>
  requests(attackWindow, calls, (index) => forwarded(`${header}:${6000 + index}`));

describe('api-traffic-single-address-spike', () => {
  it('fires at 100 calls and 50 times the mean of one address, and is quiet one call below', async () => {
    const [alert, ...others] = await run([...usual(1, 3), ...attack(100)]);
    assert.deepEqual(others, []);
    assert.deepEqual(
      [alert?.ClientAddress, alert?.Observed, alert?.Mean, alert?.Multiple, alert?.BaselineWindows],
      ['203.0.113.7', 100n, 2, 50, 40n],
    );
    assert.equal(
      alert?.EventOfInterest,
      'Client address 203.0.113.7 made 100 calls to PUT /orders/{id} with status code 2XX in 20 minutes.',
    );
    assert.deepEqual(await run([...usual(1, 3), ...attack(99)]), []);
  });

  it('is quiet just below 50 times the mean, however many calls that is', async () => {
    assert.equal((await run([...usual(4, 4), ...attack(200)])).length, 1);
    assert.deepEqual(await run([...usual(4, 4), ...attack(199)]), []);
  });

  it('is quiet below 100 calls, however many times the mean that is', async () => {
    assert.equal((await run([...usual(1, 1), ...attack(100)])).length, 1);
    assert.deepEqual(await run([...usual(1, 1), ...attack(99)]), []);
  });

  it('measures against what one address does, not against what all do together', async () => {
    const crowd = windowsBefore(40).flatMap((window) =>
      requests(window, 60, (index) => forwarded(`198.51.100.${index}:4000`)),
    );
    const [alert] = await run([...crowd, ...attack(100)]);
    assert.deepEqual([alert?.Mean, alert?.StandardDeviation], [1, 0]);
  });

  it('is quiet about as many calls from as many addresses', async () => {
    const spread = requests(attackWindow, 200, (index) => forwarded(`203.0.113.${index % 3}:6000`));
    assert.deepEqual(await run([...usual(1, 3), ...spread]), []);
  });

  it('counts windows and not addresses towards the least history', async () => {
    assert.deepEqual(await run([...usual(1, 3, 35), ...attack(300)]), []);
    assert.equal((await run([...usual(1, 3, 36), ...attack(300)])).length, 1);
  });

  const headers = [
    ['203.0.113.7:51000', '203.0.113.7'],
    ['203.0.113.7', '203.0.113.7'],
    ['203.0.113.7, 198.51.100.9:443', '203.0.113.7'],
    [' 203.0.113.7:51000 ,198.51.100.9', '203.0.113.7'],
    ['unknown, 203.0.113.7:1, 10.0.0.1', '203.0.113.7'],
    ['999.1.1.1, 203.0.113.7', '203.0.113.7'],
    ['203.0.113.7x, 198.51.100.9', '198.51.100.9'],
    ['[2001:DB8::7]:51000', '2001:db8::7'],
    ['2001:db8::7', '2001:db8::7'],
    ['::ffff:192.0.2.7', '::ffff:192.0.2.7'],
    ["' or 1=1 --", '10.0.1.4'],
    ['', '10.0.1.4'],
  ] as const;
  for (const [header, address] of headers) {
    it(`takes ${address} for the client of X-Forwarded-For: ${header}`, async () => {
      const rows = requests(attackWindow, 100, () => forwarded(header));
      assert.deepEqual(
        (await run([...usual(1, 3), ...rows])).map(({ ClientAddress }) => ClientAddress),
        [address],
      );
    });
  }

  it('takes the immediate caller where the header is not logged', async () => {
    const [alert] = await run([...usual(1, 3), ...requests(attackWindow, 100, () => ({ RequestHeaders: undefined }))]);
    assert.equal(alert?.ClientAddress, '10.0.1.4');
  });

  it('is quiet about calls whose address nobody logged: they need not be from one client', async () => {
    const nobody = { RequestHeaders: undefined, CallerIpAddress: '' };
    assert.deepEqual(await run([...usual(1, 3), ...requests(attackWindow, 100, () => nobody)]), []);
  });

  it('takes the hop that the gateway saw where the configuration says so: the first can be forged', async () => {
    const settings = { forwardedHop: 'last' };
    const rows = requests(attackWindow, 100, (index) => forwarded(`192.0.2.${index}, 203.0.113.7:${6000 + index}`));
    assert.deepEqual(await run([...usual(1, 3), ...rows]), []);
    const [alert] = await run([...usual(1, 3), ...rows], settings);
    assert.equal(alert?.ClientAddress, '203.0.113.7');
  });

  it('takes the caller that API Management sees where nothing stands before it', async () => {
    const callers = (caller: string) => (rows: readonly LogRow[]) =>
      rows.map((row) => ({ ...row, CallerIpAddress: caller }));
    const rows = [...callers('198.51.100.1')(usual(1, 1)), ...callers('203.0.113.8')(attack(100, '192.0.2.1'))];
    const [alert] = await run(rows, { topology: 'direct' });
    assert.deepEqual([alert?.ClientAddress, alert?.Mean], ['203.0.113.8', 2]);
  });

  it('takes the socket’s address that Front Door saw before what the client claims', async () => {
    const header = { 'X-Azure-SocketIP': '203.0.113.8', 'X-Forwarded-For': '192.0.2.1' };
    const rows = requests(attackWindow, 100, () => ({ RequestHeaders: header }));
    const [alert] = await run([...usual(1, 3), ...rows], { topology: 'front-door' });
    assert.equal(alert?.ClientAddress, '203.0.113.8');
  });

  it('leaves out allow-listed addresses of either family, and no address of the other', async () => {
    const rows = [...usual(1, 3), ...attack(100), ...attack(100, '[2001:db8::7]')];
    const addresses = async (allowed: readonly string[]) => {
      const alerts = await run(rows, { allowList: { addresses: allowed } });
      return alerts.map(({ ClientAddress }) => ClientAddress).sort();
    };
    assert.deepEqual(await addresses([]), ['2001:db8::7', '203.0.113.7']);
    assert.deepEqual(await addresses(['203.0.113.7']), ['2001:db8::7']);
    assert.deepEqual(await addresses(['2001:db8::/32']), ['203.0.113.7']);
    assert.deepEqual(await addresses(['203.0.113.0/24', '2001:db8::/32']), []);
  });
});

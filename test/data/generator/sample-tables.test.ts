import assert from 'node:assert/strict';
import type { Row } from '../../../data/generator/row.ts';
import { type TableColumnType, tableSchemas } from '../../../src/tables/table-schemas.ts';
import { forgetRows, rowsOf, sampleMonth } from './sample.ts';

const isOfType: Readonly<Record<TableColumnType, (value: unknown) => boolean>> = {
  bool: (value) => typeof value === 'boolean',
  int: (value) => Number.isInteger(value) && Math.abs(value as number) < 2 ** 31,
  long: (value) => Number.isInteger(value),
  real: (value) => typeof value === 'number',
  string: (value) => typeof value === 'string',
  datetime: (value) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/.test(String(value)),
  timespan: (value) => typeof value === 'string',
  guid: (value) => typeof value === 'string',
  dynamic: (value) => typeof value === 'object',
};

function forwardedAddress(row: Row): string | undefined {
  const headers = row.RequestHeaders as Readonly<Record<string, string>>;
  return headers['X-Forwarded-For']?.split(/[,:]/)[0];
}

function statusOf(row: Row): number {
  return Number(row.ResponseCode);
}

describe('the tables of the sample month', function () {
  this.timeout(60_000);
  after(forgetRows);

  for (const table of ['ApiManagementGatewayLogs', 'AGWFirewallLogs', 'SecurityAlert', 'AzureActivity']) {
    it(`${table}: only known columns, of their types, in the order of time, within the month`, () => {
      const columns = tableSchemas.get(table)?.columns ?? {};
      const { from, until } = sampleMonth();
      let last = from;
      for (const row of rowsOf(table)) {
        for (const [name, value] of Object.entries(row)) {
          const type = columns[name];
          // Millions of cells: a message is made only for the one that is wrong.
          if (type === undefined || !isOfType[type](value)) assert.fail(`${name} (${type}): ${JSON.stringify(value)}`);
        }
        const time = String(row.TimeGenerated);
        if (time < last || time >= until || row.Type !== table) assert.fail(`${time} after ${last}: ${row.Type}`);
        last = time;
      }
    });
  }

  it('hold as much traffic as promised: rows, operations, APIs, addresses, a heavy tail', () => {
    let rows = 0;
    const operations = new Set<unknown>();
    const apis = new Set<unknown>();
    const calls = new Map<string, number>();
    for (const row of rowsOf('ApiManagementGatewayLogs')) {
      rows++;
      if (row.OperationId !== undefined) {
        operations.add(row.OperationId);
        apis.add(row.ApiId);
      }
      const address = forwardedAddress(row) ?? '';
      calls.set(address, (calls.get(address) ?? 0) + 1);
    }
    assert.ok(rows >= 150_000 && rows <= 250_000, `${rows} rows`);
    assert.deepEqual([operations.size, apis.size], [13, 5]);
    assert.ok(calls.size > 5000, `${calls.size} addresses`);
    const busiest = [...calls.values()].sort((a, b) => b - a).slice(0, Math.floor(calls.size / 100));
    assert.ok(
      busiest.reduce((total, count) => total + count, 0) > rows / 4,
      'the busiest 1 % makes a quarter of the calls',
    );
  });

  it('name the gateway as caller and the client in X-Forwarded-For, all of them addresses without an owner', () => {
    const ownerless = /^(198\.1[89]\.|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.)/;
    const direct = new Set<unknown>();
    for (const row of rowsOf('ApiManagementGatewayLogs')) {
      const forwarded = (row.RequestHeaders as Readonly<Record<string, string>>)['X-Forwarded-For'];
      if (forwarded === undefined) {
        direct.add(`${row.CallerIpAddress} ${row.OperationId}`);
        continue;
      }
      assert.match(forwarded, /^(\d+\.\d+\.\d+\.\d+, )?\d+\.\d+\.\d+\.\d+:\d+$/);
      if (!forwarded.split(', ').every((hop) => ownerless.test(hop))) assert.fail(forwarded);
      assert.match(String(row.CallerIpAddress), /^10\.20\.0\.[456]$/);
    }
    assert.deepEqual([...direct], ['10.20.8.17 GET /catalog/status']);
  });

  it('show the rhythm: couriers at work, shops open, shoppers in the evening', () => {
    const byHour = new Map<string, number>();
    const bySunday = new Map<unknown, number>();
    for (const row of rowsOf('ApiManagementGatewayLogs')) {
      const time = String(row.TimeGenerated);
      // Weeks of plain traffic, before the attacks; scanners keep no hours.
      if (time < '2026-03-16' && row.IsRequestSuccess === true) {
        const key = `${row.OperationId} ${time.slice(11, 13)}`;
        byHour.set(key, (byHour.get(key) ?? 0) + 1);
        if (new Date(time).getUTCDay() === 0) {
          bySunday.set(row.OperationId, (bySunday.get(row.OperationId) ?? 0) + 1);
        }
      }
    }
    const at = (operation: string, hour: string): number => byHour.get(`${operation} ${hour}`) ?? 0;
    assert.ok(at('PUT /orders/{id}', '10') > 3 * at('PUT /orders/{id}', '12'), 'two tours with a break between');
    assert.equal(at('PUT /orders/{id}', '03'), 0);
    assert.ok(at('GET /loyalty/cards/{number}', '17') > 4 * at('GET /loyalty/cards/{number}', '10'));
    assert.equal(at('GET /loyalty/cards/{number}', '20'), 0);
    assert.ok(at('GET /catalog/search', '19') > 5 * at('GET /catalog/search', '03'));
    assert.equal(bySunday.get('PUT /orders/{id}'), undefined);
    assert.ok((bySunday.get('GET /catalog/search') ?? 0) > 200);
  });

  it('fail as API Management does: a reason only where the gateway failed, and each of the usual ones', () => {
    const reasons = new Map<string, Set<number>>();
    for (const row of rowsOf('ApiManagementGatewayLogs')) {
      const status = statusOf(row);
      assert.equal(row.IsRequestSuccess, status >= 200 && status < 400);
      if (row.LastErrorReason !== undefined) {
        assert.equal(row.BackendResponseCode, undefined);
        const reason = String(row.LastErrorReason);
        reasons.set(reason, (reasons.get(reason) ?? new Set()).add(status));
      } else if (status >= 400) {
        assert.equal(row.BackendResponseCode, status);
      }
      assert.ok(Number(row.TotalTime) >= Number(row.BackendTime) + Number(row.ClientTime));
    }
    assert.deepEqual([...reasons].map(([reason, statuses]) => `${[...statuses]} ${reason}`).sort(), [
      '0 ClientConnectionFailure',
      '401 SubscriptionKeyInvalid',
      '401 SubscriptionKeyNotFound',
      '401 TokenExpired',
      '401 TokenNotPresent',
      '403 CallerIpNotAllowed',
      '403 TokenClaimValueNotAllowed',
      '404 OperationNotFound',
      '429 RateLimitExceeded',
      '500 BackendConnectionFailure',
      '504 Timeout',
    ]);
  });

  it('carry hostile texts in places that look harmless, and they reach the log unharmed', () => {
    const texts = [...rowsOf('ApiManagementGatewayLogs')].flatMap((row) => {
      const agent = (row.RequestHeaders as Readonly<Record<string, string>>)['User-Agent'] ?? '';
      return [String(row.Url), agent];
    });
    for (const wanted of [
      '<script>alert(',
      "=cmd|' /C calc'!A0",
      '=HYPERLINK("',
      '%0d%0aSet-Cookie',
      '\u202e',
      '\u2028',
      '日本語',
      '"><svg',
      '{{7*7}}',
      '| union SecurityAlert',
      '@{triggerBody()}',
    ]) {
      assert.ok(
        texts.some((text) => text.includes(wanted)),
        wanted,
      );
    }
    assert.ok(
      texts.some((text) => text.length > 7000),
      'a very long path',
    );
  });
});

import { strict as assert } from 'node:assert';
import { parse, stringify } from 'yaml';
import { rowsADay } from '../../src/check/rule-costs.ts';
import { runChecks } from '../../src/check/run-checks.ts';
import { batchOf, createMemoryTable, parseDatetime } from '../../src/kql/index.ts';
import { type Json, pack } from './fixtures.ts';

const path = 'analytics-rules/waf-sql-injection.yaml';
const text = pack.find((file) => file.path === path)?.text ?? '';
/** A row every minute, and one every ten. */
const volumes = { AGWFirewallLogs: 1440, AzureActivity: 144 };

async function costOf(query: string, fields: Json = {}): Promise<readonly number[] | undefined> {
  const rule = Object.assign(parse(text) as Json, { queryFrequency: '1h', queryPeriod: '2h', query }, fields);
  const { costs } = await runChecks([{ path, text: stringify(rule) }], volumes);
  const [cost] = costs;
  return cost === undefined ? undefined : [cost.runsADay, cost.rowsARun, cost.valuesARun, cost.valuesADay];
}

describe('the cost of a rule', () => {
  const cases: readonly (readonly [query: string, rows: number, values: number])[] = [
    ['AGWFirewallLogs | project ClientIp, RuleId', 120, 240],
    ['AGWFirewallLogs | where Action == "Blocked" | project ClientIp, RuleId', 120, 360],
    ['AGWFirewallLogs | count', 120, 0],
    ['AGWFirewallLogs', 120, 120 * 25],
    // Time is read to be compared; rows before the bound are not.
    ['AGWFirewallLogs | where TimeGenerated > ago(1h) | project ClientIp', 60, 120],
    ['AGWFirewallLogs | where TimeGenerated between (ago(30m) .. now()) | project ClientIp', 30, 60],
    ['AGWFirewallLogs | where TimeGenerated > ago(9h) | project ClientIp', 120, 240],
    ['AGWFirewallLogs | where TimeGenerated > ago(30m) | where TimeGenerated > ago(90m) | project ClientIp', 30, 60],
    ['AGWFirewallLogs | project Seen = TimeGenerated, ClientIp | where Seen > ago(1h) | project ClientIp', 60, 120],
    ['AGWFirewallLogs | where TimeGenerated > ago(1h) or Action == "x" | project ClientIp', 120, 360],
    ['AGWFirewallLogs | summarize count() by bin(TimeGenerated, 20m), ClientIp', 120, 240],
    ['AGWFirewallLogs | summarize arg_max(TimeGenerated, *) by ClientIp | project ClientIp, RuleId', 120, 360],
    ['AGWFirewallLogs | summarize N = count() by W = bin(TimeGenerated, 20m) | where W > ago(1h)', 60, 60],
    ['AGWFirewallLogs | extend A = strcat(ClientIp, RuleId), B = Message | project A', 120, 240],
    ['AGWFirewallLogs | sort by TimeGenerated asc | project ClientIp', 120, 240],
    ['AGWFirewallLogs | mv-expand Part = split(Message, " ") | project Part', 120, 120],
    // Both sides of a join, and 2 hours of 144 rows a day.
    [
      'AGWFirewallLogs | join kind=leftsemi (AzureActivity | project A = CallerIpAddress) on $left.ClientIp == $right.A | project RuleId',
      132,
      252,
    ],
    ['union (AGWFirewallLogs | project X = ClientIp), (AzureActivity | project X = Caller)', 132, 132],
    ['AGWFirewallLogs | where ClientIp in ((AzureActivity | project CallerIpAddress)) | project RuleId', 132, 252],
    // Twice in the query is read twice, materialized once.
    ['let T = AGWFirewallLogs | project ClientIp; union T, T', 240, 240],
    [
      'let T = materialize(AGWFirewallLogs | project ClientIp, RuleId); union (T | project ClientIp), (T | project RuleId)',
      120,
      240,
    ],
    ['let T = materialize(AGWFirewallLogs); union (T | project ClientIp), (T | project RuleId)', 120, 240],
    [
      'let A = materialize(AGWFirewallLogs); let B = materialize(A | project ClientIp); union (A | project RuleId), B',
      120,
      240,
    ],
    [
      `let A = materialize(AGWFirewallLogs);
       let B = materialize(A | project ClientIp, Hostname);
       let C = materialize(B | project ClientIp);
       union (A | project RuleId), (B | project Hostname), C`,
      120,
      360,
    ],
    // Nothing is assumed of it: 100,000 rows a day.
    ['SigninLogs | project UserId', 8333, 8333],
  ];
  for (const [query, rows, values] of cases) {
    it(`is ${rows} rows and ${values} values a run of ${query}`, async () => {
      assert.deepEqual(await costOf(query), [24, rows, values, values * 24]);
    });
  }

  it('follows frequency and period, and a near-real-time rule sees a minute each minute', async () => {
    const query = 'AGWFirewallLogs | project ClientIp';
    assert.deepEqual(await costOf(query, { queryFrequency: '5m', queryPeriod: '1d' }), [288, 1440, 1440, 414_720]);
    const schedule = {
      queryFrequency: undefined,
      queryPeriod: undefined,
      triggerOperator: undefined,
      triggerThreshold: undefined,
    };
    assert.deepEqual(await costOf(query, { kind: 'NRT', ...schedule }), [1440, 1, 1, 1440]);
  });

  it('is not known of a query that does not bind', async () => {
    assert.equal(await costOf('AGWFirewallLogs | where Nothing == 1'), undefined);
  });
});

describe('volumes of sample logs', () => {
  const columns = [{ name: 'TimeGenerated', type: 'datetime' as const }];
  const tableOf = (...times: readonly string[]) =>
    createMemoryTable(
      batchOf(
        columns,
        times.map((time) => [parseDatetime(time)]),
      ),
    );

  it('are rows a day over the time that all tables cover', () => {
    const busy = tableOf(
      '2026-03-01T00:00:00Z',
      '2026-03-02T00:00:00Z',
      '2026-03-05T00:00:00Z',
      '2026-03-05T00:00:00Z',
    );
    const quiet = tableOf('2026-03-02T00:00:00Z');
    assert.deepEqual(
      rowsADay(
        new Map([
          ['Busy', busy],
          ['Quiet', quiet],
          ['Empty', tableOf()],
        ]),
      ),
      { Busy: 1, Quiet: 1, Empty: 0 },
    );
  });

  it('of less than a day are those of a day', () => {
    assert.deepEqual(rowsADay(new Map([['A', tableOf('2026-03-01T00:00:00Z', '2026-03-01T06:00:00Z')]])), { A: 2 });
    assert.deepEqual(rowsADay(new Map()), {});
  });
});

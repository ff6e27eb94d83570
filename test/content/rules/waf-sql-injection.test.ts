import { strict as assert } from 'node:assert';
import { at, type LogRow, type Logs, MINUTE_MS, runRule } from './run-rule.ts';

const attackedAt = at('2026-03-19 14:22');
const runAfterAttack = at('2026-03-19 15:05');

const run = (logs: Logs, now = runAfterAttack, settings: unknown = {}) =>
  runRule('waf-sql-injection', logs, now, settings);

type Columns = Readonly<Record<string, unknown>>;

/** The rows of one transaction in AGWFirewallLogs: what matched, and the verdict where there is one. */
function transaction(
  number: number,
  ruleIds: readonly string[],
  verdict: string | null,
  columns: Columns = {},
  time = attackedAt + number * MINUTE_MS,
): readonly LogRow[] {
  const shared = {
    TimeGenerated: time,
    TransactionId: `AB-${number}`,
    ClientIp: '203.0.113.9',
    Hostname: 'api.contoso.com',
    RequestUri: `/orders/${number}?id=1%27%20or%201=1`,
    _ResourceId: '/subscriptions/s/providers/Microsoft.Network/applicationGateways/gw',
    ...columns,
  };
  const matches = ruleIds.map((RuleId) => ({ ...shared, RuleId, Action: 'Matched' }));
  return verdict === null ? matches : [...matches, { ...shared, RuleId: '949110', Action: verdict }];
}

const transactions = (
  count: number,
  ruleIds = ['942100', '942130'],
  verdict: string | null = 'Blocked',
  columns: Columns = {},
) => Array.from({ length: count }, (_, index) => transaction(index, ruleIds, verdict, columns)).flat();
const gateway = (rows: readonly LogRow[]): Logs => ({ AGWFirewallLogs: rows });

describe('waf-sql-injection', () => {
  it('fires at three transactions of an address against a host, and is quiet at two', async () => {
    const [alert, ...others] = await run(gateway(transactions(3)));
    assert.deepEqual(others, []);
    assert.deepEqual(
      [alert?.ClientAddress, alert?.Host, alert?.Observed, alert?.Blocked, alert?.NotBlocked],
      ['203.0.113.9', 'api.contoso.com', 3n, 3n, 0n],
    );
    assert.deepEqual(
      [alert?.Rules, alert?.Paths, alert?.FirstTransaction, alert?.Url],
      ['942100 942130', '/orders/0, /orders/1, /orders/2', 'ab0', 'https://api.contoso.com/orders/0'],
    );
    assert.deepEqual(await run(gateway(transactions(2))), []);
  });

  it('counts transactions and not rows', async () => {
    assert.deepEqual(await run(gateway(transactions(1, ['942100', '942130', '942190', '942270', '942430']))), []);
  });

  it('is quiet about matches that stayed below the anomaly score: they have no verdict', async () => {
    assert.deepEqual(await run(gateway(transactions(9, ['942430'], null))), []);
  });

  it('is quiet about blocked requests without SQL injection', async () => {
    assert.deepEqual(await run(gateway(transactions(9, ['941100', '920320']))), []);
  });

  it('takes the id of a rule from its beginning: 194210 is none of SQL injection', async () => {
    assert.deepEqual(await run(gateway(transactions(9, ['194210']))), []);
  });

  it('tells what the firewall let pass in detection mode', async () => {
    const rows = [...transactions(2), ...transaction(7, ['942100'], 'Detected')];
    const [alert] = await run(gateway(rows));
    assert.deepEqual([alert?.Observed, alert?.Blocked, alert?.NotBlocked], [3n, 2n, 1n]);
  });

  it('sees rule sets without anomaly scoring, whose matching row is the verdict', async () => {
    const rows = transactions(3, [], 'Blocked', {}).map((row) => ({ ...row, RuleId: '942100' }));
    assert.equal((await run(gateway(rows))).length, 1);
  });

  it('counts each address and host for itself', async () => {
    const rows = [
      ...transactions(2),
      ...transaction(5, ['942100'], 'Blocked', { ClientIp: '203.0.113.10' }),
      ...transaction(6, ['942100'], 'Blocked', { Hostname: 'other.contoso.com' }),
    ];
    assert.deepEqual(await run(gateway(rows)), []);
  });

  it('counts a transaction once that both forms of the log hold, in their own spelling', async () => {
    const diagnostics = (number: number): readonly LogRow[] =>
      transaction(number, ['942100'], 'Blocked').map((row) => ({
        TimeGenerated: row.TimeGenerated,
        Category: 'ApplicationGatewayFirewallLog',
        transactionId_s: `ab-${number}`,
        ruleId_s: row.RuleId,
        action_s: row.Action,
        clientIp_s: row.ClientIp,
        hostname_s: 'API.contoso.com',
        requestUri_s: row.RequestUri,
        _ResourceId: String(row._ResourceId).toUpperCase(),
      }));
    const both = (count: number) => Array.from({ length: count }, (_, index) => diagnostics(index)).flat();
    assert.deepEqual(await run({ AGWFirewallLogs: transactions(2), AzureDiagnostics: both(2) }), []);
    const alerts = await run({ AGWFirewallLogs: transactions(3), AzureDiagnostics: both(3) });
    assert.deepEqual(
      alerts.map(({ Observed }) => Observed),
      [3n],
    );
    assert.equal((await run({ AzureDiagnostics: both(3) })).length, 1);
    assert.deepEqual(await run({ AzureDiagnostics: both(3) }, runAfterAttack, { logMode: 'resource-specific' }), []);
  });

  it('reads Front Door’s firewall where that stands before the APIs', async () => {
    const frontDoor = (number: number, action: string): readonly LogRow[] =>
      ['Microsoft_DefaultRuleSet-2.1-SQLI-942100', 'Microsoft_DefaultRuleSet-2.1-BLOCKING-EVALUATION-949110'].map(
        (ruleName_s, index) => ({
          TimeGenerated: attackedAt + number * MINUTE_MS,
          Category: 'FrontDoorWebApplicationFirewallLog',
          trackingReference_s: `0ref${number}`,
          ruleName_s,
          action_s: index === 0 ? 'AnomalyScoring' : action,
          socketIP_s: '203.0.113.9',
          clientIP_s: '192.0.2.1',
          host_s: 'api.contoso.com',
          requestUri_s: 'https://api.contoso.com/orders?id=1',
        }),
      );
    const settings = { topology: 'front-door' };
    const rows = [...frontDoor(0, 'Block'), ...frontDoor(1, 'block'), ...frontDoor(2, 'Log')];
    const [alert] = await run({ AzureDiagnostics: rows }, runAfterAttack, settings);
    assert.deepEqual([alert?.ClientAddress, alert?.Blocked, alert?.NotBlocked], ['203.0.113.9', 2n, 1n]);
    assert.deepEqual(await run({ AzureDiagnostics: rows.slice(2) }, runAfterAttack, settings), []);
  });

  it('answers for what began in (T - 70 minutes, T - 10 minutes], so that hourly runs see an attack once', async () => {
    const rows = gateway(
      Array.from({ length: 3 }, (_, n) => transaction(n, ['942100'], 'Blocked', {}, attackedAt)).flat(),
    );
    const firesAt = async (time: string) => (await run(rows, at(`2026-03-19 ${time}`))).length;
    assert.deepEqual(await Promise.all(['14:31', '14:32', '15:31', '15:32'].map(firesAt)), [0, 1, 1, 0]);
  });

  it('puts a transaction whose rows lie on both sides of a run into one of the runs', async () => {
    const late = (rows: readonly LogRow[]) =>
      rows.map((row, index) => ({ ...row, TimeGenerated: row.TimeGenerated + index * 2000 }));
    const edge = at('2026-03-19 14:55') - 1000;
    const rows = Array.from({ length: 3 }, (_, n) => late(transaction(n, ['942100'], 'Blocked', {}, edge))).flat();
    const alerts = await Promise.all(['15:05', '16:05'].map((time) => run(gateway(rows), at(`2026-03-19 ${time}`))));
    assert.deepEqual(
      alerts.map(({ length }) => length),
      [1, 0],
    );
  });

  it('leaves out allow-listed addresses', async () => {
    const allowing = (address: string) =>
      run(gateway(transactions(3)), runAfterAttack, { allowList: { addresses: [address] } });
    assert.deepEqual(await allowing('203.0.113.9'), []);
    assert.equal((await allowing('203.0.113.10')).length, 1);
  });
});

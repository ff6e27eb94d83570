import assert from 'node:assert/strict';
import type { Row } from '../../../data/generator/row.ts';
import { forgetRows, rowsOf, sampleMonth } from './sample.ts';

type Transaction = { readonly first: Row; readonly matches: number; readonly verdicts: readonly string[] };

/** Read as they are made: these tests look at each row once. */
function gatewayRows(): Iterable<Row> {
  return sampleMonth().tables.get('ApiManagementGatewayLogs') ?? [];
}

function transactions(): Transaction[] {
  const rows = new Map<string, Row[]>();
  for (const row of rowsOf('AGWFirewallLogs')) {
    const id = String(row.TransactionId);
    rows.set(id, [...(rows.get(id) ?? []), row]);
  }
  return [...rows.values()].map((of) => ({
    first: of[0] as Row,
    matches: of.filter(({ Action }) => Action === 'Matched').length,
    verdicts: of.filter(({ RuleId }) => RuleId === '949110').map(({ Action }) => String(Action)),
  }));
}

/** Time, last hop and address of a request: what both logs know of it. */
function seenByGateway(): Set<string> {
  const seen = new Set<string>();
  for (const { TimeGenerated, Url, RequestHeaders } of gatewayRows()) {
    const hops = (RequestHeaders as Readonly<Record<string, string>>)['X-Forwarded-For']?.split(', ') ?? [];
    seen.add(`${TimeGenerated} ${hops.at(-1)} ${String(Url).replace('https://api.contoso.com', '')}`);
  }
  return seen;
}

function parsed(value: unknown): Readonly<Record<string, unknown>> {
  return JSON.parse(String(value)) as Readonly<Record<string, unknown>>;
}

function policyWrites(): Row[] {
  return [...rowsOf('AzureActivity')].filter(({ OperationNameValue }) =>
    String(OperationNameValue).endsWith('APPLICATIONGATEWAYWEBAPPLICATIONFIREWALLPOLICIES/WRITE'),
  );
}

function modeOf(row: Row): unknown {
  const body = parsed(parsed(row.Properties).requestbody);
  const { policySettings } = body.properties as { policySettings: { mode: string } };
  return policySettings.mode;
}

describe('the tables of the sample agree with each other', function () {
  this.timeout(60_000);
  after(forgetRows);

  it('what the firewall blocked never reached API Management, everything else did', () => {
    const seen = seenByGateway();
    const counts = { blocked: 0, detected: 0, below: 0 };
    for (const { first, matches, verdicts } of transactions()) {
      assert.ok(matches >= 1 && verdicts.length <= 1);
      const isSeen = seen.has(`${first.TimeGenerated} ${first.ClientIp}:${first.ClientPort} ${first.RequestUri}`);
      assert.equal(isSeen, verdicts[0] !== 'Blocked', String(first.RequestUri));
      counts[verdicts[0] === 'Blocked' ? 'blocked' : verdicts[0] === 'Detected' ? 'detected' : 'below']++;
    }
    assert.ok(counts.blocked > 50 && counts.detected >= 2 && counts.below > 300, JSON.stringify(counts));
  });

  it('the firewall detects without blocking exactly while the activity log says so', () => {
    const switches = policyWrites()
      .filter(({ ActivityStatusValue }) => ActivityStatusValue === 'Success')
      .map((row) => ({ at: String(row.TimeGenerated), mode: modeOf(row) }));
    for (const { first, verdicts } of transactions()) {
      const mode = switches.filter(({ at }) => at <= String(first.TimeGenerated)).at(-1)?.mode ?? 'Prevention';
      if (verdicts[0] !== undefined) {
        assert.equal(verdicts[0], mode === 'Prevention' ? 'Blocked' : 'Detected');
      }
    }
  });

  it('the policy is written often, once to detection, and once in vain', () => {
    const writes = policyWrites().map((row) => `${row.TimeGenerated} ${row.ActivityStatusValue} ${modeOf(row)}`);
    assert.deepEqual(
      writes.map((text) => text.replace(/(T\d\d:\d\d)\S+/, '$1')),
      [
        '2026-03-04T09:12 Start Prevention',
        '2026-03-04T09:12 Success Prevention',
        '2026-03-12T08:30 Start Prevention',
        '2026-03-12T08:30 Success Prevention',
        '2026-03-18T14:05 Start Prevention',
        '2026-03-18T14:05 Success Prevention',
        '2026-03-27T23:48 Start Detection',
        '2026-03-27T23:48 Failure Detection',
        '2026-03-28T01:12 Start Detection',
        '2026-03-28T01:12 Success Detection',
        '2026-03-28T07:41 Start Prevention',
        '2026-03-28T07:41 Success Prevention',
      ],
    );
  });

  it('every operation of the activity log starts and ends under one correlation id', () => {
    const statuses = new Map<unknown, unknown[]>();
    for (const { CorrelationId, ActivityStatusValue } of rowsOf('AzureActivity')) {
      statuses.set(CorrelationId, [...(statuses.get(CorrelationId) ?? []), ActivityStatusValue]);
    }
    const pairs = new Set([...statuses.values()].map((of) => of.join(' ')));
    assert.deepEqual([...pairs].sort(), ['Start Failure', 'Start Success']);
    assert.equal(statuses.size, 30 * 3 + 6);
  });

  it('the rule set of the firewall rows is that of the last policy write', () => {
    const sets = new Set<string>();
    for (const row of rowsOf('AGWFirewallLogs')) {
      const half = String(row.TimeGenerated) < '2026-03-12T08:30:52' ? 'before' : 'after';
      sets.add(`${half} ${row.RuleSetType} ${row.RuleSetVersion}`);
    }
    assert.deepEqual([...sets].sort(), ['after Microsoft_DefaultRuleSet 2.1', 'before OWASP CRS 3.2']);
  });

  it("Defender's alert on APIs tells what the gateway's log holds, and the other alerts are of other plans", () => {
    const alerts = [...rowsOf('SecurityAlert')];
    const ofApis = alerts.filter(({ AlertType }) => String(AlertType).startsWith('API_'));
    assert.deepEqual([alerts.length, ofApis.length], [3, 1]);
    const alert = ofApis[0] as Row;
    const facts = parsed(alert.ExtendedProperties) as Readonly<Record<string, string>>;
    let observed = 0;
    let earlierCalls = 0;
    const earlierPairs = new Set<string>();
    for (const row of gatewayRows()) {
      if (row.OperationId !== facts['Api Endpoint'] || row.ResponseCode !== 200) {
        continue;
      }
      const address = (row.RequestHeaders as Readonly<Record<string, string>>)['X-Forwarded-For']?.split(':')[0];
      const at = Date.parse(String(row.TimeGenerated));
      if (at < Date.parse(String(alert.StartTime))) {
        earlierCalls++;
        earlierPairs.add(`${Math.floor(at / 1_200_000)} ${address}`);
      } else if (at < Date.parse(String(alert.EndTime)) && address === facts['Actor (Client IP)']) {
        observed++;
      }
    }
    assert.equal(facts['Spike (Number of API calls in 20 minutes)'], String(observed));
    const mean = (earlierCalls / earlierPairs.size).toFixed(2);
    assert.ok(
      facts['Historical Behavior']?.includes(`(mean) of ${mean} API calls`),
      `${mean}: ${facts['Historical Behavior']}`,
    );
    assert.deepEqual(JSON.parse(String(alert.Entities)), [
      { $id: '1', ResourceId: alert.ResourceId, Type: 'azure-resource' },
      { $id: '2', Address: '203.0.113.77', Type: 'ip' },
    ]);
  });
});

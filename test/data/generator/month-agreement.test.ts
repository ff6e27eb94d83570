import assert from 'node:assert/strict';
import { estate } from '../../../data/generator/estate.ts';
import type { Row } from '../../../data/generator/row.ts';
import { type SmallMonth, smallMonth } from './small-month.ts';

/** What both logs know of a request: its time, the end of its connection, and what it asked for. */
function seenByGateway({ gateway }: SmallMonth): Set<string> {
  return new Set(
    gateway.map(({ TimeGenerated, RequestHeaders, Url }) => {
      const hops = String((RequestHeaders as Row)['X-Forwarded-For'] ?? '').split(', ');
      return `${TimeGenerated} ${hops.at(-1)} ${String(Url).replace(`https://${estate.host}`, '')}`;
    }),
  );
}

function asGatewaySees({ TimeGenerated, ClientIp, ClientPort, RequestUri }: Row): string {
  const address = String(ClientIp).includes(':') ? `[${ClientIp}]` : ClientIp;
  return `${TimeGenerated} ${address}:${ClientPort} ${RequestUri}`;
}

/** The mode that the policy has at a time, as the activity log tells it. */
function modeAt({ stream }: SmallMonth, time: string): string {
  const writes = stream.azureActivity.filter(({ OperationNameValue, ActivityStatusValue, TimeGenerated }) => {
    const isWrite = String(OperationNameValue).endsWith('APPLICATIONGATEWAYWEBAPPLICATIONFIREWALLPOLICIES/WRITE');
    return isWrite && ActivityStatusValue === 'Success' && String(TimeGenerated) <= time;
  });
  const last = writes.at(-1);
  if (last === undefined) return 'Prevention';
  const { requestbody } = JSON.parse(String(last.Properties)) as { requestbody: string };
  return (JSON.parse(requestbody) as { properties: { policySettings: { mode: string } } }).properties.policySettings
    .mode;
}

for (const name of ['benchmark', 'benign'] as const) {
  describe(`the tables of the ${name} month agree with each other`, function () {
    this.timeout(60_000);

    it('what the firewall logged is in the log of the gateway at the same time, unless it was blocked', () => {
      const month = smallMonth(name);
      const seen = seenByGateway(month);
      const counts = { Blocked: 0, Detected: 0, Matched: 0 };
      const verdicts = new Map(
        month.firewall.filter(({ Action }) => Action !== 'Matched').map((row) => [row.TransactionId, row.Action]),
      );
      for (const row of month.firewall) {
        const verdict = verdicts.get(row.TransactionId) ?? 'Matched';
        assert.equal(seen.has(asGatewaySees(row)), verdict !== 'Blocked', String(row.RequestUri));
        counts[verdict as keyof typeof counts]++;
      }
      assert.ok(counts.Blocked > 20 && counts.Matched > 20, JSON.stringify(counts));
    });

    it('the firewall blocks while the activity log says prevention, and only detects while it says detection', () => {
      const month = smallMonth(name);
      const verdicts = month.firewall.filter(({ Action }) => Action !== 'Matched');
      for (const { Action, TimeGenerated } of verdicts) {
        const mode = modeAt(month, String(TimeGenerated));
        assert.equal(Action, mode === 'Detection' ? 'Detected' : 'Blocked', `${TimeGenerated}`);
      }
    });
  });
}

describe('alerts of Defender for APIs in the benchmark month', function () {
  this.timeout(60_000);

  it('tell how often their address called their endpoint, as the log of the gateway has it', () => {
    const { gateway, stream } = smallMonth('benchmark');
    const alerts = stream.securityAlerts.filter(({ AlertType, Status }) => {
      return String(AlertType).startsWith('API_') && Status === 'New';
    });
    assert.equal(alerts.length, 7);
    for (const { ExtendedProperties, StartTime, EndTime } of alerts) {
      const facts = JSON.parse(String(ExtendedProperties)) as Readonly<Record<string, string>>;
      const address = String(facts['Actor (Client IP)']);
      const calls = gateway.filter(({ TimeGenerated: at, OperationId, RequestHeaders }) => {
        const isThen = String(at) >= String(StartTime) && String(at) < String(EndTime);
        const hop = String((RequestHeaders as Row)['X-Forwarded-For'] ?? '');
        return isThen && OperationId === facts['Api Endpoint'] && hop.startsWith(`${address}:`);
      });
      assert.equal(facts['Event of Interest'], `${address} made ${calls.length} calls to ${facts['Api Endpoint']}.`);
    }
  });
});

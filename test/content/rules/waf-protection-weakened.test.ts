import { strict as assert } from 'node:assert';
import { at, type LogRow, MINUTE_MS, runRule } from './run-rule.ts';

const writtenAt = at('2026-03-28 01:12');
const runAfterWrite = at('2026-03-28 01:30');

const run = (rows: readonly LogRow[], now = runAfterWrite) =>
  runRule('waf-protection-weakened', { AzureActivity: rows }, now);

const gatewayPolicy = 'MICROSOFT.NETWORK/APPLICATIONGATEWAYWEBAPPLICATIONFIREWALLPOLICIES';
type Columns = Readonly<Record<string, unknown>>;

function row(status: string, time: number, columns: Columns = {}): LogRow {
  return {
    TimeGenerated: time,
    OperationNameValue: `${gatewayPolicy}/WRITE`,
    ActivityStatusValue: status,
    CorrelationId: 'c1',
    _ResourceId: '/subscriptions/s/providers/Microsoft.Network/policies/WAF-1',
    Caller: 'admin@contoso.com',
    CallerIpAddress: '203.0.113.2',
    ...columns,
  };
}

const requested = (body: unknown): Columns => ({ Properties_d: { requestbody: JSON.stringify(body) } });
const settings = (policySettings: Columns): Columns => requested({ properties: { policySettings } });

/** A write as it is logged: the row that starts it holds the request, the row that ends it the outcome. */
const write = (policySettings: Columns, outcome = 'Success', columns: Columns = {}): readonly LogRow[] => [
  row('Start', writtenAt - 4000, { ...settings(policySettings), ...columns }),
  row(outcome, writtenAt, columns),
];

const changes = async (rows: readonly LogRow[]) => (await run(rows)).map(({ Change }) => Change);

describe('waf-protection-weakened', () => {
  it('names the policy, the change, who made it and from where', async () => {
    const [alert, ...others] = await run(write({ mode: 'Detection', state: 'Enabled' }));
    assert.deepEqual(others, []);
    assert.deepEqual(
      [alert?.Change, alert?.PolicyName, alert?.Caller, alert?.CallerAddress, alert?.CorrelationId],
      ['switched to detection', 'waf-1', 'admin@contoso.com', '203.0.113.2', 'c1'],
    );
  });

  const found = [
    [{ mode: 'Prevention', state: 'Disabled' }, ['disabled'], 'Application Gateway’s state'],
    [{ mode: 'Prevention', enabledState: 'Disabled' }, ['disabled'], 'Front Door’s state'],
    [{ mode: 'Detection', state: 'Disabled' }, ['disabled'], 'the graver of two changes'],
    [{ mode: 'detection' }, ['switched to detection'], 'another spelling of the value'],
    [{ mode: 'Prevention', state: 'Enabled' }, [], 'no change that weakens'],
    [{ requestBodyCheck: false }, [], 'no mode and no state'],
  ] as const;
  for (const [policySettings, expected, what] of found) {
    it(`sees ${what} in ${JSON.stringify(policySettings)}: ${expected[0] ?? 'quiet'}`, async () => {
      assert.deepEqual(await changes(write(policySettings)), expected);
    });
  }

  it('reads the request without regard to case, as Azure does: that is no way around it', async () => {
    const body = requested({ PROPERTIES: { PolicySettings: { MODE: 'DETECTION' } } });
    assert.deepEqual(await changes([row('Start', writtenAt - 4000, body), row('Success', writtenAt)]), [
      'switched to detection',
    ]);
  });

  it('reads the request where only the text form of the properties is logged', async () => {
    const text = JSON.stringify({
      requestbody: JSON.stringify({ properties: { policySettings: { mode: 'Detection' } } }),
    });
    assert.deepEqual(await changes([row('Start', writtenAt - 4000, { Properties: text }), row('Success', writtenAt)]), [
      'switched to detection',
    ]);
  });

  it('is quiet about a write that was refused, and about one whose outcome is not known yet', async () => {
    assert.deepEqual(await changes(write({ mode: 'Detection' }, 'Failure')), []);
    assert.deepEqual(await changes(write({ mode: 'Detection' }).slice(0, 1)), []);
    assert.deepEqual(await changes([...write({ mode: 'Detection' }, 'Accept'), row('Failure', writtenAt + 1000)]), []);
  });

  it('takes an accepted write for done, and one that succeeded in the end', async () => {
    assert.deepEqual(await changes(write({ mode: 'Detection' }, 'Accept')), ['switched to detection']);
    const retried = [row('Failure', writtenAt - 1000), ...write({ mode: 'Detection' })];
    assert.deepEqual(await changes(retried), ['switched to detection']);
  });

  for (const type of [
    gatewayPolicy,
    'MICROSOFT.NETWORK/FRONTDOORWEBAPPLICATIONFIREWALLPOLICIES',
    'Microsoft.Cdn/cdnWebApplicationFirewallPolicies',
  ]) {
    it(`sees writes and deletions of ${type}`, async () => {
      const operation = (name: string) => ({ OperationNameValue: `${type}/${name}` });
      assert.deepEqual(await changes(write({ mode: 'Detection' }, 'Success', operation('WRITE'))), [
        'switched to detection',
      ]);
      assert.deepEqual(
        await changes([
          row('Start', writtenAt - 1, operation('DELETE')),
          row('Success', writtenAt, operation('DELETE')),
        ]),
        ['deleted'],
      );
    });
  }

  it('is quiet about other resources whose settings read alike', async () => {
    const other = { OperationNameValue: 'MICROSOFT.NETWORK/AZUREFIREWALLS/WRITE' };
    assert.deepEqual(await changes(write({ mode: 'Detection' }, 'Success', other)), []);
  });

  it('raises one alert when it runs every 15 minutes, whenever outcome and request are logged', async () => {
    const rows = [row('Start', writtenAt - 50 * MINUTE_MS, settings({ mode: 'Detection' })), row('Success', writtenAt)];
    const times = ['01:00', '01:15', '01:30', '01:45', '02:00'];
    const counts = await Promise.all(times.map(async (time) => (await run(rows, at(`2026-03-28 ${time}`))).length));
    assert.deepEqual(counts, [0, 0, 1, 0, 0]);
  });

  it('does without a request that cannot be read', async () => {
    for (const body of ['', '{"properties":{"policySettings":{"mode":"Detec', '[]', 'null']) {
      const start = row('Start', writtenAt - 4000, { Properties_d: { requestbody: body } });
      assert.deepEqual(await changes([start, row('Success', writtenAt)]), []);
    }
  });
});

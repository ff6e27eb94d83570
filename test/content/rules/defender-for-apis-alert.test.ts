import { strict as assert } from 'node:assert';
import { at, type LogRow, MINUTE_MS, runRule } from './run-rule.ts';

const raisedAt = at('2026-03-25 03:10');

const run = (...rows: readonly LogRow[]) =>
  runRule('defender-for-apis-alert', { SecurityAlert: rows }, raisedAt + MINUTE_MS);

const context = {
  'Actor (Client IP)': '203.0.113.77',
  'Api Endpoint': 'GET /loyalty/cards/{number}',
  'Event of Interest (Spike)': '203.0.113.77 made 464 API calls.',
  'Historical Behavior': 'One address made 2.59 API calls.',
  'Deviation from Historical Behavior': 'Several multiples of the mean.',
  'Observed Status Codes': '200',
  'Spike (Number of API calls in 20 minutes)': '464',
  'Top sensitivity label': 'Confidential',
  ResourceId: '/subscriptions/s/apim/apis/loyalty',
};

const alert = (columns: Readonly<Record<string, unknown>> = {}, properties: unknown = context): LogRow => ({
  TimeGenerated: raisedAt,
  AlertType: 'API_SpikeInAPITraffic',
  DisplayName: 'Suspicious spike in API traffic from a single IP address to an API endpoint',
  AlertSeverity: 'Medium',
  Tactics: 'Impact',
  Status: 'New',
  SystemAlertId: 'a1',
  Description: 'A spike was detected.',
  AlertLink: 'https://portal.azure.com/#alert',
  ResourceId: '/subscriptions/s/apim',
  ExtendedProperties: JSON.stringify(properties),
  ...columns,
});

describe('defender-for-apis-alert', () => {
  it('raises an alert with endpoint, actor and deviation', async () => {
    const [found, ...others] = await run(alert());
    assert.deepEqual(others, []);
    const expected = {
      AlertType: 'API_SpikeInAPITraffic',
      Endpoint: 'GET /loyalty/cards/{number}',
      Actor: '203.0.113.77',
      ActorAddress: '203.0.113.77',
      Observed: '464',
      StatusCodes: '200',
      EventOfInterest: '203.0.113.77 made 464 API calls.',
      UsualBehavior: 'One address made 2.59 API calls.',
      DeviationFromUsual: 'Several multiples of the mean.',
      SensitivityLabel: 'Confidential',
      DefenderAlertId: 'a1',
      ApimResource: '/subscriptions/s/apim/apis/loyalty',
    };
    assert.deepEqual({ ...found, ...expected }, found);
  });

  it('is quiet about alerts of other plans, and about Sentinel’s own', async () => {
    assert.deepEqual(await run(alert({ AlertType: 'VM_SuspiciousActivity' })), []);
    assert.deepEqual(await run(alert({ AlertType: 'a_API_SpikeInAPITraffic' })), []);
  });

  it('is quiet when an analyst closes the alert, which logs it once more', async () => {
    assert.deepEqual(await run(alert({ Status: 'Resolved' }), alert({ SystemAlertId: 'a2', Status: 'Dismissed' })), []);
  });

  it('raises an alert once that was logged twice, in its latest state', async () => {
    const later = alert({ TimeGenerated: raisedAt + 1000, AlertSeverity: 'High' });
    assert.deepEqual(
      (await run(alert(), later)).map(({ AlertSeverity }) => AlertSeverity),
      ['High'],
    );
  });

  it('makes no address of an actor that is none, and of nothing else than the actor', async () => {
    for (const actor of ['Aggregate User Population (All IPs)', '', '203.0.113.77 and others', '"><script>']) {
      const [found] = await run(alert({}, { ...context, 'Actor (Client IP)': actor }));
      assert.deepEqual([found?.Actor, found?.ActorAddress], [actor, ''], actor);
    }
    const [ipv6] = await run(alert({}, { ...context, 'Actor (Client IP)': '2001:db8::7' }));
    assert.equal(ipv6?.ActorAddress, '2001:db8::7');
  });

  it('reads other spellings of the properties, and does without them', async () => {
    const [spelled] = await run(alert({}, { ApiEndpoint: 'GET /x', ClientIp: '203.0.113.7' }));
    assert.deepEqual([spelled?.Endpoint, spelled?.ActorAddress], ['GET /x', '203.0.113.7']);
    for (const text of ['', '{}', 'no JSON', '[]']) {
      const [bare] = await run(alert({ ExtendedProperties: text }));
      assert.deepEqual(
        [bare?.Endpoint, bare?.EventOfInterest, bare?.ApimResource],
        ['', 'A spike was detected.', '/subscriptions/s/apim'],
        text,
      );
    }
  });
});

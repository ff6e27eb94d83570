import assert from 'node:assert/strict';
import { generateMonth } from '../../../data/generator/generate-month.ts';
import type { AttackLabel, ExpectedDetection } from '../../../data/generator/labels.ts';
import { type Detection, expectedDetections } from './expected-detections.ts';
import { sampleMonth } from './sample.ts';

const scheduledOnTraffic = new Set([
  'api-traffic-population-spike',
  'api-traffic-single-address-spike',
  'api-distributed-parameter-enumeration',
  'waf-sql-injection',
]);

function labelled(labels: readonly AttackLabel[]): ExpectedDetection[] {
  return labels
    .flatMap(({ expected }) => expected)
    .filter(({ rule }) => scheduledOnTraffic.has(rule))
    .sort((a, b) => (`${a.runAt} ${a.rule}` < `${b.runAt} ${b.rule}` ? -1 : 1));
}

function detected(month: ReturnType<typeof generateMonth>, minimumBaselineWindows: number): Detection[] {
  const gateway = month.tables.get('ApiManagementGatewayLogs') ?? [];
  const firewall = month.tables.get('AGWFirewallLogs') ?? [];
  return expectedDetections({ gateway, firewall }, month.from, month.until, { minimumBaselineWindows });
}

describe('the sample month', function () {
  this.timeout(60_000);

  it('carries the figures of the attacks that Defender for APIs showed', () => {
    const [injection, population, single, enumeration, hits] = labelled(sampleMonth().labels);
    assert.deepEqual(injection, {
      rule: 'waf-sql-injection',
      runAt: '2026-03-19T15:00:00.0000000Z',
      key: { ClientAddress: '203.0.113.99', Host: 'api.contoso.com' },
      figures: { Observed: 12, Blocked: 12 },
    });
    assert.deepEqual(population, {
      rule: 'api-traffic-population-spike',
      runAt: '2026-03-24T11:00:00.0000000Z',
      key: { Endpoint: 'PUT /orders/{id}', StatusClass: '2XX' },
      figures: { Observed: 865, Mean: 71.17, StandardDeviation: 57.8, Deviation: 13.73, BaselineWindows: 356 },
    });
    assert.deepEqual(single, {
      rule: 'api-traffic-single-address-spike',
      runAt: '2026-03-25T03:00:00.0000000Z',
      key: { Endpoint: 'GET /loyalty/cards/{number}', StatusClass: '2XX', ClientAddress: '203.0.113.77' },
      figures: { Observed: 464, Mean: 2.59, Multiple: 179.16, BaselineWindows: 324 },
    });
    assert.deepEqual(enumeration, {
      rule: 'api-distributed-parameter-enumeration',
      runAt: '2026-03-26T22:00:00.0000000Z',
      key: { Endpoint: 'GET /settlement/transactions', Parameter: 'reference' },
      figures: { Observed: 19563, Mean: 1075.11, StandardDeviation: 1009.96, Deviation: 18.31, BaselineWindows: 38 },
    });
    // The same attack is a spike of the population too; how many guesses hit is up to the seed.
    assert.deepEqual(hits?.key, { Endpoint: 'GET /settlement/transactions', StatusClass: '2XX' });
    assert.equal(hits?.figures.BaselineWindows, 38);
  });

  // With a baseline of six windows, the least that makes sense: what is quiet then is quiet with any longer one, and
  // the labels tell the windows that each detection has, which are more than the rules ask for.
  it('makes rules 1 to 4 fire exactly as labelled, and nothing else in any run of the month', () => {
    assert.deepEqual(detected(sampleMonth(), 6), labelled(sampleMonth().labels));
  });

  it('does so for another seed too, with other traffic around the same figures', () => {
    const other = generateMonth({ seed: 7 });
    assert.deepEqual(detected(other, 6), labelled(other.labels));
    const [row] = other.tables.get('ApiManagementGatewayLogs') ?? [];
    const [usual] = sampleMonth().tables.get('ApiManagementGatewayLogs') ?? [];
    assert.notDeepEqual(row, usual);
  });

  it('can be read again from the first row', () => {
    const [first] = sampleMonth().tables.get('ApiManagementGatewayLogs') ?? [];
    const [again] = sampleMonth().tables.get('ApiManagementGatewayLogs') ?? [];
    assert.ok(first !== undefined);
    assert.deepEqual(first, again);
  });

  it('labels events that single-event rules follow', () => {
    const events = sampleMonth().labels.flatMap(({ attack, expected }) =>
      expected
        .filter(({ eventAt }) => eventAt !== undefined)
        .map(({ rule, eventAt, key }) => ({ attack, rule, eventAt, key })),
    );
    assert.deepEqual(events, [
      {
        attack: 'defender-for-apis-alert',
        rule: 'defender-for-apis-alert',
        eventAt: '2026-03-25T03:27:00.0000000Z',
        key: { AlertType: 'API_SpikeInAPITraffic', Actor: '203.0.113.77', Endpoint: 'GET /loyalty/cards/{number}' },
      },
      {
        attack: 'waf-switched-to-detection',
        rule: 'waf-protection-weakened',
        eventAt: '2026-03-28T01:12:40.0000000Z',
        key: { PolicyName: 'waf-contoso-api', Change: 'switched to detection' },
      },
    ]);
  });

  it('refuses a seed that is none', () => {
    assert.throws(() => generateMonth({ seed: -1 }), { code: 'bad-seed' });
  });
});

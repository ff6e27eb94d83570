import assert from 'node:assert/strict';
import type { Row } from '../../../data/generator/row.ts';
import { type Detection, expectedDetections } from './expected-detections.ts';

const from = '2026-03-01T00:00:00.0000000Z';
const until = '2026-03-16T00:00:00.0000000Z';
const thresholds = { minimumBaselineWindows: 36 };
const attackWindowMs = Date.parse('2026-03-15T12:20:00Z');

type CallShape = { readonly address?: string; readonly url?: string };

function calls(startMs: number, count: number, shape: (call: number) => CallShape = () => ({})): Row[] {
  return Array.from({ length: count }, (_, call) => {
    const { address = '198.18.0.1', url = 'https://api.contoso.com/orders/1' } = shape(call);
    return {
      TimeGenerated: new Date(startMs + call).toISOString().replace('Z', '0000Z'),
      Method: 'PUT',
      OperationId: 'PUT /orders/{id}',
      Url: url,
      ResponseCode: 204,
      RequestHeaders: { 'X-Forwarded-For': `${address}:1234` },
    };
  });
}

/** Windows of 90 and 110 calls by turns: of 36, mean 100 and sample deviation 10 * sqrt(36/35) = 10.14. */
function history(windows: number, shape?: (call: number) => CallShape): Row[] {
  return Array.from({ length: windows }, (_, index) =>
    calls(Date.parse('2026-03-10T00:00:00Z') + index * 3_600_000, index % 2 === 0 ? 90 : 110, shape),
  ).flat();
}

function detect(gateway: Row[], firewall: Row[] = []): Detection[] {
  return expectedDetections({ gateway, firewall }, from, until, thresholds);
}

const spread = (call: number): CallShape => ({ address: `198.18.1.${call % 100}` });

describe('the reference that the labels are checked against', () => {
  it('population: 200 calls against 100 and 10.14 are a spike, found once, by the run that closes the window', () => {
    assert.deepEqual(detect([...history(36, spread), ...calls(attackWindowMs, 200, spread)]), [
      {
        rule: 'api-traffic-population-spike',
        runAt: '2026-03-15T13:00:00.0000000Z',
        key: { Endpoint: 'PUT /orders/{id}', StatusClass: '2XX' },
        figures: { Observed: 200, Mean: 100, StandardDeviation: 10.14, Deviation: 9.86, BaselineWindows: 36 },
      },
    ]);
  });

  it('population: 199 calls are too few, and 35 windows are no baseline', () => {
    assert.deepEqual(detect([...history(36, spread), ...calls(attackWindowMs, 199, spread)]), []);
    assert.deepEqual(detect([...history(35, spread), ...calls(attackWindowMs, 900, spread)]), []);
  });

  it('population: six deviations are enough, a call fewer is not', () => {
    // Windows of 180 and 220 calls: mean 200, deviation 20.28; six of them above lies 321.7.
    const doubled = [...history(36, spread), ...history(36, spread)];
    assert.equal(detect([...doubled, ...calls(attackWindowMs, 322, spread)]).length, 1);
    assert.equal(detect([...doubled, ...calls(attackWindowMs, 321, spread)]).length, 0);
  });

  it('single address: 100 calls against a mean of 2 are fifty times as many; 99 are not', () => {
    // 45 or 55 addresses, two calls each.
    const pairs = (call: number): CallShape => ({ address: `198.18.1.${Math.floor(call / 2)}` });
    const found = detect([...history(36, pairs), ...calls(attackWindowMs, 100)]);
    assert.deepEqual(
      found.map(({ rule, key, figures }) => ({ rule, address: key.ClientAddress, figures })),
      [
        {
          rule: 'api-traffic-single-address-spike',
          address: '198.18.0.1',
          figures: { Observed: 100, Mean: 2, Multiple: 50, BaselineWindows: 36 },
        },
      ],
    );
    assert.deepEqual(detect([...history(36, pairs), ...calls(attackWindowMs, 99)]), []);
  });

  it('enumeration: 1000 values from ten addresses, and neither 999 nor from nine', () => {
    const values = (addresses: number) => (call: number) => ({
      address: `198.18.1.${call % addresses}`,
      url: `https://api.contoso.com/orders/1?reference=${call}`,
    });
    const usual = history(36, values(10));
    const rules = (count: number, addresses: number): string[] =>
      detect([...usual, ...calls(attackWindowMs, count, values(addresses))]).map(({ rule }) => rule);
    assert.deepEqual(rules(1000, 10), ['api-distributed-parameter-enumeration', 'api-traffic-population-spike']);
    assert.deepEqual(rules(999, 10), ['api-traffic-population-spike']);
    assert.ok(!rules(1000, 9).includes('api-distributed-parameter-enumeration'));
  });

  it('injection: three transactions in the hour of a run, not two, and not three over two runs', () => {
    const transactions = (times: readonly string[]): Row[] =>
      times.flatMap((time, index) => {
        const shared = {
          TimeGenerated: `2026-03-15T${time}.0000000Z`,
          TransactionId: `t${index}`,
          ClientIp: '203.0.113.9',
          Hostname: 'api',
        };
        return [
          { ...shared, RuleId: '942100', Action: 'Matched' },
          { ...shared, RuleId: '942130', Action: 'Matched' },
          { ...shared, RuleId: '949110', Action: 'Blocked' },
        ];
      });
    assert.deepEqual(detect([], transactions(['12:50:01', '13:20:00', '13:50:00'])), [
      {
        rule: 'waf-sql-injection',
        runAt: '2026-03-15T14:00:00.0000000Z',
        key: { ClientAddress: '203.0.113.9', Host: 'api' },
        figures: { Observed: 3, Blocked: 3 },
      },
    ]);
    assert.deepEqual(detect([], transactions(['13:00:00', '13:20:00'])), []);
    assert.deepEqual(detect([], transactions(['12:50:00', '13:20:00', '13:50:00'])), []);
  });
});

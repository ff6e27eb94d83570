import assert from 'node:assert/strict';
import fc from 'fast-check';
import { gatewayLine, gatewayRow } from '../../../data/generator/gateway-rows.ts';
import { benchmarkMonth } from '../../../data/generator/months/benchmark-month.ts';
import { monthPlans } from '../../../data/generator/months/index.ts';
import type { MonthPlan } from '../../../data/generator/months/month-plan.ts';
import { seededRandom } from '../../../data/generator/random.ts';
import type { Row } from '../../../data/generator/row.ts';
import { type MonthStream, streamMonth } from '../../../data/generator/stream-month.ts';
import { contains, dayMs, windowMs, windowOf } from '../../../data/generator/time-window.ts';
import { createPopulation, spareAddress } from '../../../data/generator/traffic/population.ts';
import { monthSeed, smallMonth, smallScale } from './small-month.ts';

/** The first days of a month, without attacks: enough for what must hold in any window. */
function firstDays(plan: MonthPlan, days: number): MonthPlan {
  return { ...plan, families: [], span: { fromMs: plan.span.fromMs, untilMs: plan.span.fromMs + days * dayMs } };
}

function countRequests({ windows }: MonthStream): number {
  let count = 0;
  for (const { requests } of windows) count += requests.length;
  return count;
}

describe('a month made window by window', function () {
  this.timeout(60_000);

  it('is another month with another seed', () => {
    const [first, second] = [1, 2].map((seed) => {
      const { windows } = streamMonth(firstDays(benchmarkMonth, 1), { seed, scale: smallScale });
      return [...windows].flatMap(({ requests }) => requests);
    });
    assert.notDeepEqual(first, second);
  });

  it('holds in each window what lies in it, by time, and leaves nothing behind', () => {
    for (const name of ['benchmark', 'benign'] as const) {
      const { span } = monthPlans[name];
      const { windows, requests } = smallMonth(name);
      let expectedStartMs = span.fromMs;
      for (const [index, { startMs, first }] of windows.entries()) {
        assert.equal(startMs, expectedStartMs);
        expectedStartMs += windowMs;
        let lastMs = startMs;
        for (const { atMs } of requests.slice(first, windows[index + 1]?.first)) {
          assert.ok(windowOf(atMs) === startMs && atMs >= lastMs);
          lastMs = atMs;
        }
      }
      assert.equal(expectedStartMs, span.untilMs);
    }
  });

  it('has twice the usual traffic at twice the scale, whatever the scale', () => {
    const atScale = (scale: number): number =>
      countRequests(streamMonth(firstDays(benchmarkMonth, 1), { seed: 1, scale }));
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 0.6, noNaN: true }), (scale) => {
        const [once, twice] = [atScale(scale), atScale(2 * scale)];
        assert.ok(Math.abs(twice / once - 2) < 0.1, `${once} and ${twice} at ${scale}`);
      }),
      { seed: 1, numRuns: 3 },
    );
  });

  it('has more than two million requests at full size: a hundredth of it at a hundredth, attacks left aside', () => {
    for (const plan of Object.values(monthPlans)) {
      const usual = countRequests(streamMonth({ ...plan, families: [] }, { seed: monthSeed, scale: smallScale }));
      assert.ok(usual / smallScale > 2_000_000 && usual / smallScale < 3_000_000, `${plan.name}: ${usual}`);
    }
  });

  it('has 60 endpoints and more in both months, and 20,000 addresses that no two groups share', () => {
    for (const name of ['benchmark', 'benign'] as const) {
      const { gateway, labels } = smallMonth(name);
      const operations = new Set(gateway.flatMap(({ OperationId }) => OperationId ?? []));
      const clients = new Set(
        gateway.map(({ RequestHeaders, CallerIpAddress }) => {
          const [hop] = String((RequestHeaders as Row)['X-Forwarded-For'] ?? CallerIpAddress).split(', ');
          return hop?.replace(/^\[|\]?:\d+$/g, '');
        }),
      );
      const counted = { requests: gateway.length, endpoints: operations.size, clients: clients.size };
      assert.deepEqual(labels.traffic, counted);
      assert.ok(operations.size > 60, `${operations.size} operations`);
    }
    const groups = createPopulation(seededRandom(1), 1);
    const ofGroups = Object.values(groups).map(({ clients }) => new Set(clients.map(({ address }) => address)));
    const all = new Set(ofGroups.flatMap((addresses) => [...addresses]));
    assert.ok(all.size > 20_000, `${all.size} addresses`);
    assert.equal(
      ofGroups.reduce((sum, { size }) => sum + size, 0),
      all.size,
    );
    assert.ok(Array.from({ length: 100 }, (_, index) => spareAddress(index)).every((address) => !all.has(address)));
  });

  it('changes nothing elsewhere when an event is left out', () => {
    const plan = firstDays(benchmarkMonth, 3);
    const without = { ...plan, events: plan.events.filter(({ name }) => name !== 'partner-export') };
    const all = [...streamMonth(plan, { seed: 1, scale: 0.05 }).windows];
    const rest = [...streamMonth(without, { seed: 1, scale: 0.05 }).windows];
    const exporter = spareAddress(0);
    const kept = all.flatMap(({ requests }) => requests.filter(({ client }) => client.address !== exporter));
    assert.deepEqual(
      kept,
      rest.flatMap(({ requests }) => requests),
    );
    assert.ok(all.flatMap(({ requests }) => requests).length > kept.length);
  });

  it('writes a line of the gateway as JSON.stringify writes its row', () => {
    const { requests, stream } = smallMonth('benchmark');
    const draws = () => ({ ids: stream.random.fork('a'), instances: stream.random.fork('b') });
    const [forLines, forRows] = [draws(), draws()];
    for (const request of requests.slice(0, 5000)) {
      assert.equal(gatewayLine(request, forLines), JSON.stringify(gatewayRow(request, forRows)));
    }
  });

  it('blocks at the firewall what reaches the score, and lets everything pass while the policy is off', () => {
    const { labels, stream, firewall } = smallMonth('benchmark');
    const off = labels.attacks.filter(({ attack }) => /disabled|deleted/.test(attack));
    assert.equal(off.length, 2);
    for (const { startsAt, endsAt } of off) {
      const logged = firewall.filter(({ TimeGenerated: at }) => String(at) > startsAt && String(at) < endsAt);
      assert.deepEqual(logged, []);
    }
    assert.ok(stream.policy.every(({ atMs }) => contains(benchmarkMonth.span, atMs)));
  });

  it('has no labels before its last window: they would be those of half a month', () => {
    const stream = streamMonth(firstDays(benchmarkMonth, 1), { seed: 1, scale: smallScale });
    assert.throws(() => stream.labels(), { code: 'bad-input', hint: /to the last one/ });
    assert.ok(countRequests(stream) > 0);
    assert.deepEqual(stream.labels().attacks, []);
  });

  it('refuses a scale that is none', () => {
    const bad = () => [...streamMonth(benchmarkMonth, { seed: 1, scale: 0 }).windows];
    assert.throws(bad, { code: 'bad-input', hint: /above 0/ });
    assert.throws(() => streamMonth(benchmarkMonth, { seed: -1, scale: 1 }), { code: 'bad-seed' });
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { answers } from '../../../../data/generator/answers.ts';
import type { AttackFamily, MonthLabel, PlannedAttack } from '../../../../data/generator/families/attack-family.ts';
import {
  parameterEnumerationFamily,
  planParameterEnumeration,
} from '../../../../data/generator/families/parameter-enumeration.ts';
import { planPopulationSpike, populationSpikeFamily } from '../../../../data/generator/families/population-spike.ts';
import {
  planSingleAddressSpike,
  singleAddressSpikeFamily,
} from '../../../../data/generator/families/single-address-spike.ts';
import { planSqlInjections, sqlInjectionFamily } from '../../../../data/generator/families/sql-injection.ts';
import { seededRandom } from '../../../../data/generator/random.ts';
import { streamMonth } from '../../../../data/generator/stream-month.ts';
import { dayMs } from '../../../../data/generator/time-window.ts';

const month = { fromMs: Date.UTC(2026, 5, 1), untilMs: Date.UTC(2026, 5, 5) };
const place = { random: seededRandom(1), month, index: 0 };
const at = [3, 12] as const;

/** The label of one attack of a month of four days. */
function labelOf(family: AttackFamily, attack: PlannedAttack, seed: number): MonthLabel {
  const plan = { name: 'test', span: month, events: [], families: [{ ...family, attacks: () => [attack] }] };
  const stream = streamMonth(plan, { seed, scale: 0.05 });
  for (const { startMs } of stream.windows) assert.ok(startMs < month.fromMs + 4 * dayMs);
  const [label] = stream.labels().attacks;
  assert.ok(label !== undefined);
  return label;
}

const seeds = fc.integer({ min: 0, max: 1000 });
const parameters = { seed: 1, numRuns: 6 };
const notes = { addresses: 50, note: 'a test' };

describe('attacks at any intensity', function () {
  this.timeout(60_000);

  it('population spike: above the threshold from 6 deviations and 200 calls on, whatever the traffic is', () => {
    const operation = 'GET /catalog/products/{product}';
    fc.assert(
      fc.property(seeds, fc.double({ min: 6, max: 90, noNaN: true }), (seed, deviations) => {
        const attack = planPopulationSpike(place, { at, operation, reach: { deviations }, ...notes });
        const { threshold, expected } = labelOf(populationSpikeFamily, attack, seed);
        const { Observed = 0, Mean = 0, StandardDeviation = 1, Deviation = 0 } = expected[0]?.figures ?? {};
        const isJustEnough = Observed === 200 || (Observed - 1 - Mean) / StandardDeviation < 6;
        assert.equal(threshold, isJustEnough ? 'at' : 'above');
        assert.ok(Observed >= 200 && Deviation >= deviations - 0.01, `${Observed} ${Deviation}`);
        assert.ok(Observed === 200 || Deviation < deviations + 1, `${Observed} ${Deviation}`);
      }),
      parameters,
    );
    fc.assert(
      fc.property(seeds, fc.double({ min: 4, max: 5.99, noNaN: true }), (seed, deviations) => {
        const attack = planPopulationSpike(place, { at, operation, reach: { deviations }, ...notes });
        const { threshold, below } = labelOf(populationSpikeFamily, attack, seed);
        assert.equal(threshold, 'below');
        assert.ok((below[0]?.figures.Deviation ?? 9) < 6);
      }),
      parameters,
    );
  });

  it('single address: as many calls as its multiple of the mean, and above the threshold from 50 on', () => {
    fc.assert(
      fc.property(seeds, fc.double({ min: 10, max: 200, noNaN: true }), (seed, multiple) => {
        const operation = 'GET /prices/{sku}';
        const attack = planSingleAddressSpike(place, { at, operation, reach: { multiple }, note: 'a test' });
        const { threshold, expected, below } = labelOf(singleAddressSpikeFamily, attack, seed);
        assert.equal(threshold === 'below', multiple < 50);
        const { Observed = 0, Mean = 0 } = [...expected, ...below][0]?.figures ?? {};
        assert.ok(
          Observed === 100 || Math.abs(Observed - multiple * Mean) <= 1 + multiple * 0.01,
          `${Observed} ${Mean}`,
        );
      }),
      parameters,
    );
  });

  it('enumeration: exactly as many values as asked for, from as many addresses, and 1000 from 10 are enough', () => {
    fc.assert(
      fc.property(
        seeds,
        fc.integer({ min: 990, max: 1010 }),
        fc.integer({ min: 8, max: 12 }),
        (seed, values, addresses) => {
          const attack = planParameterEnumeration(place, {
            at,
            operation: 'GET /tracking',
            parameter: 'shipment',
            guess: (index) => `SH${7_000_000 + index}`,
            reach: { values },
            addresses,
            answer: answers.ok,
            note: 'a test',
          });
          const { expected, below } = labelOf(parameterEnumerationFamily, attack, seed);
          const figures = [...expected, ...below][0]?.figures;
          assert.equal(figures?.Observed, values);
          // Callers that are there anyway count among the addresses, so that nine attackers may be ten with them.
          if (values < 1000) assert.deepEqual(expected, []);
          if (values >= 1000 && addresses >= 10) assert.equal(expected.length, 1);
        },
      ),
      parameters,
    );
  });

  it('SQL injection: so many transactions of each address, above the threshold from three on', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 4 }), (attempts, addresses) => {
        const attack = planSqlInjections(place, { at, attempts, addresses, note: 'a test' });
        const { expected, below } = labelOf(sqlInjectionFamily, attack, 1);
        const figures = Array.from({ length: addresses }, () => ({ Observed: attempts, Blocked: attempts }));
        const shown = (detections: typeof expected) => detections.map((one) => one.figures);
        assert.deepEqual([shown(expected), shown(below)], attempts >= 3 ? [figures, []] : [[], figures]);
      }),
      parameters,
    );
  });
});

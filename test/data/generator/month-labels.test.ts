import assert from 'node:assert/strict';
import { attackFamilies } from '../../../data/generator/families/index.ts';
import type { ExpectedDetection } from '../../../data/generator/labels.ts';
import { type Detection, expectedDetections, type Thresholds } from './expected-detections.ts';
import { monthSeed, type SmallMonth, smallMonth } from './small-month.ts';

const countedRules = new Set([
  'api-traffic-population-spike',
  'api-traffic-single-address-spike',
  'api-distributed-parameter-enumeration',
  'waf-sql-injection',
]);

/** Everything that any window and any key amounts to, whatever the rules ask for. */
const noThresholds: Thresholds = {
  minimumBaselineWindows: 0,
  deviations: Number.NEGATIVE_INFINITY,
  minimumCalls: 1,
  multiple: 0,
  minimumCallsOfOne: 10,
  minimumValues: 1,
  minimumAddresses: 1,
  minimumTransactions: 1,
};

function detected({ gateway, firewall, labels }: SmallMonth, thresholds: Thresholds): string[] {
  return expectedDetections({ gateway, firewall }, labels.from, labels.until, thresholds).map(textOf).sort();
}

function labelled({ labels }: SmallMonth, which: 'expected' | 'below'): string[] {
  return labels.attacks
    .flatMap((attack) => attack[which])
    .filter(({ rule }) => countedRules.has(rule))
    .map(textOf)
    .sort();
}

/** Without what a label cannot say: a deviation from a baseline without spread is no number in JSON. */
function textOf({ rule, runAt, key, figures }: Detection | ExpectedDetection): string {
  const finite = Object.entries(figures).filter(([, value]) => Number.isFinite(value));
  return JSON.stringify([rule, runAt, Object.entries(key), finite]);
}

describe('the labels of the larger months', function () {
  this.timeout(60_000);

  it('say exactly what rules 1 to 4 find in the rows of the benchmark month, computed in plain loops', () => {
    const month = smallMonth('benchmark');
    const expected = labelled(month, 'expected');
    assert.ok(expected.length > 50, `${expected.length} detections`);
    assert.deepEqual(detected(month, { minimumBaselineWindows: 36 }), expected);
  });

  it('name what lies below a threshold with the figures that the rows have there', () => {
    const month = smallMonth('benchmark');
    const found = new Set(detected(month, noThresholds));
    const below = labelled(month, 'below');
    assert.ok(below.length > 15, `${below.length} below`);
    assert.deepEqual(
      below.filter((one) => !found.has(one)),
      [],
    );
    const expected = new Set(labelled(month, 'expected'));
    assert.deepEqual(
      below.filter((one) => expected.has(one)),
      [],
    );
  });

  it('hold for another seed and a larger month', () => {
    const month = smallMonth('benchmark', 7, 0.02);
    assert.deepEqual(detected(month, { minimumBaselineWindows: 36 }), labelled(month, 'expected'));
  });

  it('name no attack in the benign month, where rules 1 to 3 find nothing at this size', () => {
    const month = smallMonth('benign');
    assert.deepEqual(month.labels.attacks, []);
    assert.ok(month.labels.events.length >= 14);
    assert.deepEqual(detected({ ...month, firewall: [] }, { minimumBaselineWindows: 36 }), []);
  });

  for (const { name, rule } of attackFamilies) {
    it(`${name}: attacks above the threshold of ${rule}, at it and below it, at four intensities or more`, () => {
      const attacks = smallMonth('benchmark').labels.attacks.filter(({ family }) => family === name);
      // An alert of Defender and a change of a policy have no amount that could just suffice.
      const levels = countedRules.has(rule) ? ['above', 'at', 'below'] : ['above', 'below'];
      assert.deepEqual([...new Set(attacks.map(({ threshold }) => threshold))].sort(), levels);
      assert.ok(new Set(attacks.map(({ intensity }) => intensity)).size >= 4);
      for (const { rule: own, threshold, expected, attack, notExpectedBecause } of attacks) {
        assert.equal(own, rule);
        const isExpected = expected.some((one) => one.rule === rule);
        assert.equal(isExpected, threshold !== 'below', attack);
        assert.equal(notExpectedBecause === undefined, isExpected, attack);
        assert.doesNotMatch(notExpectedBecause ?? 'expected', /^$|: $/, attack);
      }
    });
  }

  it('say why an attack below a threshold is not expected, by what it lacks', () => {
    const { attacks } = smallMonth('benchmark').labels;
    const reasons = new Map(attacks.map(({ attack, notExpectedBecause }) => [attack, notExpectedBecause]));
    const more = 'the rule asks for more';
    const because = {
      'population-spike/get-carts-cart--199-calls': `${more}: 199 of 200 calls`,
      'single-address-spike/99-calls': `${more}: 99 of 100 calls`,
      // Hardly anybody asks for customers at this size.
      'parameter-enumeration/email-999-values': `${more}: 999 of 1000 values; 28 of 36 active windows before it`,
      'parameter-enumeration/shipment-1201-values': `${more}: 9 of 10 addresses`,
      'sql-injection/4-transactions-at-40': `${more}: 2 of 3 transactions in a run's hour`,
      'sql-injection/6-transactions-harmless': 'no request reaches the score from which the firewall decides',
      'defender-alert/API_UnseenParam-dismissed': 'the alert is dismissed already and is no new one',
      'waf-weakened/refused-0-minutes': 'the write was refused and changed nothing',
    };
    assert.deepEqual(Object.fromEntries(Object.keys(because).map((attack) => [attack, reasons.get(attack)])), because);
    assert.match(
      reasons.get('parameter-enumeration/reference-5.95-deviations') ?? '',
      /; 5\.[89]\d of 6 standard deviations$/,
    );
  });

  it('know every attack by a name of its own, in the order of time, within the month', () => {
    const { attacks, from, until } = smallMonth('benchmark').labels;
    assert.equal(new Set(attacks.map(({ attack }) => attack)).size, attacks.length);
    assert.deepEqual(
      attacks.map(({ startsAt }) => startsAt),
      attacks.map(({ startsAt }) => startsAt).sort(),
    );
    for (const { startsAt, endsAt, attack } of attacks) {
      assert.ok(startsAt >= from && startsAt <= endsAt && endsAt <= until, attack);
    }
  });

  it('place each detection of an attack that sends requests where its addresses are in the rows', () => {
    const month = smallMonth('benchmark', monthSeed);
    const single = month.labels.attacks.find(({ attack }) => attack === 'single-address-spike/400-times-the-mean');
    const [address] = single?.addresses ?? [];
    const calls = month.requests.filter(({ client }) => client.address === address);
    assert.equal(calls.length, single?.expected[0]?.figures.Observed);
    assert.ok(calls.every(({ operation }) => operation?.id === single?.expected[0]?.key.Endpoint));
  });
});

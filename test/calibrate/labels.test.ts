import { strict as assert } from 'node:assert';
import { readLabels } from '../../src/calibrate/labels.ts';

const detection = (rule: string, more: object = {}) => ({
  rule,
  key: { Endpoint: 'GET /cards' },
  figures: {},
  ...more,
});
const labels = (expected: readonly object[], more: object = {}): string =>
  JSON.stringify({
    seed: 7,
    attacks: [
      {
        attack: 'spike',
        startsAt: '2026-03-24T10:20:00.0000000Z',
        endsAt: '2026-03-24T10:40:00.1234567Z',
        addresses: [],
        expected,
        ...more,
      },
    ],
  });

describe('labels', () => {
  it('say what a rule must detect, with the time of the attack', () => {
    const text = labels([detection('spike-rule', { runAt: '2026-03-24T11:00:00.0000000Z' }), detection('other-rule')]);
    assert.deepEqual(readLabels(text, 'spike-rule'), [
      {
        attack: 'spike',
        key: { Endpoint: 'GET /cards' },
        fromMs: Date.UTC(2026, 2, 24, 10, 20),
        toMs: Date.UTC(2026, 2, 24, 10, 40, 0, 123),
      },
    ]);
  });

  it('take the time of the event for a rule that follows one: an alert of Defender comes after the attack', () => {
    const [one] = readLabels(labels([detection('a', { eventAt: '2026-03-24T11:27:00.0000000Z' })]), 'a');
    assert.deepEqual([one?.fromMs, one?.toMs], [Date.UTC(2026, 2, 24, 11, 27), Date.UTC(2026, 2, 24, 11, 27)]);
  });

  it('are refused where none concerns the rule: every alert would be false', () => {
    assert.throws(() => readLabels(labels([detection('a'), detection('b')]), 'c'), {
      code: 'no-labels',
      hint: 'the labels expect detections of a, b',
    });
  });

  it('are refused where they are none', () => {
    const refusal = (message: string) => ({ code: 'labels-shape', message, hint: 'write labels as pack sample does' });
    assert.throws(() => readLabels('{', 'a'), refusal('labels.json is no JSON'));
    assert.throws(() => readLabels('{}', 'a'), refusal("labels.json: the file must have required property 'attacks'"));
    const late = labels([detection('a')], { endsAt: 'later' });
    assert.throws(() => readLabels(late, 'a'), refusal('labels.json: /attacks/0/endsAt must match format "time"'));
  });
});

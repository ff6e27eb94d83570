import assert from 'node:assert/strict';
import type { MonthLabel } from '../../../data/generator/families/attack-family.ts';
import type { ExpectedDetection } from '../../../data/generator/labels.ts';
import type { EventLabel, MonthLabels } from '../../../data/generator/month-labels.ts';
import { matchAlerts } from '../../../scripts/measure/match-alerts.ts';
import { ticksFromUnixMs } from '../../../src/kql/index.ts';
import type { Alert } from '../../../src/replay/build-alerts.ts';

const rule = 'api-traffic-population-spike';
const window = { start: '2026-06-10T10:20:00.0000000Z', end: '2026-06-10T10:40:00.0000000Z' };
const key = { Endpoint: 'GET /orders', StatusClass: '2XX' };
const expected: ExpectedDetection = {
  rule,
  runAt: '2026-06-10T11:00:00.0000000Z',
  windowStart: window.start,
  key,
  figures: { Observed: 300 },
};

function attackWith(detections: Pick<MonthLabel, 'expected' | 'below'>): MonthLabel {
  return {
    attack: 'population-spike/test',
    family: 'population-spike',
    rule,
    intensity: 'test',
    threshold: detections.expected.length > 0 ? 'above' : 'below',
    description: 'A test.',
    startsAt: window.start,
    endsAt: window.end,
    addresses: [],
    ...detections,
  };
}

function labelsOf(attacks: readonly MonthLabel[], events: readonly EventLabel[] = []): MonthLabels {
  return {
    month: 'benchmark',
    seed: 1,
    scale: 1,
    from: window.start,
    until: window.end,
    traffic: { requests: 0, endpoints: 0, clients: 0 },
    attacks,
    events,
  };
}

type AlertFacts = {
  readonly slug?: string;
  readonly runAt?: string;
  readonly details?: Readonly<Record<string, string>>;
};

function alertWith({ slug = rule, runAt = '2026-06-10T11:00:00Z', details = {} }: AlertFacts = {}): Alert {
  const all = { ...key, WindowStart: window.start, WindowEnd: window.end, ...details };
  return {
    id: JSON.stringify([slug, runAt, all]),
    rule: { slug },
    run: { scheduledMs: Date.parse(runAt) },
    startTicks: ticksFromUnixMs(Date.parse(window.start)),
    endTicks: ticksFromUnixMs(Date.parse(window.start)),
    customDetails: Object.fromEntries(Object.entries(all).map(([name, value]) => [name, [value]])),
  } as unknown as Alert;
}

function found(alert: Alert, label: ExpectedDetection = expected): boolean {
  const { detections } = matchAlerts(labelsOf([attackWith({ expected: [label], below: [] })]), [alert]);
  return detections[0]?.alert === alert;
}

describe('alerts compared with labels', () => {
  it('belong to a detection of the same rule, run, window and key', () => {
    assert.ok(found(alertWith()));
    assert.ok(!found(alertWith({ slug: 'api-traffic-single-address-spike' })));
    assert.ok(!found(alertWith({ runAt: '2026-06-10T12:00:00Z' })));
    assert.ok(!found(alertWith({ details: { WindowStart: '2026-06-10T10:00:00.0000000Z' } })));
    assert.ok(!found(alertWith({ details: { Endpoint: 'GET /prices' } })));
  });

  it('of a rule that follows events are known by the time of the event', () => {
    const { runAt: _runAt, windowStart: _windowStart, ...rest } = expected;
    assert.ok(found(alertWith(), { ...rest, eventAt: window.start }));
    assert.ok(!found(alertWith(), { ...rest, eventAt: window.end }));
  });

  it('are false alarms where no label has them, on what was under way at that endpoint or from that address', () => {
    const spans = [{ startsAt: window.start, endsAt: window.end }];
    const everywhere: EventLabel = { event: 'holiday', description: '', spans };
    const here: EventLabel = { event: 'export', description: '', spans, operations: ['GET /orders'] };
    const too: EventLabel = { ...here, event: 'recrawl', addresses: ['198.18.0.1'] };
    const elsewhere: EventLabel = { ...here, event: 'load-test', operations: ['GET /prices'] };
    const laterSpans = [{ startsAt: '2026-06-11T00:00:00Z', endsAt: '2026-06-12T00:00:00Z' }];
    const causeOf = (events: readonly EventLabel[], details: AlertFacts['details'] = {}): string | undefined =>
      matchAlerts(labelsOf([], events), [alertWith({ details })]).falseAlarms[0]?.cause;
    assert.equal(causeOf([everywhere, here, elsewhere]), 'export');
    assert.equal(causeOf([everywhere, here, too]), 'export + recrawl');
    assert.equal(causeOf([everywhere, here, too], { ClientAddress: '198.18.0.1' }), 'recrawl');
    assert.equal(causeOf([elsewhere, everywhere]), 'holiday');
    assert.equal(causeOf([elsewhere, { ...everywhere, spans: laterSpans }]), 'usual traffic');
  });

  it('contradict a label where it says that the attack stays below the threshold', () => {
    const month = labelsOf([attackWith({ expected: [], below: [expected] })]);
    const { contradictions, falseAlarms, detections } = matchAlerts(month, [alertWith()]);
    assert.equal(contradictions.length, 1);
    assert.deepEqual([falseAlarms, detections], [[], []]);
    assert.deepEqual(matchAlerts(month, []).contradictions, []);
  });

  it('are missed, not false, where a detection has none', () => {
    const { detections, falseAlarms } = matchAlerts(labelsOf([attackWith({ expected: [expected], below: [] })]), []);
    assert.deepEqual(
      detections.map(({ alert }) => alert),
      [undefined],
    );
    assert.deepEqual(falseAlarms, []);
  });
});

import { strict as assert } from 'node:assert';
import { ticksFromUnixMs } from '../../src/kql/values/datetime.ts';
import { measuredSeries, readReplay } from '../../src/preview/map-replay.ts';
import type { QueryEngine, RunResult } from '../../src/replay/query-engine.ts';
import { replay } from '../../src/replay/replay.ts';
import { at, hostileTexts, spikeSeries } from './report-fixture.ts';

const ruleText = (slug: string, details: readonly string[]): string => `
id: ${slug === 'b-rule' ? '11111111-1111-4111-8111-111111111111' : '22222222-2222-4222-8222-222222222222'}
name: Rule ${slug}
description: Identifies what a test needs.
severity: Medium
requiredDataConnectors: []
queryFrequency: 1h
queryPeriod: 1d
triggerOperator: gt
triggerThreshold: 0
eventGroupingSettings:
  aggregationKind: AlertPerResult
tactics: [Impact]
relevantTechniques: [T1499]
query: |
  ${slug}
customDetails:
${details.map((detail) => `  ${detail}: ${detail}`).join('\n')}
entityMappings:
  - entityType: URL
    fieldMappings:
      - identifier: Url
        columnName: Url
version: 1.0.0
kind: Scheduled
`;

/** Results by rule, at the run of 11:00 only. */
const results: Readonly<Record<string, RunResult>> = {
  'b-rule': {
    columns: [
      { name: 'TimeGenerated', type: 'datetime' },
      { name: 'Observed', type: 'long' },
      { name: 'Mean', type: 'real' },
      { name: 'StandardDeviation', type: 'real' },
      { name: 'Deviation', type: 'real' },
      { name: 'Url', type: 'string' },
    ],
    rows: [
      [ticksFromUnixMs(at('2026-03-24T10:20:00')), 865n, 71.17, 57.8, 13.73, hostileTexts.element],
      [ticksFromUnixMs(at('2026-03-24T10:40:00')), 900n, 71.17, 57.8, 14.34, 'https://api.contoso.com/b'],
    ],
  },
  'a-rule': {
    columns: [
      { name: 'Observed', type: 'long' },
      { name: 'Mean', type: 'real' },
      { name: 'Multiple', type: 'real' },
      { name: 'Url', type: 'string' },
    ],
    rows: [[464n, 2.59, 179.15, 'https://api.contoso.com/a']],
  },
};

const engine: QueryEngine = {
  prepare: (query) => ({
    tables: [],
    run: async ({ nowTicks }) =>
      (nowTicks === ticksFromUnixMs(at('2026-03-24T11:00:00')) ? results[query.trim()] : undefined) ?? {
        columns: results[query.trim()]?.columns ?? [],
        rows: [],
      },
  }),
};

const files = [
  { file: 'b-rule.yaml', text: ruleText('b-rule', ['Observed', 'Mean', 'StandardDeviation', 'Deviation']) },
  { file: 'a-rule.yaml', text: ruleText('a-rule', ['Observed', 'Mean', 'Multiple']) },
  { file: 'broken.yaml', text: 'id: [' },
];
const clock = { fromMs: at('2026-03-24T10:00:00'), toMs: at('2026-03-24T12:00:00'), furtherRuns: 0 };

describe('readReplay', () => {
  it('shows for each rule its runs, its first alert and the figures that deviate most', async () => {
    const { rules } = readReplay(await replay(files, engine, { clock }), new Map());
    const common = {
      kind: 'Scheduled',
      severity: 'Medium',
      frequencyMs: 3_600_000,
      periodMs: 86_400_000,
      runs: 3,
      failedRuns: 0,
    };
    assert.deepEqual(rules, [
      {
        slug: 'a-rule',
        name: 'Rule a-rule',
        ...common,
        alerts: 1,
        firstAlertAtMs: at('2026-03-24T11:05:00'),
        figures: {
          observed: 464,
          mean: 2.59,
          standardDeviation: undefined,
          deviation: 179.15,
          deviationUnit: 'times-mean',
        },
      },
      {
        slug: 'b-rule',
        name: 'Rule b-rule',
        ...common,
        alerts: 2,
        firstAlertAtMs: at('2026-03-24T11:05:00'),
        figures: {
          observed: 900,
          mean: 71.17,
          standardDeviation: 57.8,
          deviation: 14.34,
          deviationUnit: 'standard-deviations',
        },
      },
    ]);
  });

  it('shows alerts with their entities, details and times, and a timeline where there is no measurement', async () => {
    const result = await replay(files, engine, { clock });
    const { alerts } = readReplay(result, new Map());
    assert.equal(alerts.length, 3);
    const { id, picture, entities, customDetails, startAtMs, detectedAtMs, techniques } =
      alerts[1] ?? assert.fail('no alert');
    assert.equal(id, result.rules[1]?.alerts[0]?.id);
    assert.deepEqual(
      { entities, customDetails, startAtMs, detectedAtMs, techniques, picture },
      {
        entities: [{ type: 'url', properties: [{ name: 'Url', value: hostileTexts.element }] }],
        customDetails: [
          { key: 'Observed', values: ['865'] },
          { key: 'Mean', values: ['71.17'] },
          { key: 'StandardDeviation', values: ['57.8'] },
          { key: 'Deviation', values: ['13.73'] },
        ],
        startAtMs: at('2026-03-24T10:20:00'),
        detectedAtMs: at('2026-03-24T11:05:00'),
        techniques: ['T1499'],
        picture: {
          kind: 'event-timeline',
          events: [{ atMs: at('2026-03-24T10:20:00'), label: 'event in the logs', isCause: true }],
          detectedAtMs: at('2026-03-24T11:05:00'),
        },
      },
    );
  });

  it('takes the picture that was made for an alert', async () => {
    const result = await replay(files, engine, { clock });
    const id = result.rules[1]?.alerts[0]?.id ?? '';
    const { alerts } = readReplay(result, new Map([[id, spikeSeries]]));
    assert.deepEqual(
      alerts.map(({ picture }) => picture === spikeSeries),
      [false, true, false],
    );
  });

  it('passes on what went wrong, with its file', async () => {
    const { problems } = readReplay(await replay(files, engine, { clock }), new Map());
    assert.deepEqual(
      problems.filter(({ severity }) => severity === 'error').map(({ file }) => file),
      ['broken.yaml'],
    );
  });
});

describe('measuredSeries', () => {
  const facts = {
    measure: 'calls in 20 minutes',
    windowMs: 1_200_000,
    fromMs: 0,
    windowAtMs: 40,
    threshold: 418,
    baseline: { fromMs: 0, toMs: 40 },
  };
  const table = {
    rowCount: 2,
    columns: [
      { name: 'Window', kind: 'time', values: [20, 40] },
      { name: 'Value', kind: 'number', values: [70, 865] },
    ],
  } as const;

  it('joins the values of a measurement with the mean and deviation that the alert shows', async () => {
    const alert = (await replay(files, engine, { clock })).rules[1]?.alerts[0] ?? assert.fail('no alert');
    assert.deepEqual(measuredSeries(alert, facts, table), {
      kind: 'measured-series',
      measure: 'calls in 20 minutes',
      windowMs: 1_200_000,
      fromMs: 0,
      windowAtMs: 40,
      threshold: 418,
      points: [
        { atMs: 20, value: 70 },
        { atMs: 40, value: 865 },
      ],
      detectedAtMs: at('2026-03-24T11:05:00'),
      baseline: { fromMs: 0, toMs: 40, mean: 71.17, standardDeviation: 57.8 },
    });
  });

  it('refuses a result that is no measurement', async () => {
    const alert = (await replay(files, engine, { clock })).rules[1]?.alerts[0] ?? assert.fail('no alert');
    assert.throws(() => measuredSeries(alert, facts, { rowCount: 0, columns: [] }), { code: 'result-shape' });
  });
});

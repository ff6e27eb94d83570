import assert from 'node:assert/strict';
import type { AnalyticsRule } from '../../src/replay/analytics-rule.ts';
import { defaultAssumptions } from '../../src/replay/assumptions.ts';
import { type Alert, buildAlerts } from '../../src/replay/build-alerts.ts';
import { clients, nrtRule, resultOf, run, scheduledRule, ticksAt } from './fixtures.ts';

const perResult = {
  eventGroupingSettings: { aggregationKind: 'AlertPerResult' },
  customDetails: { Client: 'Client' },
  alertDetailsOverride: { alertDisplayNameFormat: 'Many calls by {{Client}}' },
};

/** How many alerts of each scope, and what the last one stands for. */
function countAlerts(alerts: readonly Alert[]): object {
  const scopes: Record<string, number> = {};
  for (const { scope } of alerts) scopes[scope] = (scopes[scope] ?? 0) + 1;
  const last = alerts.at(-1);
  return { ...scopes, last: last?.results.rows.length, cutOff: last?.cutOff };
}

describe('the alerts of a run', () => {
  it('are none where the trigger does not hold, on either side of the threshold', () => {
    const rule = scheduledRule({ triggerThreshold: 3 });
    assert.deepEqual(
      [3, 4].map((count) => buildAlerts(clients(count), rule, run).length),
      [0, 1],
    );
  });

  it('are one for all results with SingleAlert', () => {
    const alerts = buildAlerts(clients(200), scheduledRule(), run);
    assert.deepEqual(countAlerts(alerts), { 'all-results': 1, last: 200, cutOff: [] });
  });

  const limits: readonly (readonly [kind: string, rule: AnalyticsRule, results: number, expected: object])[] = [
    ['Scheduled', scheduledRule(perResult), 1, { result: 1, last: 1, cutOff: [] }],
    ['Scheduled', scheduledRule(perResult), 149, { result: 149, last: 1, cutOff: [] }],
    ['Scheduled', scheduledRule(perResult), 150, { result: 150, last: 1, cutOff: [] }],
    [
      'Scheduled',
      scheduledRule(perResult),
      151,
      {
        result: 149,
        summary: 1,
        last: 151,
        cutOff: [
          'results without an alert of their own beyond the limit of a run: 2',
          'values of custom details left out beyond 50 a detail or 64 KB: 101',
        ],
      },
    ],
    ['NRT', nrtRule(perResult), 29, { result: 29, last: 1, cutOff: [] }],
    ['NRT', nrtRule(perResult), 30, { result: 30, last: 1, cutOff: [] }],
    [
      'NRT',
      nrtRule(perResult),
      31,
      {
        result: 29,
        summary: 1,
        last: 31,
        cutOff: ['results without an alert of their own beyond the limit of a run: 2'],
      },
    ],
  ];
  for (const [kind, rule, results, expected] of limits) {
    it(`AlertPerResult of a ${kind} rule with ${results} results`, () => {
      assert.deepEqual(countAlerts(buildAlerts(clients(results), rule, run)), expected);
    });
  }

  it('the summary is what SingleAlert would have raised', () => {
    const summary = buildAlerts(clients(151), scheduledRule(perResult), run).at(-1);
    const single = buildAlerts(clients(151), scheduledRule({ ...perResult, eventGroupingSettings: undefined }), run)[0];
    assert.deepEqual(
      { name: summary?.name, details: summary?.customDetails, entities: summary?.entities },
      { name: single?.name, details: single?.customDetails, entities: single?.entities },
    );
    assert.equal(summary?.results.rows.length, 151);
  });

  it('each have the details of their own result', () => {
    const alerts = buildAlerts(clients(2), scheduledRule(perResult), run);
    assert.deepEqual(
      alerts.map(({ name, customDetails }) => ({ name, customDetails })),
      [
        { name: 'Many calls by a0', customDetails: { Client: ['a0'] } },
        { name: 'Many calls by a1', customDetails: { Client: ['a1'] } },
      ],
    );
  });

  it('of several results take the first for their texts, or the text of the rule', () => {
    const rule = scheduledRule({ ...perResult, eventGroupingSettings: undefined });
    const named = (groupedDetails: 'first-result' | 'rule-text') =>
      buildAlerts(clients(3), rule, run, { ...defaultAssumptions, groupedDetails })[0]?.name;
    assert.deepEqual([named('first-result'), named('rule-text')], ['Many calls by a0', 'Many calls']);
  });

  it('share 64 KB between their custom details and their alert details', () => {
    // {"Client":["…"]} has 15 bytes beside the value, the two filled texts have 15 and 17; the name of the rule does
    // not count: 65,536 - 15 - 15 - 17 = 65,489 bytes are left for the value.
    const rule = scheduledRule({
      customDetails: { Client: 'Client' },
      alertDetailsOverride: { alertDisplayNameFormat: 'Fifteen letters', alertDescriptionFormat: 'Seventeen letters' },
    });
    const kept = (bytes: number) => buildAlerts(resultOf(['Client'], [['x'.repeat(bytes)]]), rule, run)[0];
    assert.deepEqual(kept(65_489)?.cutOff, []);
    const plain = scheduledRule({ customDetails: { Client: 'Client' } });
    assert.deepEqual(buildAlerts(resultOf(['Client'], [['x'.repeat(65_521)]]), plain, run)[0]?.cutOff, []);
    assert.deepEqual(kept(65_490)?.customDetails, { Client: [] });
    assert.deepEqual(kept(65_490)?.cutOff, ['values of custom details left out beyond 50 a detail or 64 KB: 1']);
    const small = { ...defaultAssumptions, detailsSize: '2-KB' } as const;
    // 2,048 - 15 bytes are left beside {"Client":["…"]}.
    const cutOff = [2033, 2034].map(
      (bytes) => buildAlerts(resultOf(['Client'], [['x'.repeat(bytes)]]), plain, run, small)[0]?.cutOff,
    );
    assert.deepEqual(cutOff, [[], ['values of custom details left out beyond 50 a detail or 2 KB: 1']]);
  });

  it('are created when the run is executed, 5 minutes after its time', () => {
    assert.equal(buildAlerts(clients(1), scheduledRule(), run)[0]?.createdMs, run.executedMs);
  });

  it('span the first to the last TimeGenerated of their results, in whatever order', () => {
    const rows = ['10:40', '10:20', '10:30'].map((time) => [ticksAt(`2026-03-24 ${time}`)]);
    const [alert] = buildAlerts(resultOf(['TimeGenerated:datetime'], [...rows, [null]]), scheduledRule(), run);
    assert.deepEqual([alert?.startTicks, alert?.endTicks], [ticksAt('2026-03-24 10:20'), ticksAt('2026-03-24 10:40')]);
  });

  it('span the window of the run where results have no TimeGenerated', () => {
    for (const result of [
      clients(1),
      resultOf(['TimeGenerated:datetime'], [[null]]),
      resultOf(['TimeGenerated'], [['x']]),
    ]) {
      const [alert] = buildAlerts(result, scheduledRule(), run);
      assert.deepEqual(
        [alert?.startTicks, alert?.endTicks],
        [ticksAt('2026-03-24 10:00'), ticksAt('2026-03-24 11:00')],
      );
    }
  });

  it('on zero results: SingleAlert raises one with the text of the rule, AlertPerResult as assumed', () => {
    const equalZero = { ...perResult, triggerOperator: 'eq' };
    const [single, ...others] = buildAlerts(
      clients(0),
      scheduledRule({ ...equalZero, eventGroupingSettings: undefined }),
      run,
    );
    assert.deepEqual(
      [single?.name, single?.customDetails, single?.entities, others],
      ['Many calls', { Client: [] }, [], []],
    );
    const counts = (['no-alert', 'one-alert'] as const).map(
      (noResults) =>
        buildAlerts(clients(0), scheduledRule(equalZero), run, { ...defaultAssumptions, noResults }).length,
    );
    assert.deepEqual(counts, [0, 1]);
  });

  it('have ids that are the same in every replay and differ by rule, run and place', () => {
    const other = scheduledRule({ ...perResult, id: '11111111-2222-4333-8444-555555555556' });
    const later = { ...run, scheduledMs: run.scheduledMs + 1 };
    const ids = [
      ...buildAlerts(clients(2), scheduledRule(perResult), run),
      ...buildAlerts(clients(2), other, run),
      ...buildAlerts(clients(2), scheduledRule(perResult), later),
    ].map(({ id }) => id);
    assert.equal(new Set(ids).size, 6);
    assert.deepEqual(
      buildAlerts(clients(2), scheduledRule(perResult), run).map(({ id }) => id),
      ids.slice(0, 2),
    );
    for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

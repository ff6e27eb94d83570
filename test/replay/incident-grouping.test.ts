import assert from 'node:assert/strict';
import { defaultAssumptions, type ReplayAssumptions } from '../../src/replay/assumptions.ts';
import { type Alert, buildAlerts } from '../../src/replay/build-alerts.ts';
import { createIncidents } from './create-incidents.ts';
import { at, resultOf, run, scheduledRule } from './fixtures.ts';

type Event = readonly [time: string, client: string, url: string, level?: string];

/** Alerts as SingleAlert raises them for one row each; the letters of the result are the events' places. */
function group(grouping: object, events: readonly Event[], assumptions: Partial<ReplayAssumptions> = {}): string {
  const rule = scheduledRule({
    customDetails: { Level: 'Level' },
    entityMappings: [
      { entityType: 'IP', fieldMappings: [{ identifier: 'Address', columnName: 'Client' }] },
      { entityType: 'URL', fieldMappings: [{ identifier: 'Url', columnName: 'Url' }] },
    ],
    alertDetailsOverride: { alertDisplayNameFormat: 'to {{Url}}', alertSeverityColumnName: 'Level' },
    incidentConfiguration: { groupingConfiguration: { enabled: true, ...grouping } },
  });
  const alerts = events.map(([time, client, url, level = '']) => {
    const executedMs = at(`2026-03-24 ${time}`);
    return buildAlerts(resultOf(['Client', 'Url', 'Level'], [[client, url, level]]), rule, {
      ...run,
      executedMs,
    })[0] as Alert;
  });
  const incidents = createIncidents([alerts], { assumptions: { ...defaultAssumptions, ...assumptions } });
  return incidents
    .map((own) => own.alerts.map((alert) => String.fromCharCode(97 + alerts.indexOf(alert))).join(''))
    .join(' ');
}

describe('alerts of a rule share an incident', () => {
  it('with AllEntities where every entity is the same', () => {
    const events: readonly Event[] = [
      ['01:05', '192.0.2.1', '/a'],
      ['02:05', '192.0.2.1', '/b'],
      ['03:05', '192.0.2.1', '/a'],
      ['04:05', '192.0.2.2', '/a'],
    ];
    assert.equal(group({ matchingMethod: 'AllEntities' }, events), 'ac b d');
  });

  it('with AllEntities whatever the order of the entities and of the values of a detail', () => {
    const rule = scheduledRule({
      customDetails: { Client: 'Client' },
      entityMappings: [{ entityType: 'IP', fieldMappings: [{ identifier: 'Address', columnName: 'Client' }] }],
    });
    const alerts = [['a', 'b'], ['b', 'a'], ['a']].map(
      (names) =>
        buildAlerts(
          resultOf(
            ['Client'],
            names.map((name) => [name]),
          ),
          rule,
          run,
        )[0] as Alert,
    );
    const base = {
      lookbackMs: 0,
      reopenClosedIncident: false,
      groupByEntities: [],
      groupByAlertDetails: [],
      groupByCustomDetails: ['Client'],
    };
    for (const matchingMethod of ['AllEntities', 'Selected'] as const) {
      const grouped = { ...rule, incidentGrouping: { ...base, matchingMethod } };
      const incidents = createIncidents([alerts.map((alert) => ({ ...alert, rule: grouped }))]);
      assert.deepEqual(
        incidents.map((own) => own.alerts.map(({ customDetails }) => customDetails.Client)),
        [
          [
            ['a', 'b'],
            ['b', 'a'],
          ],
          [['a']],
        ],
      );
    }
  });

  it('with AnyAlert always', () => {
    assert.equal(
      group({ matchingMethod: 'AnyAlert' }, [
        ['01:05', '192.0.2.1', '/a'],
        ['02:05', '', ''],
      ]),
      'ab',
    );
  });

  const selected: readonly Event[] = [
    ['01:05', '192.0.2.1', '/a', 'Low'],
    ['01:05', '192.0.2.1', '/b', 'High'],
    ['01:05', '192.0.2.2', '/a', 'Low'],
    ['01:05', '192.0.2.2', '/b', 'Low'],
  ];
  for (const [what, by, expected] of [
    ['an entity type', { groupByEntities: ['IP'] }, 'ab cd'],
    ['the name', { groupByAlertDetails: ['DisplayName'] }, 'ac bd'],
    ['the severity', { groupByAlertDetails: ['Severity'] }, 'acd b'],
    ['a custom detail', { groupByCustomDetails: ['Level'] }, 'acd b'],
    ['two of them', { groupByEntities: ['IP'], groupByCustomDetails: ['Level'] }, 'a b cd'],
  ] as const) {
    it(`with Selected by ${what}`, () =>
      assert.equal(group({ matchingMethod: 'Selected', ...by }, selected), expected));
  }

  it('up to the look-back after the first alert, which later ones do not prolong', () => {
    const events: readonly Event[] = [
      ['01:05:00', '192.0.2.1', '/a'],
      ['02:05:00', '192.0.2.1', '/a'],
      ['03:05:00', '192.0.2.1', '/a'],
      ['03:05:01', '192.0.2.1', '/a'],
      ['05:05:01', '192.0.2.1', '/a'],
      ['05:05:02', '192.0.2.1', '/a'],
    ];
    assert.equal(group({ lookbackDuration: '2h' }, events), 'abc de f');
  });

  it('up to the look-back after the latest alert, if the assumption says so', () => {
    const events: readonly Event[] = [
      ['01:05:00', '192.0.2.1', '/a'],
      ['03:05:00', '192.0.2.1', '/a'],
      ['05:05:00', '192.0.2.1', '/a'],
      ['07:05:01', '192.0.2.1', '/a'],
    ];
    assert.equal(group({ lookbackDuration: '2h' }, events, { groupingWindow: 'from-latest-alert' }), 'abc d');
  });

  for (const [count, sizes] of [
    [150, [150]],
    [151, [150, 1]],
    [301, [150, 150, 1]],
  ] as const) {
    it(`up to 150 at a time: ${count} alerts`, () => {
      const events = Array.from({ length: count }, (): Event => ['01:05', '192.0.2.1', '/a']);
      assert.deepEqual(
        group({ matchingMethod: 'AnyAlert' }, events)
          .split(' ')
          .map((own) => own.length),
        sizes,
      );
    });
  }

  it('and 150 at a time: the next incident has the title and severity of the one that is full', () => {
    const rule = scheduledRule({
      alertDetailsOverride: { alertDisplayNameFormat: 'by {{Client}}', alertSeverityColumnName: 'Level' },
      incidentConfiguration: { groupingConfiguration: { enabled: true, matchingMethod: 'AnyAlert' } },
    });
    const alerts = Array.from({ length: 152 }, (_, index) => {
      const level = index === 0 ? 'Low' : index === 151 ? 'High' : '';
      const executedMs = at('2026-03-24 01:05') + index * 60_000;
      return buildAlerts(resultOf(['Client', 'Level'], [[`a${index}`, level]]), rule, {
        ...run,
        executedMs,
      })[0] as Alert;
    });
    const opened = (incidentSeverity: ReplayAssumptions['incidentSeverity']) =>
      createIncidents([alerts], { assumptions: { ...defaultAssumptions, incidentSeverity } }).map(
        ({ number, title, severity, alerts: own }) => `#${number} ${title} ${severity} ${own.length}`,
      );
    // The rule is Medium, its first alert Low and its last one High.
    assert.deepEqual(opened('first-alert'), ['#1 by a0 Low 150', '#2 by a0 Low 2']);
    assert.deepEqual(opened('highest'), ['#1 by a0 Medium 150', '#2 by a0 High 2']);
  });

  it('without any entity only if the assumption says so', () => {
    const events: readonly Event[] = [
      ['01:05', '', ''],
      ['02:05', '', ''],
    ];
    assert.equal(group({ matchingMethod: 'AllEntities' }, events), 'a b');
    assert.equal(group({ matchingMethod: 'AllEntities' }, events, { emptyGroupKey: 'grouped' }), 'ab');
    assert.equal(group({ matchingMethod: 'Selected', groupByCustomDetails: ['Level'] }, events), 'a b');
  });
});

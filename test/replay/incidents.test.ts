import assert from 'node:assert/strict';
import type { AnalyticsRule } from '../../src/replay/analytics-rule.ts';
import { defaultAssumptions } from '../../src/replay/assumptions.ts';
import { buildAlerts } from '../../src/replay/build-alerts.ts';
import { createIncidentLedger } from '../../src/replay/incident-ledger.ts';
import { createIncidents } from './create-incidents.ts';
import { clients, MINUTE_MS, resultOf, run, scheduledRule } from './fixtures.ts';

const perResult = { eventGroupingSettings: { aggregationKind: 'AlertPerResult' } };
const a: AnalyticsRule = { ...scheduledRule({ ...perResult, name: 'A' }), slug: 'a' };
const b: AnalyticsRule = { ...scheduledRule({ ...perResult, name: 'B', severity: 'High' }), slug: 'b', id: 'b' };
const quiet: AnalyticsRule = { ...a, slug: 'quiet', createIncident: false };

describe('incidents', () => {
  it('are one for each alert, numbered by time, then by rule, then by place in the run', () => {
    const earlier = { ...run, executedMs: run.executedMs - MINUTE_MS };
    const ofA = buildAlerts(clients(2), a, run);
    const ofB = [...buildAlerts(clients(1), b, earlier), ...buildAlerts(clients(2), b, run)];
    const alerts = [...ofA, ...ofB];
    const incidents = createIncidents([ofA, ofB]);
    assert.deepEqual(
      incidents.map(({ number, title, severity, createdMs, alerts: own }) => [
        number,
        title,
        severity,
        createdMs - run.executedMs,
        own.map((alert) => alerts.indexOf(alert)),
      ]),
      [
        [1, 'B', 'High', -MINUTE_MS, [2]],
        [2, 'A', 'Medium', 0, [0]],
        [3, 'A', 'Medium', 0, [1]],
        [4, 'B', 'High', 0, [3]],
        [5, 'B', 'High', 0, [4]],
      ],
    );
  });

  it('are not opened by a rule that creates none', () => {
    assert.deepEqual(createIncidents([buildAlerts(clients(2), quiet, run), []]), []);
  });

  it('come with all alerts of their run, and are modified by those of later runs', () => {
    const grouped = scheduledRule({
      ...perResult,
      incidentConfiguration: { groupingConfiguration: { enabled: true, matchingMethod: 'AnyAlert' } },
    });
    const later = { ...run, executedMs: run.executedMs + MINUTE_MS, scheduledMs: run.scheduledMs + MINUTE_MS };
    const ledger = createIncidentLedger();
    const changes = [buildAlerts(clients(3), grouped, run), buildAlerts(clients(2), grouped, later)].map((alerts) =>
      ledger.add(alerts).map(({ number, alerts: own, modifiedMs, firstModifiedMs }) => ({
        number,
        alerts: own.length,
        modified: modifiedMs - run.executedMs,
        firstModified: firstModifiedMs === undefined ? 'never' : firstModifiedMs - run.executedMs,
      })),
    );
    assert.deepEqual(changes, [
      [{ number: 1, alerts: 3, modified: 0, firstModified: 'never' }],
      [{ number: 1, alerts: 5, modified: MINUTE_MS, firstModified: MINUTE_MS }],
    ]);
  });

  it('of a group have the text of their first alert and the highest severity, or that of the first', () => {
    const grouping = {
      incidentConfiguration: { groupingConfiguration: { enabled: true, matchingMethod: 'AnyAlert' } },
    };
    const override = {
      alertDetailsOverride: { alertDisplayNameFormat: 'by {{Client}}', alertSeverityColumnName: 'Level' },
    };
    const rule = scheduledRule({ ...perResult, ...grouping, ...override });
    const rows = [
      ['a', 'Low'],
      ['b', 'High'],
      ['c', 'Medium'],
    ];
    const alerts = buildAlerts(resultOf(['Client', 'Level'], rows), rule, run);
    const open = (incidentSeverity: 'highest' | 'first-alert') =>
      createIncidents([alerts], { assumptions: { ...defaultAssumptions, incidentSeverity } }).map(
        ({ title, severity, alerts: own }) => [title, severity, own.length],
      );
    assert.deepEqual(open('highest'), [['by a', 'High', 3]]);
    assert.deepEqual(open('first-alert'), [['by a', 'Low', 3]]);
  });
});

import assert from 'node:assert/strict';
import { knownSchemas } from '../../scripts/load-logs.ts';
import { type Alert, buildAlerts } from '../../src/replay/build-alerts.ts';
import { createIncidentLedger } from '../../src/replay/incident-ledger.ts';
import { securityIncidentRow } from '../../src/replay/security-incident.ts';
import { at, HOUR_MS, resultOf, run, scheduledRule, ticksAt } from './fixtures.ts';

const rule = scheduledRule({
  incidentConfiguration: { groupingConfiguration: { enabled: true, matchingMethod: 'AnyAlert' } },
});
const alertAt = (time: string, event: string): Alert =>
  buildAlerts(resultOf(['TimeGenerated:datetime'], [[ticksAt(`2026-03-24 ${event}`)]]), rule, {
    ...run,
    scheduledMs: at(`2026-03-24 ${time}`) - 300_000,
    executedMs: at(`2026-03-24 ${time}`),
  })[0] as Alert;

describe('an incident as rows of SecurityIncident', () => {
  const ledger = createIncidentLedger({ closeAfterMs: 3 * HOUR_MS });
  const first = alertAt('11:05', '10:59');
  const second = alertAt('12:05', '10:20');
  const rows = [...ledger.add([first]), ...ledger.add([second]), ...ledger.advance(at('2026-03-24 18:00'))].map(
    securityIncidentRow,
  );

  it('has all of its state in each row: here when it is opened', () => {
    assert.deepEqual(rows[0], {
      TenantId: '00000000-0000-0000-0000-000000000000',
      TimeGenerated: ticksAt('2026-03-24 11:05'),
      IncidentName: rows[0]?.IncidentName,
      IncidentNumber: 1,
      ProviderName: 'Azure Sentinel',
      ProviderIncidentId: '1',
      Title: 'Many calls',
      Description: 'Identifies many calls.',
      Severity: 'Medium',
      Status: 'New',
      Classification: '',
      CreatedTime: ticksAt('2026-03-24 11:05'),
      FirstModifiedTime: null,
      LastModifiedTime: ticksAt('2026-03-24 11:05'),
      ClosedTime: null,
      FirstActivityTime: ticksAt('2026-03-24 10:59'),
      LastActivityTime: ticksAt('2026-03-24 10:59'),
      AlertIds: [first.id],
      RelatedAnalyticRuleIds: [rule.id],
      BookmarkIds: [],
      Comments: [],
      Labels: [],
      AdditionalData: new Map<string, unknown>([
        ['alertsCount', 1n],
        ['alertProductNames', ['Azure Sentinel']],
        ['tactics', ['Impact']],
      ]),
      ModifiedBy: 'Alert updated',
      SourceSystem: 'Azure',
      Type: 'SecurityIncident',
    });
  });

  it('changes in the next row what an alert adds, and in the last what its closing does', () => {
    const changing = ['TimeGenerated', 'FirstModifiedTime', 'LastModifiedTime', 'ClosedTime', 'FirstActivityTime'];
    const shown = rows.map((row) => [
      row.Status,
      (row.AlertIds as readonly string[]).length,
      ...changing.map((name) => row[name]),
    ]);
    const [opened, joined, closed] = ['11:05', '12:05', '14:05'].map((time) => ticksAt(`2026-03-24 ${time}`));
    const [early, late] = ['10:20', '10:59'].map((time) => ticksAt(`2026-03-24 ${time}`));
    assert.deepEqual(shown, [
      ['New', 1, opened, null, opened, null, late],
      ['New', 2, joined, joined, joined, null, early],
      ['Closed', 2, closed, joined, closed, closed, early],
    ]);
    assert.deepEqual([...new Set(rows.map((row) => row.IncidentName))].length, 1);
    assert.match(
      String(rows[0]?.IncidentName),
      /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it('has no column that the table does not have', () => {
    const names = new Set(knownSchemas.get('SecurityIncident')?.map(({ name }) => name));
    assert.deepEqual(
      Object.keys(rows[0] ?? {}).filter((name) => !names.has(name)),
      [],
    );
  });
});

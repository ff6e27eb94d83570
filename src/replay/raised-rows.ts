import type { Alert } from './build-alerts.ts';
import { createIncidentLedger, type LedgerOptions } from './incident-ledger.ts';
import type { Incident } from './incidents.ts';
import type { RaisedRow, RaisedRows } from './query-engine.ts';
import { securityAlertRow } from './security-alert.ts';
import { securityIncidentRow } from './security-incident.ts';

/** The tables that rules write when they fire, and that other rules may read. */
export const raisedTables = ['SecurityAlert', 'SecurityIncident'] as const;

/** What the rules of a replay have raised so far, as a workspace holds it. */
export type RaisedLog = {
  readonly rows: RaisedRows;
  /** Takes the alerts of one run; runs come in the order of time. */
  readonly add: (alertsOfRun: readonly Alert[]) => void;
  /** Lets time go on, so that incidents which are closed meanwhile are logged. */
  readonly advance: (toMs: number) => void;
  readonly incidents: () => readonly Incident[];
};

export function createRaisedLog(options: LedgerOptions): RaisedLog {
  const ledger = createIncidentLedger(options);
  const alertRows: RaisedRow[] = [];
  const incidentRows: RaisedRow[] = [];
  const logChanges = (changes: readonly Incident[]): void => {
    incidentRows.push(...changes.map(securityIncidentRow));
  };
  return {
    rows: new Map([
      ['SecurityAlert', alertRows],
      ['SecurityIncident', incidentRows],
    ]),
    add(alertsOfRun) {
      alertRows.push(...alertsOfRun.map(securityAlertRow));
      logChanges(ledger.add(alertsOfRun));
    },
    advance: (toMs) => logChanges(ledger.advance(toMs)),
    incidents: ledger.incidents,
  };
}

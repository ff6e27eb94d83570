import type { Alert } from '../../src/replay/build-alerts.ts';
import { createIncidentLedger, type LedgerOptions } from '../../src/replay/incident-ledger.ts';
import type { Incident } from '../../src/replay/incidents.ts';

/**
 * The incidents that the alerts of several rules open, in the order in which a workspace numbers them: by time, and at
 * one time by the order of the rules.
 * @param alertsByRule the alerts of each rule in the order of their creation
 */
export function createIncidents(
  alertsByRule: readonly (readonly Alert[])[],
  options: LedgerOptions = {},
): readonly Incident[] {
  const ledger = createIncidentLedger(options);
  const runs = alertsByRule.flatMap(alertsByRun).sort(([a], [b]) => (a?.createdMs ?? 0) - (b?.createdMs ?? 0));
  for (const alerts of runs) ledger.add(alerts);
  return ledger.incidents();
}

/** The alerts of a rule in the order of their creation, those of each run together. */
function alertsByRun(alerts: readonly Alert[]): readonly (readonly Alert[])[] {
  const runs: Alert[][] = [];
  for (const alert of alerts) {
    const last = runs.at(-1);
    if (last?.[0]?.createdMs === alert.createdMs) last.push(alert);
    else runs.push([alert]);
  }
  return runs;
}

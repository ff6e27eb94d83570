import { severities } from './analytics-rule.ts';
import { defaultAssumptions, type ReplayAssumptions } from './assumptions.ts';
import type { Alert } from './build-alerts.ts';
import { incidentKey } from './incident-key.ts';
import type { Incident } from './incidents.ts';
import { serviceLimits } from './service-limits.ts';

export type LedgerOptions = {
  readonly assumptions?: ReplayAssumptions;
  /** Analysts close every incident so long after it was opened, or opened again; undefined: never. */
  readonly closeAfterMs?: number | undefined;
};

/** The incidents of a workspace while time goes on. */
export type IncidentLedger = {
  /**
   * Takes an alert, which opens an incident, joins one or opens a closed one again. Alerts come in the order of their
   * creation. Returns each incident that changed up to then as it is after the change, in the order of the changes.
   */
  readonly add: (alert: Alert) => readonly Incident[];
  /** Lets time go on to a moment (milliseconds since 1970) and returns the incidents that were closed on the way. */
  readonly advance: (toMs: number) => readonly Incident[];
  /** All incidents as they are now, by number. */
  readonly incidents: () => readonly Incident[];
};

/**
 * An alert joins the latest incident of its key while that is younger than the look-back and holds fewer than 150
 * alerts. Where that incident is closed, the alert opens it again (reopenClosedIncident) or opens a new one.
 * Source: learn.microsoft.com/azure/sentinel/scheduled-rules-overview, "Alert grouping";
 * learn.microsoft.com/azure/sentinel/create-analytics-rules, "Re-open closed matching incidents".
 */
export function createIncidentLedger(options: LedgerOptions = {}): IncidentLedger {
  const { assumptions = defaultAssumptions, closeAfterMs } = options;
  const incidents: Incident[] = [];
  /** By rule and key the place of the latest incident. */
  const latest = new Map<string, number>();
  /** Incidents to close, in the order of the time: all are open equally long. */
  const closings: { readonly index: number; readonly atMs: number }[] = [];

  const put = (index: number, incident: Incident): Incident => {
    incidents[index] = incident;
    return incident;
  };
  const closeLater = (index: number, openedMs: number): void => {
    if (closeAfterMs !== undefined) closings.push({ index, atMs: openedMs + closeAfterMs });
  };
  const advance = (toMs: number): readonly Incident[] => {
    const closed: Incident[] = [];
    while (closings[0] !== undefined && closings[0].atMs <= toMs) {
      const { index, atMs } = closings.shift() as (typeof closings)[number];
      closed.push(put(index, { ...modified(at(incidents, index), atMs), status: 'Closed', closedMs: atMs }));
    }
    return closed;
  };
  const open = (alert: Alert, place: string | undefined): Incident => {
    const index = incidents.length;
    if (place !== undefined) latest.set(place, index);
    closeLater(index, alert.createdMs);
    return put(index, newIncident(alert, index + 1));
  };
  const join = (alert: Alert, index: number): Incident => {
    const incident = at(incidents, index);
    const joined = withAlert(incident, alert, assumptions);
    if (incident.status !== 'Closed') return put(index, joined);
    closeLater(index, alert.createdMs);
    const reopenings = incident.reopenings + 1;
    return put(index, { ...joined, status: assumptions.reopenedStatus, closedMs: undefined, reopenings });
  };
  return {
    advance,
    incidents: () => [...incidents],
    add(alert) {
      const closed = advance(alert.createdMs);
      if (!alert.rule.createIncident) return closed;
      const place = placeOf(alert, assumptions);
      const index = place === undefined ? undefined : latest.get(place);
      const joins = index !== undefined && canJoin(alert, at(incidents, index), assumptions);
      return [...closed, joins ? join(alert, index) : open(alert, place)];
    },
  };
}

/** Equal for the alerts of a rule that its grouping puts together; undefined for an alert that stays alone. */
function placeOf(alert: Alert, assumptions: ReplayAssumptions): string | undefined {
  const { id, incidentGrouping } = alert.rule;
  const key = incidentGrouping === undefined ? undefined : incidentKey(alert, incidentGrouping, assumptions);
  return key === undefined ? undefined : `${id}/${key}`;
}

const at = (incidents: readonly Incident[], index: number): Incident => incidents[index] as Incident;

function canJoin(
  alert: Alert,
  incident: Incident,
  { groupingWindow }: Pick<ReplayAssumptions, 'groupingWindow'>,
): boolean {
  const { incidentGrouping } = alert.rule;
  if (incidentGrouping === undefined || incident.alerts.length >= serviceLimits.alertsPerIncident) return false;
  if (incident.status === 'Closed' && !incidentGrouping.reopenClosedIncident) return false;
  const counted = groupingWindow === 'from-first-alert' ? incident.alerts[0] : incident.alerts.at(-1);
  return alert.createdMs - (counted?.createdMs ?? alert.createdMs) <= incidentGrouping.lookbackMs;
}

const modified = (incident: Incident, atMs: number): Incident => ({
  ...incident,
  modifiedMs: atMs,
  firstModifiedMs: incident.firstModifiedMs ?? atMs,
});

const newIncident = (alert: Alert, number: number): Incident => ({
  number,
  rule: alert.rule,
  title: alert.name,
  description: alert.description,
  severity: alert.severity,
  status: 'New',
  createdMs: alert.createdMs,
  modifiedMs: alert.createdMs,
  firstModifiedMs: undefined,
  closedMs: undefined,
  reopenings: 0,
  alerts: [alert],
});

function withAlert(
  incident: Incident,
  alert: Alert,
  { incidentSeverity }: Pick<ReplayAssumptions, 'incidentSeverity'>,
): Incident {
  const higher = severities.indexOf(alert.severity) > severities.indexOf(incident.severity);
  return {
    ...modified(incident, alert.createdMs),
    severity: incidentSeverity === 'highest' && higher ? alert.severity : incident.severity,
    alerts: [...incident.alerts, alert],
  };
}

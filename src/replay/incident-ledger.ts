import { type Severity, severities } from './analytics-rule.ts';
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
   * Takes the alerts of one run, each of which opens an incident, joins one or opens a closed one again. Runs come in the
   * order of time. Returns the incidents that were closed up to then, and each that the run changed as it is after all
   * of its alerts: the service creates an incident when all alerts are there.
   */
  readonly add: (alertsOfRun: readonly Alert[]) => readonly Incident[];
  /** Lets time go on to a moment (milliseconds since 1970) and returns the incidents that were closed on the way. */
  readonly advance: (toMs: number) => readonly Incident[];
  /** All incidents as they are now, by number. */
  readonly incidents: () => readonly Incident[];
};

/**
 * An alert joins the latest incident of its key while that is younger than the look-back. Where it holds 150 alerts, a
 * new one with its title, description and severity takes the next; where it is closed, the alert opens it again
 * (reopenClosedIncident) or opens a new one.
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
  const open = (alert: Alert, place: string | undefined, full: Incident | undefined): number => {
    const index = incidents.length;
    if (place !== undefined) latest.set(place, index);
    closeLater(index, alert.createdMs);
    put(index, newIncident(alert, index + 1, { full, ...assumptions }));
    return index;
  };
  const join = (alert: Alert, index: number): number => {
    const incident = at(incidents, index);
    const joined = withAlert(incident, alert, assumptions);
    if (incident.status !== 'Closed') put(index, joined);
    else {
      closeLater(index, alert.createdMs);
      const reopenings = incident.reopenings + 1;
      put(index, { ...joined, status: assumptions.reopenedStatus, closedMs: undefined, reopenings });
    }
    return index;
  };
  const take = (alert: Alert): number => {
    const place = placeOf(alert, assumptions);
    const index = place === undefined ? undefined : latest.get(place);
    if (index === undefined) return open(alert, place, undefined);
    const incident = at(incidents, index);
    if (!belongsTo(alert, incident, assumptions)) return open(alert, place, undefined);
    return incident.alerts.length < serviceLimits.alertsPerIncident ? join(alert, index) : open(alert, place, incident);
  };
  return {
    advance,
    incidents: () => [...incidents],
    add(alertsOfRun) {
      const [first] = alertsOfRun;
      if (first === undefined) return [];
      const closed = advance(first.createdMs);
      if (!first.rule.createIncident) return closed;
      const changed = new Set(alertsOfRun.map(take));
      return [...closed, ...[...changed].map((index) => at(incidents, index))];
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

/** Whether the incident is the one that an alert of its key would join if it had room. */
function belongsTo(
  alert: Alert,
  incident: Incident,
  { groupingWindow, reopenedWithin }: Pick<ReplayAssumptions, 'groupingWindow' | 'reopenedWithin'>,
): boolean {
  const { incidentGrouping } = alert.rule;
  if (incidentGrouping === undefined) return false;
  if (incident.status === 'Closed') {
    if (!incidentGrouping.reopenClosedIncident) return false;
    if (reopenedWithin === 'any-time') return true;
  }
  const counted = groupingWindow === 'from-first-alert' ? incident.alerts[0] : incident.alerts.at(-1);
  return alert.createdMs - (counted?.createdMs ?? alert.createdMs) <= incidentGrouping.lookbackMs;
}

const modified = (incident: Incident, atMs: number): Incident => ({
  ...incident,
  modifiedMs: atMs,
  firstModifiedMs: incident.firstModifiedMs ?? atMs,
});

type Opening = Pick<ReplayAssumptions, 'incidentSeverity'> & {
  /** The incident that had no room for the alert. */
  readonly full: Incident | undefined;
};

const newIncident = (alert: Alert, number: number, { full, incidentSeverity }: Opening): Incident => ({
  number,
  rule: alert.rule,
  title: full?.title ?? alert.name,
  description: full?.description ?? alert.description,
  severity: full === undefined ? alert.severity : severityOf(full, alert, incidentSeverity),
  status: 'New',
  createdMs: alert.createdMs,
  modifiedMs: alert.createdMs,
  firstModifiedMs: undefined,
  closedMs: undefined,
  reopenings: 0,
  alerts: [alert],
});

/** An alert of the run that created the incident is part of it from the start. */
function withAlert(
  incident: Incident,
  alert: Alert,
  { incidentSeverity }: Pick<ReplayAssumptions, 'incidentSeverity'>,
): Incident {
  return {
    ...(alert.createdMs === incident.createdMs ? incident : modified(incident, alert.createdMs)),
    severity: severityOf(incident, alert, incidentSeverity),
    alerts: [...incident.alerts, alert],
  };
}

function severityOf(
  { severity }: Incident,
  alert: Alert,
  incidentSeverity: ReplayAssumptions['incidentSeverity'],
): Severity {
  const isHigher = severities.indexOf(alert.severity) > severities.indexOf(severity);
  return incidentSeverity === 'highest' && isHigher ? alert.severity : severity;
}

import { unixMsFromTicks } from '../kql/values/datetime.ts';
import { readAlertFigures } from '../replay/alert-figures.ts';
import type { Alert } from '../replay/build-alerts.ts';
import type { ReplayProblem, ReplayResult, RuleReplay } from '../replay/replay-result.ts';
import { summarizeRule } from '../replay/summarize-replay.ts';
import { type DataTable, findColumn } from './data-table.ts';
import { PreviewError } from './preview-error.ts';
import type {
  AlertPicture,
  EventTimeline,
  MeasuredSeries,
  ReportAlert,
  ReportFigures,
  ReportProblem,
  ReportRule,
} from './report-input.ts';

/** The part of the report that follows from a replay alone. */
export type ReplayPart = {
  readonly rules: readonly ReportRule[];
  /** In the order of their creation. */
  readonly alerts: readonly ReportAlert[];
  readonly problems: readonly ReportProblem[];
};

/**
 * A replay's result as report data.
 * @param pictures by alert id; an alert without one gets the timeline of its own times
 */
export function readReplay(result: ReplayResult, pictures: ReadonlyMap<string, AlertPicture>): ReplayPart {
  // Rules are sorted by slug and a rule's alerts by time; sorting keeps the order of alerts of one moment.
  const alerts = result.rules.flatMap((rule) => rule.alerts).sort((a, b) => a.createdMs - b.createdMs);
  return {
    rules: result.rules.map(readRule),
    alerts: alerts.map((alert) => readAlert(alert, pictures.get(alert.id))),
    problems: [...result.problems, ...result.rules.flatMap(({ problems }) => problems)].map(readProblem),
  };
}

function readRule(replay: RuleReplay): ReportRule {
  const { slug, name, kind, severity, queryFrequencyMs, queryPeriodMs } = replay.rule;
  const summary = summarizeRule(replay);
  const figures = replay.alerts.flatMap((alert) => readFigures(alert) ?? []);
  const largest = figures.reduce<ReportFigures | undefined>(
    (most, one) => (most === undefined || (one.deviation ?? 0) > (most.deviation ?? 0) ? one : most),
    undefined,
  );
  return {
    slug,
    name,
    kind,
    severity,
    frequencyMs: queryFrequencyMs,
    periodMs: queryPeriodMs,
    runs: summary.planned,
    failedRuns: summary.failed,
    alerts: summary.alerts,
    firstAlertAtMs: summary.firstAlertMs,
    figures: largest,
  };
}

function readAlert(alert: Alert, picture: AlertPicture | undefined): ReportAlert {
  const customDetails = Object.entries(alert.customDetails).filter(([, values]) => values.length > 0);
  return {
    id: alert.id,
    ruleSlug: alert.rule.slug,
    name: alert.name,
    description: alert.description,
    severity: alert.severity,
    detectedAtMs: alert.createdMs,
    startAtMs: unixMsFromTicks(alert.startTicks),
    endAtMs: unixMsFromTicks(alert.endTicks),
    tactics: alert.tactics,
    techniques: alert.rule.techniques,
    entities: alert.entities.map(({ type, identifiers }) => ({
      type,
      properties: Object.entries(identifiers).map(([name, value]) => ({ name, value })),
    })),
    customDetails: customDetails.map(([key, values]) => ({ key, values })),
    figures: readFigures(alert),
    picture: picture ?? ownTimes(alert),
    cutOff: alert.cutOff,
  };
}

/** `Multiple` is the custom detail of rules that fire at a multiple of the mean. */
function readFigures(alert: Alert): ReportFigures | undefined {
  const { observed, mean, standardDeviation, deviation } = readAlertFigures(alert);
  if (observed === undefined) return undefined;
  const multiple = Number(alert.customDetails.Multiple?.[0] ?? Number.NaN);
  return Number.isFinite(multiple)
    ? { observed, mean, standardDeviation, deviation: multiple, deviationUnit: 'times-mean' }
    : { observed, mean, standardDeviation, deviation, deviationUnit: 'standard-deviations' };
}

function ownTimes(alert: Alert): EventTimeline {
  const startAtMs = unixMsFromTicks(alert.startTicks);
  const endAtMs = unixMsFromTicks(alert.endTicks);
  const ends = endAtMs === startAtMs ? [] : [{ atMs: endAtMs, label: 'last event in the logs', isCause: true }];
  return {
    kind: 'event-timeline',
    events: [
      { atMs: startAtMs, label: ends.length === 0 ? 'event in the logs' : 'first event in the logs', isCause: true },
      ...ends,
    ],
    detectedAtMs: alert.createdMs,
  };
}

function readProblem({ severity, message, hint, file, line, runs }: ReplayProblem): ReportProblem {
  return { severity, message, hint, file, line, count: runs?.count };
}

/** What is known about an alert's measurement besides its values (content's AlertMeasurement fits). */
export type MeasurementFacts = Pick<MeasuredSeries, 'measure' | 'windowMs' | 'fromMs' | 'windowAtMs' | 'threshold'> & {
  readonly baseline?: { readonly fromMs: number; readonly toMs: number };
};

/**
 * The picture of an alert from the rows of its measurement.
 * @param table with the columns `Window` (datetime) and `Value` (a number)
 * @throws PreviewError `result-shape` for a table without them
 */
export function measuredSeries(alert: Alert, facts: MeasurementFacts, table: DataTable): MeasuredSeries {
  const windows = findColumn(table, 'Window');
  const values = findColumn(table, 'Value');
  if (windows?.kind !== 'time' || values?.kind !== 'number') {
    const hint = `The query gives: ${table.columns.map(({ name, kind }) => `${name} (${kind})`).join(', ')}.`;
    throw new PreviewError('result-shape', 'a measurement needs Window and Value', { at: alert.rule.slug, hint });
  }
  const points = windows.values.map((atMs, row) => ({ atMs: atMs ?? 0, value: values.values[row] ?? 0 }));
  const { mean, standardDeviation } = readAlertFigures(alert);
  const { baseline, ...rest } = facts;
  return {
    kind: 'measured-series',
    ...rest,
    points,
    detectedAtMs: alert.createdMs,
    ...(baseline !== undefined && mean !== undefined && { baseline: { ...baseline, mean, standardDeviation } }),
  };
}

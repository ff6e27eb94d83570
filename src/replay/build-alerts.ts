import { ticksFromUnixMs, type Value } from '../kql/index.ts';
import type { AnalyticsRule } from './analytics-rule.ts';
import { defaultAssumptions, type ReplayAssumptions } from './assumptions.ts';
import { type CustomDetails, readCustomDetails } from './custom-details.ts';
import { type Entity, mapEntities } from './map-entities.ts';
import { nameUuid } from './name-uuid.ts';
import { type AlertDetails, overrideDetails } from './override-details.ts';
import type { RunResult } from './query-engine.ts';
import { type ResultView, viewResult } from './result-view.ts';
import type { RuleRun } from './schedule.ts';
import { serviceLimits } from './service-limits.ts';
import { isTriggered } from './trigger.ts';

/** Whether an alert stands for one result, for all of a run, or for all because a run has too many for one each. */
export type AlertScope = 'result' | 'all-results' | 'summary';

export type Alert = AlertDetails & {
  /** SystemAlertId: made from the rule, the run and the place in it, so the same in every replay. */
  readonly id: string;
  readonly rule: AnalyticsRule;
  readonly run: RuleRun;
  readonly scope: AlertScope;
  /** Milliseconds since 1970: when the run was executed. */
  readonly createdMs: number;
  /** First and last TimeGenerated of the alert's results; the run's window where they have none. */
  readonly startTicks: bigint;
  readonly endTicks: bigint;
  readonly customDetails: CustomDetails;
  readonly entities: readonly Entity[];
  /** The results that the alert stands for: rows of the run's result, shared and not copied. */
  readonly results: RunResult;
  /** What the limits of the service cut off, a sentence each. */
  readonly cutOff: readonly string[];
};

/**
 * The alerts of one run: none where the trigger does not hold, else one for all results, or one for each of them up to
 * the limit of the service, whose last alert then summarises them all.
 * Source: learn.microsoft.com/azure/sentinel/scheduled-rules-overview, "Event grouping".
 */
export function buildAlerts(
  result: RunResult,
  rule: AnalyticsRule,
  run: RuleRun,
  assumptions: ReplayAssumptions = defaultAssumptions,
): readonly Alert[] {
  const resultCount = result.rows.length;
  if (!isTriggered(rule.triggerOperator, rule.triggerThreshold, resultCount)) return [];
  return groupResults(result, rule, assumptions).map(({ scope, rows, left }, index) =>
    buildAlert({ scope, results: { columns: result.columns, rows }, rule, run, index, left }, assumptions),
  );
}

type ResultGroup = {
  readonly scope: AlertScope;
  readonly rows: readonly (readonly Value[])[];
  /** Results that have no alert of their own because the run has too many. */
  readonly left: number;
};

function groupResults(result: RunResult, rule: AnalyticsRule, assumptions: ReplayAssumptions): readonly ResultGroup[] {
  const { rows } = result;
  if (rule.eventGrouping === 'SingleAlert') return [{ scope: 'all-results', rows, left: 0 }];
  if (rows.length === 0) return assumptions.noResults === 'no-alert' ? [] : [{ scope: 'all-results', rows, left: 0 }];
  const limit = serviceLimits.alertsPerRun[rule.kind];
  const single = rows.length <= limit ? rows : rows.slice(0, limit - 1);
  const groups = single.map((row): ResultGroup => ({ scope: 'result', rows: [row], left: 0 }));
  return single.length === rows.length
    ? groups
    : [...groups, { scope: 'summary', rows, left: rows.length - single.length }];
}

type AlertParts = Pick<Alert, 'scope' | 'results' | 'rule' | 'run'> & { readonly index: number; readonly left: number };

function buildAlert(parts: AlertParts, assumptions: ReplayAssumptions): Alert {
  const { scope, results, rule, run, index, left } = parts;
  const view = viewResult(results);
  const details = overrideDetails(view, chooseRow(view, scope, assumptions), rule, assumptions);
  const limitBytes = serviceLimits.detailsBytes[assumptions.detailsSize] - countAlertDetailBytes(details, rule);
  const custom = readCustomDetails(view, rule, assumptions, limitBytes);
  const mapped = mapEntities(view, rule);
  const cutOff = [
    ['results without an alert of their own beyond the limit of a run', left],
    [
      `values of custom details left out beyond 50 a detail or ${assumptions.detailsSize.replace('-', ' ')}`,
      custom.dropped,
    ],
    ['entities left out beyond 500 or 64 KB', mapped.dropped],
  ] as const;
  return {
    ...details,
    id: nameUuid(rule.id, `${run.scheduledMs}/${index}`),
    rule,
    run,
    scope,
    createdMs: run.executedMs,
    ...activityTime(view, run),
    customDetails: custom.details,
    entities: mapped.entities,
    results,
    cutOff: cutOff.filter(([, count]) => count > 0).map(([what, count]) => `${what}: ${count}`),
  };
}

/** What the overridden details take of the 64 KB; texts of the rule itself do not count. */
function countAlertDetailBytes({ name, description, properties }: AlertDetails, rule: AnalyticsRule): number {
  const { alertDisplayNameFormat, alertDescriptionFormat } = rule.alertDetailsOverride;
  const texts = [
    alertDisplayNameFormat === undefined ? '' : name,
    alertDescriptionFormat === undefined ? '' : description,
    ...Object.values(properties),
  ];
  return Buffer.byteLength(texts.join(''));
}

function chooseRow(view: ResultView, scope: AlertScope, assumptions: ReplayAssumptions): number | undefined {
  if (view.rowCount === 0) return undefined;
  return scope === 'result' || assumptions.groupedDetails === 'first-result' ? 0 : undefined;
}

function activityTime(view: ResultView, run: RuleRun): Pick<Alert, 'startTicks' | 'endTicks'> {
  let first: bigint | undefined;
  let last: bigint | undefined;
  if (view.typeOf('TimeGenerated') === 'datetime') {
    for (let row = 0; row < view.rowCount; row++) {
      const ticks = view.value(row, 'TimeGenerated') as bigint | null;
      if (ticks === null) continue;
      if (first === undefined || ticks < first) first = ticks;
      if (last === undefined || ticks > last) last = ticks;
    }
  }
  const { fromMs, toMs } = run.window;
  return { startTicks: first ?? ticksFromUnixMs(fromMs), endTicks: last ?? ticksFromUnixMs(toMs) };
}

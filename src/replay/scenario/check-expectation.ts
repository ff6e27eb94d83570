import type { AnalyticsRule } from '../analytics-rule.ts';
import { formatTimeMs } from '../clock.ts';
import { ReplayError } from '../replay-error.ts';
import { planRuns, type RuleRun } from '../schedule.ts';
import type { Position } from '../yaml-document.ts';
import type { ExpectedAlert, Scenario } from './scenario.ts';

/**
 * Finds what a scenario expects and its rule could never do: such a scenario would fail, or pass, whatever the query
 * says.
 * @throws ReplayError `scenario-contradiction` for the first of them
 */
export function checkExpectation(scenario: Scenario, rule: AnalyticsRule): void {
  const { expect, positions, clock, assumptions } = scenario;
  checkName(scenario);
  if (clock.fromMs > clock.toMs)
    throw contradiction(scenario, positions.clock, 'the clock ends before it starts', 'swap from and to');
  const runs = planRuns(rule, clock, assumptions);
  if (runs.length === 0) {
    throw contradiction(
      scenario,
      positions.clock,
      `no run of ${rule.slug} is scheduled in the clock`,
      'widen the clock, or start it with the rule',
    );
  }
  for (const [index, alert] of expect.alerts.entries()) {
    checkAlert(scenario, rule, alert, { position: positions.alerts[index] ?? positions.expect, runs });
  }
  checkIncidents(scenario, rule);
}

const contradiction = (
  { file }: Scenario,
  { line, column }: Position,
  message: string,
  hint = 'correct one of the two',
) => new ReplayError('scenario-contradiction', message, { file, line, column, hint });

function checkName(scenario: Scenario): void {
  const { name, expect, positions } = scenario;
  const kind = /^(fires|quiet)-[a-z0-9-]+$/.exec(name)?.[1];
  const hint = 'name the folder fires-… where an alert is expected and quiet-… where none is';
  if (kind === undefined) {
    throw contradiction(scenario, positions.rule, `the folder '${name}' does not say what the rule does`, hint);
  }
  const fires = expect.alerts.length > 0;
  if (fires === (kind === 'fires')) return;
  throw contradiction(scenario, positions.expect, `${name} expects ${fires ? 'an alert' : 'no alert'}`, hint);
}

type AlertPlace = { readonly position: Position; readonly runs: readonly RuleRun[] };

function checkAlert(
  scenario: Scenario,
  rule: AnalyticsRule,
  { atMs, betweenMs, details, entities }: ExpectedAlert,
  { position, runs }: AlertPlace,
): void {
  const refuse = (message: string, hint: string): ReplayError => contradiction(scenario, position, message, hint);
  if (atMs !== undefined && betweenMs !== undefined) throw refuse('both at and between', 'keep one of them');
  if (betweenMs !== undefined && betweenMs[0] > betweenMs[1])
    throw refuse('between ends before it starts', 'swap them');
  if (betweenMs !== undefined && betweenMs[0] === betweenMs[1])
    throw refuse('between has no width', `write at: ${formatTimeMs(betweenMs[0])}`);
  const times = runs.map(({ executedMs }) => executedMs);
  const [firstMs, lastMs] = betweenMs ?? [atMs ?? times[0] ?? 0, atMs ?? times.at(-1) ?? 0];
  if (!times.some((timeMs) => timeMs >= firstMs && timeMs <= lastMs)) {
    const hint = `runs create alerts at ${describeTimes(times)}`;
    throw refuse(`no run creates alerts ${betweenMs === undefined ? 'at' : 'between'} the time expected`, hint);
  }
  const keys = rule.customDetails.map(({ key }) => key);
  const unknown = Object.keys(details ?? {}).find((key) => !keys.includes(key));
  if (unknown !== undefined) throw refuse(`the rule has no detail '${unknown}'`, `its details are ${keys.join(', ')}`);
  const types = rule.entityMappings.map(({ entityType }) => entityType);
  const strange = entities?.find(({ type }) => !types.includes(type));
  if (strange !== undefined) {
    throw refuse(`the rule maps no entity of the type '${strange.type}'`, `it maps ${types.join(', ')}`);
  }
}

function describeTimes(times: readonly number[]): string {
  const [first = 0, second, third] = times;
  if (times.length <= 3) return times.map(formatTimeMs).join(', ');
  return `${[first, second, third].map((timeMs) => formatTimeMs(timeMs ?? 0)).join(', ')} … ${formatTimeMs(times.at(-1) ?? 0)}`;
}

function checkIncidents(scenario: Scenario, rule: AnalyticsRule): void {
  const { expect, positions } = scenario;
  const { incidents } = expect;
  if (incidents === undefined) return;
  const at = positions.incidents[0] ?? positions.expect;
  const alerts = expect.alerts.reduce((sum, { count }) => sum + count, 0);
  const opened = incidents.reduce((sum, { count }) => sum + count, 0);
  if (opened > alerts) {
    throw contradiction(scenario, at, `${opened} incidents of ${alerts} alerts`);
  }
  if (!rule.createIncident && incidents.length > 0) {
    throw contradiction(scenario, at, 'the rule creates no incidents', 'remove the incidents');
  }
  if (rule.createIncident && alerts > 0 && incidents.length === 0) {
    const hint = 'list the incidents, or remove the key: then they are not compared';
    throw contradiction(scenario, at, 'alerts without an incident', hint);
  }
  const stated = incidents.reduce((sum, incident) => sum + (incident.alerts ?? 0) * incident.count, 0);
  const areAllStated = incidents.every((incident) => incident.alerts !== undefined);
  if (stated > alerts || (areAllStated && rule.createIncident && stated !== alerts)) {
    throw contradiction(scenario, at, `the incidents hold ${stated} alerts, and ${alerts} are expected`);
  }
}

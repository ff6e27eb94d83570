import type { AnalyticsRule } from './analytics-rule.ts';
import type { ReplayAssumptions } from './assumptions.ts';
import type { RuleRun } from './schedule.ts';

/**
 * Whether a run does not take place because an earlier one raised an alert. The rule stops for suppressionDurationMs
 * from the creation of that alert; a run that does not take place raises nothing and so does not prolong it.
 * @param lastAlert the latest run that raised an alert
 */
export function isSuppressed(
  run: RuleRun,
  lastAlert: RuleRun | undefined,
  rule: Pick<AnalyticsRule, 'suppressionDurationMs'>,
  assumptions: Pick<ReplayAssumptions, 'suppressionEnd'>,
): boolean {
  if (rule.suppressionDurationMs === undefined || lastAlert === undefined) return false;
  const endMs = lastAlert.executedMs + rule.suppressionDurationMs;
  return assumptions.suppressionEnd === 'runs' ? run.executedMs < endMs : run.executedMs <= endMs;
}

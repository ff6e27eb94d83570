import type { ScenarioResult } from './scenario-result.ts';

/** A failure, and the names of further scenarios of the rule that fail for the same reason and for no other. */
export type FailureGroup = { readonly result: ScenarioResult; readonly others: readonly string[] };

/** What has not passed, in order; what is wrong with a rule, and so fails all its scenarios, stands there once. */
export function groupFailures(results: readonly ScenarioResult[]): readonly FailureGroup[] {
  const groups: { readonly result: ScenarioResult; readonly others: string[] }[] = [];
  const byReason = new Map<string, { readonly others: string[] }>();
  for (const result of results) {
    if (result.status === 'passed') continue;
    const reason = reasonInRule(result);
    const known = reason === undefined ? undefined : byReason.get(reason);
    if (known !== undefined) {
      known.others.push(result.name);
      continue;
    }
    const group = { result, others: [] };
    groups.push(group);
    if (reason !== undefined) byReason.set(reason, group);
  }
  return groups;
}

/** The problems of the rule where these are all that is wrong. */
function reasonInRule(result: ScenarioResult): string | undefined {
  if (result.status !== 'failed') return undefined;
  const { rule, problems, alertDifferences, incidentDifferences } = result;
  return alertDifferences.length + incidentDifferences.length > 0 ? undefined : JSON.stringify([rule, problems]);
}

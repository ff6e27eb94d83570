import { severities } from '../../replay/analytics-rule.ts';
import { type RuleMutation, withValue } from '../rule-mutation.ts';

/** What each operator becomes; a count is never below zero, so that of `gt 0` and `ne 0` only one is a change. */
const operators: Readonly<Record<string, readonly string[]>> = {
  gt: ['lt', 'eq'],
  lt: ['gt', 'eq'],
  eq: ['ne', 'gt'],
  ne: ['eq', 'lt'],
  GreaterThan: ['LessThan', 'Equal'],
  LessThan: ['GreaterThan', 'Equal'],
  Equal: ['NotEqual', 'GreaterThan'],
  NotEqual: ['Equal', 'LessThan'],
};

export const triggerOperatorChanged: RuleMutation = {
  name: 'trigger-operator-changed',
  changes: 'the operator that compares the number of results with the threshold of the trigger',
  changesOf(rule) {
    const { triggerOperator } = rule;
    return (operators[triggerOperator ?? ''] ?? []).map((other) => ({
      path: ['triggerOperator'],
      original: `triggerOperator: ${triggerOperator}`,
      replacement: `triggerOperator: ${other}`,
      value: withValue(rule, 'triggerOperator', other),
    }));
  },
};

export const triggerThresholdChanged: RuleMutation = {
  name: 'trigger-threshold-changed',
  changes: 'the threshold of the trigger: one more, one less, half more',
  changesOf(rule) {
    const { triggerThreshold: threshold } = rule;
    if (threshold === undefined) return [];
    const others = new Set([threshold + 1, threshold - 1, Math.ceil(threshold * 1.5)]);
    return [...others]
      .filter((other) => other >= 0 && other !== threshold)
      .map((other) => ({
        path: ['triggerThreshold'],
        original: `triggerThreshold: ${threshold}`,
        replacement: `triggerThreshold: ${other}`,
        value: withValue(rule, 'triggerThreshold', other),
      }));
  },
};

export const eventGroupingChanged: RuleMutation = {
  name: 'event-grouping-changed',
  changes: 'an alert for each result becomes one for all results of a run, and the other way round',
  changesOf(rule) {
    const kind = rule.eventGroupingSettings?.aggregationKind ?? 'SingleAlert';
    const other = kind === 'SingleAlert' ? 'AlertPerResult' : 'SingleAlert';
    return [
      {
        path: ['eventGroupingSettings', 'aggregationKind'],
        original: `aggregationKind: ${kind}`,
        replacement: `aggregationKind: ${other}`,
        value: withValue(rule, 'eventGroupingSettings', { aggregationKind: other }),
      },
    ];
  },
};

export const severityChanged: RuleMutation = {
  name: 'severity-changed',
  changes: 'the severity of the rule, to the next',
  changesOf(rule) {
    const index = severities.indexOf(rule.severity);
    const other = severities[index + 1] ?? severities[index - 1];
    return [
      {
        path: ['severity'],
        original: `severity: ${rule.severity}`,
        replacement: `severity: ${other}`,
        value: withValue(rule, 'severity', other),
      },
    ];
  },
};

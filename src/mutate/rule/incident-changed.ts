import {
  type GroupingValue,
  type IncidentValue,
  type RuleChange,
  type RuleMutation,
  withoutIndex,
  withValue,
} from '../rule-mutation.ts';
import { changedDurations } from './duration-changed.ts';

/** Selected is left out: it would select nothing. */
const matchingMethods = ['AllEntities', 'AnyAlert'] as const;
const lists = ['groupByEntities', 'groupByAlertDetails', 'groupByCustomDetails'] as const;

export const incidentChanged: RuleMutation = {
  name: 'incident-changed',
  changes: 'incidents: opened or not, alerts grouped or not, for how long, by what, and into closed ones or not',
  changesOf(rule) {
    const incidents = rule.incidentConfiguration ?? {};
    const grouping = incidents.groupingConfiguration ?? {};
    const opens = incidents.createIncident ?? true;
    const groups = grouping.enabled ?? false;
    const changed = (path: readonly string[], from: unknown, to: unknown, value: IncidentValue): RuleChange => {
      const key = path.at(-1);
      return {
        path: ['incidentConfiguration', ...path],
        original: `${key}: ${from}`,
        replacement: to === undefined ? '' : `${key}: ${to}`,
        value: withValue(rule, 'incidentConfiguration', value),
      };
    };
    const regrouped = (key: string, from: unknown, to: unknown, value: GroupingValue): RuleChange =>
      changed(['groupingConfiguration', key], from, to, { ...incidents, groupingConfiguration: value });
    return [
      changed(['createIncident'], opens, !opens, { ...incidents, createIncident: !opens }),
      ...(opens && grouping.enabled !== undefined
        ? [regrouped('enabled', groups, !groups, { ...grouping, enabled: !groups })]
        : []),
      ...(opens && groups ? groupingChanges(grouping, regrouped) : []),
    ];
  },
};

type Regrouped = (key: string, from: unknown, to: unknown, value: GroupingValue) => RuleChange;

function groupingChanges(grouping: GroupingValue, regrouped: Regrouped): readonly RuleChange[] {
  const { lookbackDuration, matchingMethod = 'AllEntities', reopenClosedIncident: reopens = false } = grouping;
  return [
    ...matchingMethods
      .filter((other) => other !== matchingMethod)
      .map((other) => regrouped('matchingMethod', matchingMethod, other, { ...grouping, matchingMethod: other })),
    regrouped('reopenClosedIncident', reopens, !reopens, { ...grouping, reopenClosedIncident: !reopens }),
    ...changedDurations(lookbackDuration).map((other) =>
      regrouped('lookbackDuration', lookbackDuration, other, { ...grouping, lookbackDuration: other }),
    ),
    ...lists.flatMap((key) =>
      (grouping[key] ?? []).map((item, index, items) =>
        regrouped(key, item, undefined, { ...grouping, [key]: withoutIndex(items, index) ?? [] }),
      ),
    ),
  ];
}

import type { Check, RuleFile } from '../check.ts';
import { type Issue, issue } from '../issue.ts';

/** An alert says what was measured, and incidents are grouped by what their alerts have. */
export const ruleDetails: Check = {
  name: 'rule details',
  run: ({ rules }) => rules.flatMap((file) => [...missingDetails(file), ...groupingIssues(file)]),
};

function missingDetails(file: RuleFile): readonly Issue[] {
  if (Object.keys(file.rule.customDetails ?? {}).length > 0) return [];
  const hint = 'Map columns such as rule, resource and count: an analyst sees nothing else of the rows.';
  return [issue('rule-details-missing', file.placeOf(['name']), 'the rule has no custom details', hint)];
}

function groupingIssues(file: RuleFile): readonly Issue[] {
  const keys = ['incidentConfiguration', 'groupingConfiguration'] as const;
  const grouping = file.rule.incidentConfiguration?.groupingConfiguration;
  const entityTypes = file.rule.entityMappings.map(({ entityType }) => entityType);
  const details = (grouping?.groupByCustomDetails ?? [])
    .filter((name) => !Object.hasOwn(file.rule.customDetails ?? {}, name))
    .map((name) => {
      const place = file.placeOf([...keys, 'groupByCustomDetails']);
      return issue('rule-detail-unknown', place, `there is no custom detail ${name}`, 'Add it, or group otherwise.');
    });
  const entities = (grouping?.groupByEntities ?? [])
    .filter((type) => !entityTypes.includes(type))
    .map((type) => {
      const place = file.placeOf([...keys, 'groupByEntities']);
      return issue(
        'rule-grouping-entity',
        place,
        `no entity of type ${type} is mapped`,
        'Map one, or group otherwise.',
      );
    });
  return [...details, ...entities];
}

import type { EntityMapping } from '../../replay/analytics-rule.ts';
import {
  type AlertTexts,
  type RuleChange,
  type RuleMutation,
  type RuleValue,
  withoutIndex,
  withoutKey,
  withValue,
} from '../rule-mutation.ts';

export const entityMappingDropped: RuleMutation = {
  name: 'entity-mapping-dropped',
  changes: 'an entity that the alert carries is left out, or one of the fields that identify it',
  changesOf(rule) {
    const mappings = rule.entityMappings ?? [];
    return mappings.flatMap((mapping, index) => [
      {
        path: ['entityMappings', index],
        original: describeMapping(mapping),
        replacement: '',
        value: withValue(rule, 'entityMappings', withoutIndex(mappings, index)),
      },
      ...withoutFields(mapping).map((fewer) => ({
        path: ['entityMappings', index],
        original: describeMapping(mapping),
        replacement: describeMapping(fewer),
        value: withValue(rule, 'entityMappings', mappings.with(index, fewer)),
      })),
    ]);
  },
};

const describeMapping = ({ entityType, fieldMappings }: EntityMapping): string =>
  `${entityType} (${fieldMappings.map(({ identifier, columnName }) => `${identifier}: ${columnName}`).join(', ')})`;

/** The mapping with each field left out in turn; the last field is the mapping itself. */
function withoutFields(mapping: EntityMapping): readonly EntityMapping[] {
  return mapping.fieldMappings.flatMap((_, index) => {
    const fieldMappings = withoutIndex(mapping.fieldMappings, index);
    return fieldMappings === undefined ? [] : [{ ...mapping, fieldMappings }];
  });
}

export const customDetailDropped: RuleMutation = {
  name: 'custom-detail-dropped',
  changes: 'a custom detail of the alert is left out',
  changesOf(rule) {
    const details = rule.customDetails ?? {};
    return Object.entries(details).map(([key, column]) => ({
      path: ['customDetails', key],
      original: `${key}: ${column}`,
      replacement: '',
      value: withValue(rule, 'customDetails', withoutKey(details, key)),
    }));
  },
};

export const alertTextDropped: RuleMutation = {
  name: 'alert-text-dropped',
  changes:
    'a text or column that overrides the name, description, severity or tactics of the alert, or a dynamic property of it, is left out',
  changesOf(rule) {
    const texts = rule.alertDetailsOverride ?? {};
    return [
      ...Object.keys(texts)
        .filter((key) => key !== 'alertDynamicProperties')
        .map((key) => ({
          path: ['alertDetailsOverride', key],
          original: key,
          replacement: '',
          value: withValue(rule, 'alertDetailsOverride', withoutKey(texts, key)),
        })),
      ...dynamicPropertiesDropped(rule, texts),
    ];
  },
};

function dynamicPropertiesDropped(rule: RuleValue, texts: AlertTexts): readonly RuleChange[] {
  const properties = texts.alertDynamicProperties ?? [];
  return properties.map(({ alertProperty, value }, index) => {
    const rest = withoutIndex(properties, index);
    const fewer =
      rest === undefined ? withoutKey(texts, 'alertDynamicProperties') : { ...texts, alertDynamicProperties: rest };
    return {
      path: ['alertDetailsOverride', 'alertDynamicProperties', index],
      original: `${alertProperty}: ${value}`,
      replacement: '',
      value: withValue(rule, 'alertDetailsOverride', fewer),
    };
  });
}

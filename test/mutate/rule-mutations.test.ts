import { strict as assert } from 'node:assert';
import { ruleMutations } from '../../src/mutate/rule/index.ts';
import type { RuleValue } from '../../src/mutate/rule-mutation.ts';

const rule: RuleValue = {
  query: 'Requests | count',
  severity: 'High',
  queryFrequency: '15m',
  queryPeriod: 'P14D',
  triggerOperator: 'gt',
  triggerThreshold: 5,
  eventGroupingSettings: { aggregationKind: 'AlertPerResult' },
  suppressionEnabled: true,
  suppressionDuration: '5h',
  customDetails: { Observed: 'Count', Host: 'Host' },
  entityMappings: [
    { entityType: 'IP', fieldMappings: [{ identifier: 'Address', columnName: 'Address' }] },
    {
      entityType: 'Host',
      fieldMappings: [
        { identifier: 'HostName', columnName: 'Host' },
        { identifier: 'DnsDomain', columnName: 'Domain' },
      ],
    },
  ],
  alertDetailsOverride: { alertDisplayNameFormat: 'Many from {{Address}}', alertSeverityColumnName: 'Severity' },
  incidentConfiguration: {
    createIncident: true,
    groupingConfiguration: { enabled: true, lookbackDuration: 'PT5H', groupByEntities: ['IP'] },
  },
};

/** Each change as the keys of the rule that differ after it, with their new values. */
function mutate(name: string, of: RuleValue = rule): readonly object[] {
  const mutation = ruleMutations.find((row) => row.name === name);
  assert.ok(mutation, `there is no mutation ${name}`);
  return mutation.changesOf(of).map(({ value }) => {
    const keys = [...new Set([...Object.keys(of), ...Object.keys(value)])] as (keyof RuleValue)[];
    return Object.fromEntries(keys.filter((key) => value[key] !== of[key]).map((key) => [key, value[key]]));
  });
}

const grouping = rule.incidentConfiguration?.groupingConfiguration;
const regrouped = (change: object) => ({
  incidentConfiguration: { createIncident: true, groupingConfiguration: { ...grouping, ...change } },
});
const [ip, host] = rule.entityMappings ?? [];

const expected: Readonly<Record<string, readonly object[]>> = {
  'trigger-operator-changed': [{ triggerOperator: 'lt' }, { triggerOperator: 'eq' }],
  'trigger-threshold-changed': [{ triggerThreshold: 6 }, { triggerThreshold: 4 }, { triggerThreshold: 8 }],
  'frequency-changed': [{ queryFrequency: '30m' }, { queryFrequency: 'PT450S' }],
  'period-changed': [{ queryPeriod: '28d' }, { queryPeriod: '7d' }],
  'suppression-changed': [{ suppressionDuration: '10h' }, { suppressionDuration: '150m' }],
  'event-grouping-changed': [{ eventGroupingSettings: { aggregationKind: 'SingleAlert' } }],
  'severity-changed': [{ severity: 'Medium' }],
  'entity-mapping-dropped': [
    { entityMappings: [host] },
    { entityMappings: [ip] },
    { entityMappings: [ip, { ...host, fieldMappings: [{ identifier: 'DnsDomain', columnName: 'Domain' }] }] },
    { entityMappings: [ip, { ...host, fieldMappings: [{ identifier: 'HostName', columnName: 'Host' }] }] },
  ],
  'custom-detail-dropped': [{ customDetails: { Host: 'Host' } }, { customDetails: { Observed: 'Count' } }],
  'alert-text-dropped': [
    { alertDetailsOverride: { alertSeverityColumnName: 'Severity' } },
    { alertDetailsOverride: { alertDisplayNameFormat: 'Many from {{Address}}' } },
  ],
  'incident-changed': [
    { incidentConfiguration: { createIncident: false, groupingConfiguration: grouping } },
    regrouped({ enabled: false }),
    regrouped({ matchingMethod: 'AnyAlert' }),
    regrouped({ reopenClosedIncident: true }),
    regrouped({ lookbackDuration: '10h' }),
    regrouped({ lookbackDuration: '150m' }),
    regrouped({ groupByEntities: [] }),
  ],
};

describe('mutations around the query', () => {
  it('are specified here one by one', () => {
    assert.deepEqual(Object.keys(expected).sort(), ruleMutations.map(({ name }) => name).sort());
  });

  for (const [name, changes] of Object.entries(expected)) {
    it(`${name} makes ${changes.length} of a rule, and nothing else of it`, () => {
      assert.deepEqual(mutate(name), changes);
    });
  }

  it('leave out the whole key where the only mapping or detail goes, as an empty one is no YAML of a rule', () => {
    const small = { ...rule, customDetails: { Host: 'Host' }, entityMappings: rule.entityMappings?.slice(0, 1) ?? [] };
    assert.deepEqual(mutate('custom-detail-dropped', small), [{ customDetails: undefined }]);
    assert.deepEqual(mutate('entity-mapping-dropped', small), [{ entityMappings: undefined }]);
  });

  it('leave out each dynamic property of the alert by itself', () => {
    const link = { alertProperty: 'AlertLink', value: 'Link' } as const;
    const product = { alertProperty: 'ProductName', value: 'Product' } as const;
    const dynamic = (...alertDynamicProperties: readonly (typeof link | typeof product)[]): RuleValue => ({
      ...rule,
      alertDetailsOverride: { alertDynamicProperties } as NonNullable<RuleValue['alertDetailsOverride']>,
    });
    assert.deepEqual(mutate('alert-text-dropped', dynamic(link, product)), [
      { alertDetailsOverride: { alertDynamicProperties: [product] } },
      { alertDetailsOverride: { alertDynamicProperties: [link] } },
    ]);
    assert.deepEqual(mutate('alert-text-dropped', dynamic(link)), [{ alertDetailsOverride: undefined }]);
  });

  it('do not make a trigger of less than no results, nor one that is the same', () => {
    const small = { ...rule, triggerThreshold: 0 };
    assert.deepEqual(mutate('trigger-threshold-changed', small), [{ triggerThreshold: 1 }]);
  });

  it('find nothing to change in a near-real-time rule but what it has', () => {
    const { query, severity } = rule;
    const changed = ruleMutations.filter((mutation) => mutation.changesOf({ query, severity }).length > 0);
    assert.deepEqual(
      changed.map(({ name }) => name),
      ['event-grouping-changed', 'severity-changed', 'incident-changed'],
    );
  });
});

import { strict as assert } from 'node:assert';
import { issuesOfRule, type Json } from './fixtures.ts';

type Limit = {
  readonly what: string;
  /** Just within the limit, and just beyond it. */
  readonly within: (rule: Json) => void;
  readonly beyond: (rule: Json) => void;
  /** The setting that is named. */
  readonly at: string;
};

const set =
  (field: string, value: unknown) =>
  (rule: Json): void => {
    rule[field] = value;
  };

const mapping = (count: number) => ({
  entityType: 'Host',
  fieldMappings: ['HostName', 'DnsDomain', 'NTDomain', 'OSFamily']
    .slice(0, count)
    .map((identifier) => ({ identifier, columnName: 'Endpoint' })),
});
const details = (count: number): Json => ({
  ...Object.fromEntries(Array.from({ length: count - 2 }, (_, index) => [`Detail${index}`, 'Observed'])),
  Endpoint: 'Endpoint',
  StatusClass: 'StatusClass',
});
const override = (key: string, value: string) => (rule: Json) => {
  (rule.alertDetailsOverride as Json)[key] = value;
};
const detail = (key: string, column: string) => (rule: Json) => {
  (rule.customDetails as Json)[key] = column;
};
const query = (length: number): string => `ApiManagementGatewayLogs // ${'x'.repeat(length - 28)}`;

/** Limits of section "Analytics rule format" of Microsoft Sentinel's content repository and service limits. */
const limits: readonly Limit[] = [
  {
    what: 'a GUID as id',
    within: set('id', '5f0b8c1e-6d3a-4c57-9e21-7a4f2d90b613'),
    beyond: set('id', '5f0b8c1e'),
    at: 'id',
  },
  {
    what: '256 characters of name',
    within: set('name', 'x'.repeat(256)),
    beyond: set('name', 'x'.repeat(257)),
    at: 'name',
  },
  {
    what: '5,000 characters of description',
    within: set('description', 'x'.repeat(5000)),
    beyond: set('description', 'x'.repeat(5001)),
    at: 'description',
  },
  { what: 'a known severity', within: set('severity', 'High'), beyond: set('severity', 'Critical'), at: 'severity' },
  {
    what: '10,000 characters of query',
    within: set('query', query(10_000)),
    beyond: set('query', query(10_001)),
    at: 'query',
  },
  { what: 'a query at all', within: set('query', query(100)), beyond: set('query', ''), at: 'query' },
  {
    what: 'the form of a frequency',
    within: set('queryFrequency', '60m'),
    beyond: set('queryFrequency', '1w'),
    at: 'queryFrequency',
  },
  {
    what: 'the form of a period',
    within: set('queryPeriod', '336h'),
    beyond: set('queryPeriod', 'PT14H'),
    at: 'queryPeriod',
  },
  {
    what: 'a trigger operator',
    within: set('triggerOperator', 'eq'),
    beyond: set('triggerOperator', '>'),
    at: 'triggerOperator',
  },
  {
    what: 'a trigger threshold of 10,000',
    within: set('triggerThreshold', 10_000),
    beyond: set('triggerThreshold', 10_001),
    at: 'triggerThreshold',
  },
  {
    what: 'a trigger threshold of 0',
    within: set('triggerThreshold', 0),
    beyond: set('triggerThreshold', -1),
    at: 'triggerThreshold',
  },
  { what: 'a version X.Y.Z', within: set('version', '1.0.10'), beyond: set('version', '1.0'), at: 'version' },
  {
    what: '20 characters of version',
    within: set('version', `1.0.${'1'.repeat(16)}`),
    beyond: set('version', `1.0.${'1'.repeat(17)}`),
    at: 'version',
  },
  {
    what: 'a known tactic',
    within: set('tactics', ['Impact']),
    beyond: set('tactics', ['Impact', 'Hacking']),
    at: 'tactics.1',
  },
  {
    what: 'the form of a technique',
    within: set('relevantTechniques', ['T1499.002']),
    beyond: set('relevantTechniques', ['T1499.2']),
    at: 'relevantTechniques.0',
  },
  { what: 'the kind, with its case', within: set('kind', 'Scheduled'), beyond: set('kind', 'scheduled'), at: 'kind' },
  {
    what: '20 custom details',
    within: set('customDetails', details(20)),
    beyond: set('customDetails', details(21)),
    at: 'customDetails',
  },
  {
    what: '20 characters of a custom detail',
    within: detail('x'.repeat(20), 'Observed'),
    beyond: detail('x'.repeat(21), 'Observed'),
    at: `customDetails.${'x'.repeat(21)}`,
  },
  {
    what: 'the name of a custom detail',
    within: detail('a1', 'Observed'),
    beyond: detail('1a', 'Observed'),
    at: 'customDetails.1a',
  },
  {
    what: '500 characters of a column',
    within: detail('A', 'x'.repeat(500)),
    beyond: detail('A', 'x'.repeat(501)),
    at: 'customDetails.A',
  },
  { what: 'the name of a column', within: detail('A', '_x'), beyond: detail('A', 'x y'), at: 'customDetails.A' },
  {
    what: '10 entity mappings',
    within: set('entityMappings', Array(10).fill(mapping(1))),
    beyond: set('entityMappings', Array(11).fill(mapping(1))),
    at: 'entityMappings',
  },
  {
    what: 'an entity mapping at all',
    within: set('entityMappings', [mapping(1)]),
    beyond: set('entityMappings', []),
    at: 'entityMappings',
  },
  {
    what: 'three identifiers of an entity',
    within: set('entityMappings', [mapping(3)]),
    beyond: set('entityMappings', [mapping(4)]),
    at: 'entityMappings.0.fieldMappings',
  },
  {
    what: 'a known entity type',
    within: set('entityMappings', [mapping(1)]),
    beyond: set('entityMappings', [{ ...mapping(1), entityType: 'Api' }]),
    at: 'entityMappings.0.entityType',
  },
  {
    what: '256 characters of an alert’s title',
    within: override('alertDisplayNameFormat', 'x'.repeat(256)),
    beyond: override('alertDisplayNameFormat', 'x'.repeat(257)),
    at: 'alertDetailsOverride.alertDisplayNameFormat',
  },
  {
    what: '5,000 characters of an alert’s description',
    within: override('alertDescriptionFormat', 'x'.repeat(5000)),
    beyond: override('alertDescriptionFormat', 'x'.repeat(5001)),
    at: 'alertDetailsOverride.alertDescriptionFormat',
  },
  {
    what: 'three placeholders in an alert’s title',
    within: override('alertDisplayNameFormat', 'a {{A}} b {{B}} c {{C}} {d}'),
    beyond: override('alertDisplayNameFormat', 'a {{A}} b {{B}} c {{C}} {{D}}'),
    at: 'alertDetailsOverride.alertDisplayNameFormat',
  },
  {
    what: 'three placeholders in an alert’s description',
    within: override('alertDescriptionFormat', '{{A}}{{B}}{{C}}'),
    beyond: override('alertDescriptionFormat', '{{A}}{{B}}{{C}}{{D}}'),
    at: 'alertDetailsOverride.alertDescriptionFormat',
  },
  {
    what: 'the kinds of event grouping',
    within: set('eventGroupingSettings', { aggregationKind: 'SingleAlert' }),
    beyond: set('eventGroupingSettings', { aggregationKind: 'AlertPerRow' }),
    at: 'eventGroupingSettings.aggregationKind',
  },
  {
    what: 'known fields',
    within: set('status', 'Available'),
    beyond: set('queryfrequency', '1h'),
    at: 'queryfrequency',
  },
  {
    what: 'the canonical form of an incident’s duration',
    within: (rule) => groupingOf(rule).set('lookbackDuration', 'P1D'),
    beyond: (rule) => groupingOf(rule).set('lookbackDuration', 'PT24H'),
    at: 'incidentConfiguration.groupingConfiguration.lookbackDuration',
  },
];

function groupingOf(rule: Json): { set(key: string, value: string): void } {
  const { groupingConfiguration } = rule.incidentConfiguration as { groupingConfiguration: Json };
  return {
    set(key, value) {
      groupingConfiguration[key] = value;
    },
  };
}

describe('the limits of an analytics rule', () => {
  for (const { what, within, beyond, at } of limits) {
    it(`hold for ${what}`, async () => {
      const accepted = await issuesOfRule(within);
      assert.deepEqual(
        accepted.filter(({ code }) => code === 'schema-shape'),
        [],
      );
      const refused = await issuesOfRule(beyond);
      assert.deepEqual([...new Set(refused.map(({ code }) => code))], ['schema-shape']);
      assert.ok(
        refused.some(({ message }) => message.startsWith(`${at} `)),
        JSON.stringify(refused),
      );
      assert.ok(refused.every(({ hint, line }) => hint !== '' && (line ?? 0) > 0));
    });
  }

  for (const field of [
    'id',
    'name',
    'description',
    'severity',
    'queryFrequency',
    'queryPeriod',
    'triggerOperator',
    'triggerThreshold',
    'requiredDataConnectors',
    'tactics',
    'query',
    'entityMappings',
    'version',
    'kind',
  ]) {
    it(`ask for ${field}`, async () => {
      const issues = await issuesOfRule((rule) => delete rule[field]);
      assert.ok(
        issues.some(({ message }) => message.includes(`required property '${field}'`)),
        JSON.stringify(issues),
      );
    });
  }

  it('let a near-real-time rule have no schedule', async () => {
    const withoutSchedule = (rule: Json): void => {
      for (const field of ['queryFrequency', 'queryPeriod', 'triggerOperator', 'triggerThreshold']) {
        delete rule[field];
      }
      rule.kind = 'NRT';
    };
    assert.deepEqual(await issuesOfRule(withoutSchedule), []);
    const kept = await issuesOfRule(set('kind', 'NRT'));
    assert.deepEqual([...new Set(kept.map(({ code }) => code))], ['schema-shape']);
  });
});

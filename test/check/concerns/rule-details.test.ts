import { strict as assert } from 'node:assert';
import { brief, issuesOfRule, type Json } from '../fixtures.ts';

/** What is said of a rule whose incidents are grouped by entities, after a change. */
async function issuesAfter(change: (rule: Json) => void): Promise<readonly string[]> {
  const issues = await issuesOfRule((rule) => {
    const { groupingConfiguration } = rule.incidentConfiguration as { groupingConfiguration: Json };
    delete groupingConfiguration.groupByCustomDetails;
    groupingConfiguration.groupByEntities = ['AzureResource'];
    change(rule);
  });
  return brief(issues);
}

describe('what an alert has', () => {
  it('are the entities that incidents are grouped by', async () => {
    assert.deepEqual(await issuesAfter(() => undefined), []);
    const found = await issuesAfter((rule) => {
      rule.entityMappings = [
        { entityType: 'Host', fieldMappings: [{ identifier: 'HostName', columnName: 'Endpoint' }] },
      ];
    });
    assert.deepEqual(found, ['rule-grouping-entity: no entity of type AzureResource is mapped']);
  });

  it('is at least one custom detail', async () => {
    assert.deepEqual(await issuesAfter((rule) => delete rule.customDetails), [
      'rule-details-missing: the rule has no custom details',
    ]);
  });
});

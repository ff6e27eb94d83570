import { strict as assert } from 'node:assert';
import { ruleResource } from '../../src/emit/rule-arm.ts';
import { manyCalls, nearRealTimeRule } from './fixtures.ts';

type Properties = Readonly<Record<string, unknown>>;
const propertiesOf = (rule: typeof manyCalls): Properties => ruleResource(rule).properties as Properties;

describe('ruleResource', () => {
  it('is an active rule of the workspace, with durations in their canonical form', () => {
    assert.deepEqual(ruleResource(manyCalls), {
      type: 'Microsoft.OperationalInsights/workspaces/providers/alertRules',
      apiVersion: '2025-09-01',
      name: "[concat(parameters('workspace'), '/Microsoft.SecurityInsights/11111111-2222-4333-8444-555555555555')]",
      kind: 'Scheduled',
      properties: {
        displayName: 'Many calls',
        description: manyCalls.description,
        severity: 'Low',
        enabled: true,
        query: manyCalls.query,
        queryFrequency: 'PT1H',
        queryPeriod: 'PT1H10M',
        triggerOperator: 'GreaterThan',
        triggerThreshold: 0,
        suppressionDuration: 'PT5H',
        suppressionEnabled: false,
        eventGroupingSettings: { aggregationKind: 'AlertPerResult' },
        incidentConfiguration: {
          createIncident: true,
          groupingConfiguration: {
            enabled: true,
            reopenClosedIncident: false,
            lookbackDuration: 'PT5H',
            matchingMethod: 'Selected',
            groupByEntities: ['IP'],
          },
        },
        tactics: ['Impact', 'DefenseEvasion'],
        techniques: ['T1499', 'T1562'],
        customDetails: { Calls: 'Calls' },
        entityMappings: [
          { entityType: 'IP', fieldMappings: [{ identifier: 'Address', columnName: 'CallerIpAddress' }] },
        ],
        alertDetailsOverride: {
          alertDisplayNameFormat: 'Many calls from {{CallerIpAddress}}',
          alertDescriptionFormat: '{{Calls}} calls.',
        },
      },
    });
  });

  it('goes through the preview API in near real time: the stable one has no such rules', () => {
    const { apiVersion, kind } = ruleResource(nearRealTimeRule);
    assert.deepEqual([apiVersion, kind], ['2025-10-01-preview', 'NRT']);
    assert.deepEqual(
      ['queryFrequency', 'queryPeriod', 'triggerOperator'].filter((key) => key in propertiesOf(nearRealTimeRule)),
      [],
    );
  });

  it('names sub-techniques where the API has a field for them, and never among the techniques', () => {
    assert.deepEqual(propertiesOf(nearRealTimeRule).techniques, ['T1499', 'T1562']);
    assert.deepEqual(propertiesOf(nearRealTimeRule).subTechniques, ['T1562.007']);
    assert.equal('subTechniques' in propertiesOf(manyCalls), false);
  });

  it('deploys a rule that the configuration switches off as switched off', () => {
    assert.equal(propertiesOf({ ...manyCalls, enabled: false }).enabled, false);
  });

  it('lets no text of a rule run as a template expression', () => {
    const hostile = {
      ...manyCalls,
      name: "[reference('x')]",
      details: ['Calls'],
      alert: { title: '[a]', description: '[b]' },
    };
    assert.equal(propertiesOf(hostile).displayName, "[[reference('x')]");
    assert.deepEqual(propertiesOf(hostile).alertDetailsOverride, {
      alertDisplayNameFormat: '[[a]',
      alertDescriptionFormat: '[[b]',
    });
  });

  it('raises one incident an alert where nothing else is said', () => {
    const { incidentConfiguration } = propertiesOf({ ...manyCalls, incident: { kind: 'one-per-alert' } });
    assert.deepEqual(incidentConfiguration, { createIncident: true });
  });
});

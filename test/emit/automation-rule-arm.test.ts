import assert from 'node:assert/strict';
import { defaultPackConfig } from '../../src/content/pack-config.ts';
import { containAttackerAddress } from '../../src/content/playbooks/contain-attacker-address.ts';
import { automationRuleResource } from '../../src/emit/automation-rule-arm.ts';
import { playbookFiles } from '../../src/emit/playbook-arm.ts';
import { generatedTemplate, respondingRules } from './generated-playbook.ts';

describe('The automation rule of a playbook', () => {
  it('runs the playbook on new incidents of the rules that name it, by their ids and never by a title', () => {
    const template = generatedTemplate('playbooks/contain-attacker-address/automation-rule.json');
    const ruleId = (id: string) =>
      `[concat(resourceId('Microsoft.OperationalInsights/workspaces', parameters('workspace')), '/providers/Microsoft.SecurityInsights/alertRules/${id}')]`;
    assert.deepEqual(template.resources, [
      {
        type: 'Microsoft.OperationalInsights/workspaces/providers/automationRules',
        apiVersion: '2024-09-01',
        name: "[concat(parameters('workspace'), '/Microsoft.SecurityInsights/5b0f6f0e-3f0b-4d0e-9a55-2c7f1f3d8a61')]",
        dependsOn: [],
        properties: {
          displayName: "Contain an attacker's address",
          order: 100,
          triggeringLogic: {
            isEnabled: true,
            triggersOn: 'Incidents',
            triggersWhen: 'Created',
            conditions: [
              {
                conditionType: 'Property',
                conditionProperties: {
                  propertyName: 'IncidentRelatedAnalyticRuleIds',
                  operator: 'Contains',
                  propertyValues: [
                    ruleId('11111111-1111-4111-8111-111111111111'),
                    ruleId('22222222-2222-4222-8222-222222222222'),
                  ],
                },
              },
            ],
          },
          actions: [
            {
              order: 1,
              actionType: 'RunPlaybook',
              actionConfiguration: {
                logicAppResourceId:
                  "[resourceId(parameters('PlaybookResourceGroup'), 'Microsoft.Logic/workflows', parameters('PlaybookName'))]",
                tenantId: '[subscription().tenantId]',
              },
            },
          ],
        },
      },
    ]);
  });

  it('carries the prefix of the pack, so that two deployments can be told apart', () => {
    const config = { ...defaultPackConfig, names: { prefix: 'Test: ' } };
    const setting = { respondingRules, playbookId: 'p', workspaceId: 'w' };
    const { properties } = automationRuleResource(containAttackerAddress, config, setting);
    assert.equal((properties as { displayName: string }).displayName, "Test: Contain an attacker's address");
  });

  it('does not exist for a playbook that no rule names: without a condition it would run on every incident', () => {
    const paths = playbookFiles(containAttackerAddress, defaultPackConfig, []).map(({ path }) => path);
    assert.deepEqual(
      paths.filter((path) => /automation/i.test(path)),
      [],
    );
  });
});

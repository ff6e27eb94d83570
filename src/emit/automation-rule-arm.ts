import type { PlaybookDefinition } from '../content/define-playbook.ts';
import type { PackConfig } from '../content/pack-config.ts';
import type { ArmResource } from './arm.ts';

/** A rule whose incidents start a playbook: its id is the name of its resource in the workspace. */
export type RespondingRule = { readonly slug: string; readonly id: string };

/** Where the playbook is found, as ARM expressions without brackets, and what the automation rule waits for. */
export type AutomationRuleSetting = {
  readonly respondingRules: readonly RespondingRule[];
  readonly playbookId: string;
  readonly workspaceId: string;
  readonly condition?: string;
  readonly dependsOn?: readonly string[];
};

/**
 * The automation rule that starts a playbook on new incidents of the rules that name it. It goes by the ids of the
 * analytics rules: titles of incidents change in the Defender portal.
 */
export function automationRuleResource(
  { automationRule }: PlaybookDefinition,
  { names }: PackConfig,
  { respondingRules, playbookId, workspaceId, condition, dependsOn = [] }: AutomationRuleSetting,
): ArmResource {
  const ruleIds = respondingRules
    .toSorted((left, right) => (left.slug < right.slug ? -1 : 1))
    .map(({ id }) => `[concat(${workspaceId}, '/providers/Microsoft.SecurityInsights/alertRules/${id}')]`);
  return {
    ...(condition !== undefined && { condition }),
    type: 'Microsoft.OperationalInsights/workspaces/providers/automationRules',
    apiVersion: '2024-09-01',
    name: `[concat(parameters('workspace'), '/Microsoft.SecurityInsights/${automationRule.id}')]`,
    dependsOn,
    properties: {
      displayName: `${names.prefix}${automationRule.displayName}`,
      order: automationRule.order,
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
              propertyValues: ruleIds,
            },
          },
        ],
      },
      actions: [
        {
          order: 1,
          actionType: 'RunPlaybook',
          actionConfiguration: { logicAppResourceId: `[${playbookId}]`, tenantId: '[subscription().tenantId]' },
        },
      ],
    },
  };
}

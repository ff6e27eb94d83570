import type { PlaybookDefinition, PlaybookParameter } from '../content/define-playbook.ts';
import type { PackConfig } from '../content/pack-config.ts';
import { resolvePlaybook } from '../content/playbooks/resolve-playbooks.ts';
import type { ArmObject, ArmResource, ArmTemplate, ArmValue } from './arm.ts';
import { armLiteral } from './arm-literal.ts';
import { armTemplate, type Deployment } from './arm-template.ts';
import { automationRuleResource, type RespondingRule } from './automation-rule-arm.ts';
import type { GeneratedFile } from './generated-file.ts';
import {
  permissionVariables,
  resourceIdParameters,
  roleDeployments,
  sentinelRunsPlaybooks,
  sentinelRunsPlaybooksName,
  watchlistDeployment,
} from './playbook-permissions.ts';
import { workflowDefinition } from './playbook-workflow.ts';
import { workspaceParameter } from './rule-arm.ts';
import { stableJson } from './stable-json.ts';

const apiVersions = { connections: '2016-06-01', workflows: '2017-07-01' };
const workflowId = "resourceId('Microsoft.Logic/workflows', parameters('PlaybookName'))";
const connectionId = "resourceId('Microsoft.Web/connections', variables('AzureSentinelConnectionName'))";
const sentinelApi =
  "subscriptionResourceId('Microsoft.Web/locations/managedApis', resourceGroup().location, 'azuresentinel')";
const principalId = `reference(${workflowId}, '${apiVersions.workflows}', 'full').identity.principalId`;

/**
 * The files of a playbook:
 * - `playbooks/<slug>/azuredeploy.json`: connection, workflow, watchlists and roles, with gallery metadata;
 * - `playbooks/<slug>/automation-rule.json`: runs it on incidents of the responding rules (none, no file);
 * - `playbooks/<slug>/role-assignments.json`: the roles alone, for a playbook that a connected repository deployed;
 * - `package/repository/{Playbooks,AutomationRules}/<slug>.json`: what a connected repository may deploy.
 */
export function playbookFiles(
  playbook: PlaybookDefinition,
  config: PackConfig,
  respondingRules: readonly RespondingRule[],
): readonly GeneratedFile[] {
  const resolved = resolvePlaybook(playbook, config);
  const { slug } = resolved;
  const workflow = playbookTemplate(resolved, [workflowDeployment(resolved)]);
  const whole = playbookTemplate(resolved, [workflowDeployment(resolved), surroundings(resolved, config)]);
  const roles = describedTemplate(resolved, 'roles of its managed identity', roleAssignments(resolved));
  const files: [string, ArmTemplate][] = [
    [`playbooks/${slug}/azuredeploy.json`, whole],
    [`playbooks/${slug}/role-assignments.json`, roles],
    [`package/repository/Playbooks/${slug}.json`, workflow],
  ];
  if (respondingRules.length > 0) {
    const rule = describedTemplate(resolved, 'automation rule', automationRule(resolved, config, respondingRules));
    files.push(
      [`playbooks/${slug}/automation-rule.json`, rule],
      [`package/repository/AutomationRules/${slug}.json`, rule],
    );
  }
  return files.map(([path, template]) => ({ path, text: stableJson(template) }));
}

/**
 * What a playbook adds to a template that deploys more than it, into the workspace's resource group: everything of
 * `azuredeploy.json`, and the automation rule once the parameters that name what it acts on are given.
 */
export function playbookDeployment(
  playbook: PlaybookDefinition,
  config: PackConfig,
  respondingRules: readonly RespondingRule[],
): Deployment {
  const resolved = resolvePlaybook(playbook, config);
  const workflow = workflowDeployment(resolved);
  const around = surroundings(resolved, config);
  const named = resourceIdParameters(resolved).map((name) => `not(empty(parameters('${name}')))`);
  const rule = automationRuleResource(resolved, config, {
    respondingRules,
    playbookId: workflowId,
    workspaceId: "variables('WorkspaceId')",
    ...(named.length > 0 && { condition: named.length === 1 ? `[${named[0]}]` : `[and(${named.join(', ')})]` }),
    dependsOn: [
      `[${workflowId}]`,
      `[resourceId('Microsoft.Authorization/roleAssignments', ${sentinelRunsPlaybooksName().slice(1, -1)})]`,
    ],
  });
  return {
    parameters: { ...workflow.parameters, ...around.parameters },
    variables: { ...workflow.variables, ...around.variables },
    resources: [...workflow.resources, ...around.resources, ...(respondingRules.length > 0 ? [rule] : [])],
  };
}

/** Connection and workflow: the two types that a connected repository may deploy as a playbook. */
function workflowDeployment(playbook: PlaybookDefinition): Deployment {
  return {
    parameters: {
      PlaybookName: nameParameter(playbook),
      ...workspaceParameter,
      WorkspaceResourceGroup: textParameter('[resourceGroup().name]', 'Resource group of the workspace.'),
      ...Object.fromEntries(playbook.parameters.map((parameter) => [parameter.name, parameterDeclaration(parameter)])),
    },
    variables: {
      AzureSentinelConnectionName: "[concat('azuresentinel-', parameters('PlaybookName'))]",
      WorkspaceId: workspaceIdVariable,
    },
    resources: [connectionResource, workflowResource(playbook)],
  };
}

const workspaceIdVariable =
  "[resourceId(parameters('WorkspaceResourceGroup'), 'Microsoft.OperationalInsights/workspaces', parameters('workspace'))]";

const connectionResource: ArmResource = {
  type: 'Microsoft.Web/connections',
  apiVersion: apiVersions.connections,
  name: "[variables('AzureSentinelConnectionName')]",
  location: '[resourceGroup().location]',
  kind: 'V1',
  properties: {
    displayName: "[variables('AzureSentinelConnectionName')]",
    customParameterValues: {},
    parameterValueType: 'Alternative',
    api: { id: `[${sentinelApi}]` },
  },
};

function workflowResource(playbook: PlaybookDefinition): ArmResource {
  const given = [...playbook.parameters.map(({ name }) => [name, `[parameters('${name}')]`] as const)];
  const derived = Object.keys(playbook.derivedParameters).map((name) => [name, "[variables('WorkspaceId')]"] as const);
  const values = [...given, ...derived].map(([name, value]) => [name, { value }]);
  return {
    type: 'Microsoft.Logic/workflows',
    apiVersion: apiVersions.workflows,
    name: "[parameters('PlaybookName')]",
    location: '[resourceGroup().location]',
    tags: {
      'hidden-SentinelTemplateName': playbook.slug,
      'hidden-SentinelTemplateVersion': playbook.version.split('.').slice(0, 2).join('.'),
    },
    identity: { type: 'SystemAssigned' },
    dependsOn: [`[${connectionId}]`],
    properties: {
      state: 'Enabled',
      definition: literal(workflowDefinition(playbook.workflow)),
      parameters: { $connections: { value: { azuresentinel: connectionValue } }, ...Object.fromEntries(values) },
    },
  };
}

const connectionValue: ArmObject = {
  connectionId: `[${connectionId}]`,
  connectionName: "[variables('AzureSentinelConnectionName')]",
  id: `[${sentinelApi}]`,
  connectionProperties: { authentication: { type: 'ManagedServiceIdentity' } },
};

/** Nothing in a workflow is an expression of the deployment template. */
function literal(value: ArmValue): ArmValue {
  if (typeof value === 'string') {
    return armLiteral(value);
  }
  if (Array.isArray(value)) {
    return value.map(literal);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, literal(part)]))
    : value;
}

/** The watchlists and the roles that the workflow needs. */
function surroundings(playbook: PlaybookDefinition, { names }: PackConfig): Deployment {
  return {
    parameters: {
      DeployWatchlists: boolParameter(true, 'Create the watchlists. Items that are there stay.'),
      SentinelPrincipalId: textParameter(
        '',
        "Object id of the service principal 'Azure Security Insights' in your tenant, to let it run the playbook. Leave empty if it may already.",
      ),
    },
    variables: permissionVariables(playbook),
    resources: [
      watchlistDeployment(playbook, names.prefix),
      ...roleDeployments(playbook, principalId, [`[${workflowId}]`]),
      sentinelRunsPlaybooks(),
    ],
  };
}

function roleAssignments(playbook: PlaybookDefinition): Deployment {
  const ids = playbook.parameters.filter(({ name }) => resourceIdParameters(playbook).includes(name));
  return {
    parameters: {
      PrincipalId: { type: 'string', metadata: { description: "Object id of the playbook's managed identity." } },
      ...workspaceParameter,
      WorkspaceResourceGroup: textParameter('[resourceGroup().name]', 'Resource group of the workspace.'),
      ...Object.fromEntries(ids.map((parameter) => [parameter.name, parameterDeclaration(parameter)])),
    },
    variables: { WorkspaceId: workspaceIdVariable, ...permissionVariables(playbook) },
    resources: roleDeployments(playbook, "parameters('PrincipalId')", []),
  };
}

function automationRule(
  playbook: PlaybookDefinition,
  config: PackConfig,
  respondingRules: readonly RespondingRule[],
): Deployment {
  const group = textParameter('[resourceGroup().name]', 'Resource group of the playbook.');
  const setting = {
    respondingRules,
    playbookId:
      "resourceId(parameters('PlaybookResourceGroup'), 'Microsoft.Logic/workflows', parameters('PlaybookName'))",
    workspaceId: "resourceId('Microsoft.OperationalInsights/workspaces', parameters('workspace'))",
  };
  return {
    parameters: { ...workspaceParameter, PlaybookName: nameParameter(playbook), PlaybookResourceGroup: group },
    variables: {},
    resources: [automationRuleResource(playbook, config, setting)],
  };
}

function playbookTemplate(playbook: PlaybookDefinition, deployments: readonly Deployment[]): ArmTemplate {
  const { metadata, version } = playbook;
  const template = armTemplate({ version, title: metadata.title, description: metadata.description }, deployments);
  return { ...template, metadata: { ...metadata, ...template.metadata } };
}

function describedTemplate(playbook: PlaybookDefinition, part: string, deployment: Deployment): ArmTemplate {
  const { slug, version, metadata } = playbook;
  return armTemplate({ version, title: `${metadata.title}: ${part}`, description: `Playbook ${slug}: ${part}.` }, [
    deployment,
  ]);
}

function parameterDeclaration({ name: _name, description, ...declaration }: PlaybookParameter): ArmObject {
  return { ...declaration, metadata: { description } };
}

function nameParameter({ slug }: PlaybookDefinition): ArmObject {
  return { defaultValue: slug, type: 'string', metadata: { description: 'Name of the playbook.' } };
}

function textParameter(defaultValue: string, description: string): ArmObject {
  return { type: 'string', defaultValue, metadata: { description } };
}

function boolParameter(defaultValue: boolean, description: string): ArmObject {
  return { type: 'bool', defaultValue, metadata: { description } };
}

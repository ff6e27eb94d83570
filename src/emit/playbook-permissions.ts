import type { Permission, PlaybookDefinition, PlaybookWatchlist } from '../content/define-playbook.ts';
import type { ArmObject, ArmResource, ArmValue } from './arm.ts';

const apiVersions = { authorization: '2022-04-01', deployments: '2022-09-01', watchlists: '2024-09-01' };

/** Sentinel may start playbooks in a resource group in which its service principal has this built-in role. */
const automationContributor = {
  slug: 'run-playbook',
  roleDefinitionId: 'f4c81013-99ee-4d62-a7ee-b3f1f648599a',
};

/** An ARM expression without its brackets. */
type ArmExpression = string;

/**
 * Roles of the playbook's identity, each in a deployment of its own at the resource group it is about: the WAF policy and
 * the workspace need not be where the playbook is.
 * @param principalId expression for the object id of the identity
 */
export function roleDeployments(
  playbook: PlaybookDefinition,
  principalId: ArmExpression,
  dependsOn: readonly string[],
): readonly ArmResource[] {
  return playbook.permissions.map((permission) => {
    const { scope } = permission;
    const parameters = {
      principalId,
      scopeId: scope.kind === 'workspace' ? workspaceId : `parameters('${scope.idParameter}')`,
    };
    const place = scope.kind === 'workspace' ? workspacePlace : resourcePlace(scope.idParameter);
    return nestedDeployment(playbook, {
      slug: permission.slug,
      ...place,
      dependsOn,
      parameters,
      resources: rolesOf(permission),
    });
  });
}

/** The variables that `roleDeployments` and `watchlistDeployment` read. */
export function permissionVariables(playbook: PlaybookDefinition): ArmObject {
  const entries = resourceIdParameters(playbook).map((name) => [
    segmentsOf(name),
    // Slashes enough that an empty id has segments too: the deployment engine evaluates what it then skips.
    `[split(concat(parameters('${name}'), '////////'), '/')]`,
  ]);
  return Object.fromEntries(entries);
}

/** The parameters that name the resources a playbook acts on; while one is empty it can do nothing. */
export function resourceIdParameters({ permissions }: PlaybookDefinition): readonly string[] {
  return permissions.flatMap(({ scope }) => (scope.kind === 'resource' ? [scope.idParameter] : []));
}

const workspaceId = "variables('WorkspaceId')";
const segmentsOf = (idParameter: string): string => `${idParameter}Segments`;

type Place = {
  readonly condition?: string;
  readonly subscriptionId?: string;
  readonly resourceGroup: string;
};

const workspacePlace: Place = { resourceGroup: "[parameters('WorkspaceResourceGroup')]" };

function resourcePlace(idParameter: string): Place {
  const isEmpty = `empty(parameters('${idParameter}'))`;
  const segment = (index: number) => `variables('${segmentsOf(idParameter)}')[${index}]`;
  return {
    condition: `[not(${isEmpty})]`,
    subscriptionId: `[if(${isEmpty}, subscription().subscriptionId, ${segment(2)})]`,
    resourceGroup: `[if(${isEmpty}, resourceGroup().name, ${segment(4)})]`,
  };
}

function rolesOf(permission: Permission): readonly ArmResource[] {
  if (permission.role === 'built-in') {
    return [roleAssignment(permission, `'${permission.roleDefinitionId}'`, [])];
  }
  // One role a resource group: names of custom roles have to be unique in the tenant.
  const name = `guid(resourceGroup().id, 'sentinel-api-pack', '${permission.slug}')`;
  const definition: ArmResource = {
    type: 'Microsoft.Authorization/roleDefinitions',
    apiVersion: apiVersions.authorization,
    name: `[${name}]`,
    properties: {
      roleName: `[concat('${permission.roleName} (', uniqueString(resourceGroup().id), ')')]`,
      description: permission.reason,
      type: 'CustomRole',
      permissions: [{ actions: permission.actions, notActions: [] }],
      assignableScopes: ['[resourceGroup().id]'],
    },
  };
  return [definition, roleAssignment(permission, name, [`[resourceId('${definition.type}', ${name})]`])];
}

/** Assigned on the one resource, not on its group. */
function roleAssignment({ reason }: Permission, roleName: ArmExpression, dependsOn: readonly string[]): ArmResource {
  const roleId = `subscriptionResourceId('Microsoft.Authorization/roleDefinitions', ${roleName})`;
  return {
    type: 'Microsoft.Authorization/roleAssignments',
    apiVersion: apiVersions.authorization,
    scope: "[parameters('scopeId')]",
    name: `[guid(parameters('scopeId'), parameters('principalId'), ${roleName})]`,
    dependsOn,
    properties: {
      roleDefinitionId: `[${roleId}]`,
      principalId: "[parameters('principalId')]",
      principalType: 'ServicePrincipal',
      description: reason,
    },
  };
}

/** The watchlists, without items: deploying again leaves the items that are there. */
export function watchlistDeployment(playbook: PlaybookDefinition, prefix: string): ArmResource {
  const aliases = playbook.watchlists.map(({ aliasParameter }) => [aliasParameter, `parameters('${aliasParameter}')`]);
  const parameters = { workspace: "parameters('workspace')", ...Object.fromEntries(aliases) };
  const place = { ...workspacePlace, condition: "[parameters('DeployWatchlists')]" };
  const resources = playbook.watchlists.map((watchlist) => watchlistResource(watchlist, prefix));
  return nestedDeployment(playbook, { slug: 'watchlists', ...place, parameters, resources });
}

function watchlistResource(watchlist: PlaybookWatchlist, prefix: string): ArmResource {
  const { aliasParameter, displayName, description, searchKey } = watchlist;
  return {
    type: 'Microsoft.OperationalInsights/workspaces/providers/watchlists',
    apiVersion: apiVersions.watchlists,
    name: `[concat(parameters('workspace'), '/Microsoft.SecurityInsights/', parameters('${aliasParameter}'))]`,
    properties: {
      displayName: `${prefix}${displayName}`,
      description,
      provider: 'Microsoft',
      source: 'Local file',
      itemsSearchKey: searchKey,
    },
  };
}

/** Lets Sentinel start the playbook, where the object id of its service principal is given. */
export function sentinelRunsPlaybooks(): ArmResource {
  const { roleDefinitionId, slug } = automationContributor;
  return {
    condition: "[not(empty(parameters('SentinelPrincipalId')))]",
    type: 'Microsoft.Authorization/roleAssignments',
    apiVersion: apiVersions.authorization,
    name: sentinelRunsPlaybooksName(),
    properties: {
      roleDefinitionId: `[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '${roleDefinitionId}')]`,
      principalId: "[parameters('SentinelPrincipalId')]",
      principalType: 'ServicePrincipal',
      description: `${slug}: Microsoft Sentinel starts the playbooks of this resource group.`,
    },
  };
}

export function sentinelRunsPlaybooksName(): string {
  const { roleDefinitionId } = automationContributor;
  return `[guid(resourceGroup().id, parameters('SentinelPrincipalId'), '${roleDefinitionId}')]`;
}

type NestedDeployment = Place & {
  readonly slug: string;
  readonly dependsOn?: readonly string[];
  readonly parameters: { readonly [name: string]: ArmExpression };
  readonly resources: readonly ArmResource[];
};

function nestedDeployment(playbook: PlaybookDefinition, nested: NestedDeployment): ArmResource {
  const { slug, condition, subscriptionId, resourceGroup, dependsOn = [], parameters, resources } = nested;
  const entries = Object.entries(parameters);
  const values = entries.map(([name, expression]): [string, ArmValue] => [name, { value: `[${expression}]` }]);
  const declared = entries.map(([name]): [string, ArmValue] => [name, { type: 'string' }]);
  return {
    ...(condition !== undefined && { condition }),
    type: 'Microsoft.Resources/deployments',
    apiVersion: apiVersions.deployments,
    name: `[concat('${slug}-', uniqueString(resourceGroup().id, '${playbook.slug}'))]`,
    ...(subscriptionId !== undefined && { subscriptionId }),
    resourceGroup,
    dependsOn,
    properties: {
      mode: 'Incremental',
      expressionEvaluationOptions: { scope: 'inner' },
      parameters: Object.fromEntries(values),
      template: {
        $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
        contentVersion: '1.0.0.0',
        parameters: Object.fromEntries(declared),
        resources,
      },
    },
  };
}

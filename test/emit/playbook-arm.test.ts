import assert from 'node:assert/strict';
import { defaultPackConfig } from '../../src/content/pack-config.ts';
import { containAttackerAddress } from '../../src/content/playbooks/contain-attacker-address.ts';
import { playbookDeployment, playbookFiles } from '../../src/emit/playbook-arm.ts';
import {
  allActions,
  azuredeploy,
  definition,
  generatedTemplate,
  type JsonObject,
  onlyResource,
  resourcesOf,
  respondingRules,
} from './generated-playbook.ts';
import type { Json } from './parse-expression.ts';

const slug = 'contain-attacker-address';
const typesIn = (template: JsonObject) => (template.resources as JsonObject[]).map(({ type }) => type);
const nestedIn = (template: JsonObject) =>
  resourcesOf(template, 'Microsoft.Resources/deployments').map(({ condition, resourceGroup, properties }) => {
    const { template: inner, parameters } = properties as { template: JsonObject; parameters: JsonObject };
    return { condition, resourceGroup, inner, parameters };
  });

describe('The generated template of a playbook', () => {
  it('has the gallery metadata that Microsoft Sentinel requires, and a mark of where it comes from', () => {
    const { metadata } = azuredeploy as { metadata: JsonObject };
    const required = [
      'title',
      'description',
      'mainSteps',
      'prerequisites',
      'postDeployment',
      'lastUpdateTime',
      'entities',
      'tags',
    ];
    assert.deepEqual(
      required.filter((key) => metadata[key] === undefined || metadata[key] === ''),
      [],
    );
    assert.equal(metadata.lastUpdateTime, '2026-03-31T00:00:00Z');
    assert.deepEqual(metadata.entities, ['ip']);
    assert.deepEqual(metadata.support, { tier: 'community' });
    assert.deepEqual(metadata.author, { name: 'sentinel-api-pack' });
    assert.equal((metadata._generator as JsonObject).name, 'sentinel-api-pack');
  });

  it('has exactly one workflow, named and placed as the gallery wants it, with an identity of its own', () => {
    const workflows = resourcesOf(azuredeploy, 'Microsoft.Logic/workflows');
    assert.deepEqual(
      workflows.map(({ name, location, identity }) => [name, location, identity]),
      [["[parameters('PlaybookName')]", '[resourceGroup().location]', { type: 'SystemAssigned' }]],
    );
    assert.ok((azuredeploy.parameters as JsonObject).PlaybookName);
    const connection = onlyResource(azuredeploy, 'Microsoft.Web/connections');
    assert.equal(connection.name, "[variables('AzureSentinelConnectionName')]");
    assert.ok((azuredeploy.variables as JsonObject).AzureSentinelConnectionName);
  });

  it('reads every parameter and variable that it declares, and declares every one that it reads', () => {
    for (const path of [
      `playbooks/${slug}/azuredeploy.json`,
      `playbooks/${slug}/automation-rule.json`,
      `playbooks/${slug}/role-assignments.json`,
      `package/repository/Playbooks/${slug}.json`,
    ]) {
      const template = generatedTemplate(path);
      // The workflow's own parameters and variables look alike: only text in brackets belongs to the template.
      const expressions = bracketedTexts([template.variables ?? null, outerResources(template)]).join('\n');
      for (const kind of ['parameters', 'variables'] as const) {
        const read = [...expressions.matchAll(new RegExp(`\\b${kind}\\('(\\w+)'\\)`, 'g'))].map(([, name]) => name);
        assert.deepEqual(
          [...new Set(read)].sort(),
          Object.keys(template[kind] as JsonObject).sort(),
          `${path}: ${kind}`,
        );
      }
    }
  });

  it('uses the managed identity of the playbook for every request and for the connection; there is no secret', () => {
    for (const { name, action } of allActions()) {
      if (action.type === 'Http') {
        const { authentication } = action.inputs as JsonObject;
        assert.deepEqual(
          authentication,
          { type: 'ManagedServiceIdentity', audience: 'https://management.azure.com/' },
          name,
        );
      }
    }
    const connection = onlyResource(azuredeploy, 'Microsoft.Web/connections');
    assert.equal((connection.properties as JsonObject).parameterValueType, 'Alternative');
    assert.doesNotMatch(JSON.stringify(azuredeploy), /secure|password|clientSecret/i);
  });

  it('gives the identity a role on the WAF policy itself, in its own resource group, and two on the workspace', () => {
    const roles = nestedIn(azuredeploy).slice(1);
    const summary = roles.map(({ resourceGroup, inner }) => [
      resourceGroup,
      ...resourcesOf(inner, 'Microsoft.Authorization/roleDefinitions').map(
        ({ properties }) => (properties as { permissions: { actions: string[] }[] }).permissions[0]?.actions,
      ),
      ...resourcesOf(inner, 'Microsoft.Authorization/roleAssignments').map(({ scope }) => scope),
    ]);
    const waf = 'Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies';
    const group = "[if(empty(parameters('WafPolicyId')), resourceGroup().name, variables('WafPolicyIdSegments')[4])]";
    assert.deepEqual(summary, [
      [group, [`${waf}/read`, `${waf}/write`], "[parameters('scopeId')]"],
      ["[parameters('WorkspaceResourceGroup')]", "[parameters('scopeId')]"],
      [
        "[parameters('WorkspaceResourceGroup')]",
        ['Microsoft.SecurityInsights/Watchlists/read', 'Microsoft.SecurityInsights/Watchlists/write'],
        "[parameters('scopeId')]",
      ],
    ]);
    const scopes = roles.map(({ parameters }) => parameters.scopeId);
    const workspace = { value: "[variables('WorkspaceId')]" };
    assert.deepEqual(scopes, [{ value: "[parameters('WafPolicyId')]" }, workspace, workspace]);
    assert.match(JSON.stringify(roles[1]?.inner), /3e150937-b8fe-4cfb-8069-0eaf05ecd056/);
  });

  it('passes every parameter of the workflow that has no value of its own', () => {
    const workflow = onlyResource(azuredeploy, 'Microsoft.Logic/workflows');
    const given = Object.keys((workflow.properties as { parameters: JsonObject }).parameters);
    const declared = Object.entries(definition.parameters as JsonObject)
      .filter(
        ([name, declaration]) => name === '$connections' || (declaration as JsonObject).defaultValue === undefined,
      )
      .map(([name]) => name);
    assert.deepEqual(given.sort(), declared.sort());
  });

  it('deploys with defaults alone but for the workspace, and then does nothing but say so', () => {
    const withoutDefault = Object.entries(azuredeploy.parameters as JsonObject)
      .filter(([, declaration]) => (declaration as JsonObject).defaultValue === undefined)
      .map(([name]) => name);
    assert.deepEqual(withoutDefault, ['workspace']);
    assert.equal((azuredeploy.parameters as { WafPolicyId: JsonObject }).WafPolicyId.defaultValue, '');
  });

  it('creates the watchlists without items, so that deploying again leaves what is in them', () => {
    const [watchlists] = nestedIn(azuredeploy);
    assert.equal(watchlists?.condition, "[parameters('DeployWatchlists')]");
    const keys = ((watchlists?.inner.resources ?? []) as JsonObject[]).map(({ properties }) =>
      Object.keys(properties as JsonObject),
    );
    assert.deepEqual(keys, Array(2).fill(['displayName', 'description', 'provider', 'source', 'itemsSearchKey']));
  });

  it('keeps text in square brackets as text: nothing in a workflow is an expression of the template', () => {
    const { workflow } = containAttackerAddress;
    const actions = [
      ...workflow.actions,
      { type: 'Compose', name: 'Bracketed', inputs: ["[parameters('x')]", '[]x'] } as const,
    ];
    const [file] = playbookFiles(
      { ...containAttackerAddress, workflow: { ...workflow, actions } },
      defaultPackConfig,
      [],
    );
    assert.match(file?.text ?? '', /"inputs": \[\s+"\[\[parameters\('x'\)\]",\s+"\[\]x"\s+\]/);
  });

  it('is the same text each time', () => {
    const files = playbookFiles(containAttackerAddress, defaultPackConfig, respondingRules);
    assert.deepEqual(playbookFiles(containAttackerAddress, defaultPackConfig, [...respondingRules].reverse()), files);
    assert.deepEqual(
      files.map(({ path }) => path),
      [
        `playbooks/${slug}/azuredeploy.json`,
        `playbooks/${slug}/role-assignments.json`,
        `package/repository/Playbooks/${slug}.json`,
        `playbooks/${slug}/automation-rule.json`,
        `package/repository/AutomationRules/${slug}.json`,
      ],
    );
  });
});

describe('The actions of the generated workflow', () => {
  it('run after actions of their own list only, each list from one beginning', () => {
    const lists = new Map<string, { name: string; action: JsonObject }[]>();
    for (const { name, path, action } of allActions()) {
      // The two branches of a condition are two lists, told apart by the names in runAfter.
      lists.set(path.join('/'), [...(lists.get(path.join('/')) ?? []), { name, action }]);
    }
    for (const [path, list] of lists) {
      const names = list.map(({ name }) => name);
      for (const { name, action } of list) {
        const before = Object.keys(action.runAfter as JsonObject);
        assert.ok(
          before.every((other) => names.indexOf(other) >= 0 && names.indexOf(other) < names.indexOf(name)),
          `${path}/${name}`,
        );
      }
    }
  });

  it('stay within the limits of Logic Apps: actions, depth, names, expressions, descriptions', () => {
    const actions = allActions();
    assert.ok(actions.length <= 500);
    assert.ok(actions.every(({ name, path }) => name.length <= 80 && path.length < 8));
    assert.ok(actions.every(({ action }) => String(action.description ?? '').length <= 256));
    const texts = actions.flatMap(({ action }) => bracketFreeTexts([action.inputs ?? null, action.expression ?? null]));
    assert.deepEqual(
      texts.filter((text) => text.length > 8192),
      [],
    );
  });
});

describe('A playbook in a package', () => {
  it('brings everything, and the automation rule once there is a policy to act on', () => {
    const { resources, parameters } = playbookDeployment(containAttackerAddress, defaultPackConfig, respondingRules);
    const nested = 'Microsoft.Resources/deployments';
    assert.deepEqual(
      resources.map(({ type }) => type),
      [
        ...['Microsoft.Web/connections', 'Microsoft.Logic/workflows', nested, nested, nested, nested],
        'Microsoft.Authorization/roleAssignments',
        'Microsoft.OperationalInsights/workspaces/providers/automationRules',
      ],
    );
    assert.equal(resources.at(-1)?.condition, "[not(empty(parameters('WafPolicyId')))]");
    assert.ok(parameters.workspace);
  });

  it('is, for a connected repository, only what it may deploy', () => {
    const playbook = generatedTemplate(`package/repository/Playbooks/${slug}.json`);
    assert.deepEqual(typesIn(playbook), ['Microsoft.Web/connections', 'Microsoft.Logic/workflows']);
    const rule = generatedTemplate(`package/repository/AutomationRules/${slug}.json`);
    assert.deepEqual(typesIn(rule), ['Microsoft.OperationalInsights/workspaces/providers/automationRules']);
  });
});

function textsIn(value: Json): string[] {
  if (typeof value === 'string') {
    return [value];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

const bracketedTexts = (value: Json) => textsIn(value).filter((text) => text.startsWith('[') && !text.startsWith('[['));
const bracketFreeTexts = (value: Json) => textsIn(value).filter((text) => !text.startsWith('['));

/** Resources without the templates nested in them, which have parameters of their own. */
function outerResources(template: JsonObject): Json {
  return (template.resources as JsonObject[]).map((resource) =>
    resource.type === 'Microsoft.Resources/deployments'
      ? { ...resource, properties: { ...(resource.properties as JsonObject), template: null } }
      : resource,
  );
}

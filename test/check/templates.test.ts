import { strict as assert } from 'node:assert';
import { brief, issuesOf, issuesOfJson, type Json, pack } from './fixtures.ts';

const rule = 'package/repository/AnalyticsRules/waf-sql-injection.json';
const nrtRule = 'package/repository/AnalyticsRules/defender-for-apis-alert.json';
const workbook = 'package/repository/Workbooks/api-threats-and-traffic.json';
const playbook = 'playbooks/contain-attacker-address/azuredeploy.json';
const repositoryPlaybook = 'package/repository/Playbooks/contain-attacker-address.json';
const automationRule = 'playbooks/contain-attacker-address/automation-rule.json';
const oneClick = 'package/azuredeploy.json';

/** Follows keys into a parsed template. */
const into = (value: unknown, ...keys: readonly (string | number)[]): Json =>
  keys.reduce((part, key) => (part as Json)[key], value) as Json;
const resource = (template: Json, type: string): Json =>
  (template.resources as Json[]).find((candidate) => String(candidate.type).endsWith(type)) as Json;

type Broken = readonly [what: string, path: string, change: (template: Json) => void, at: RegExp];

const shapes: readonly Broken[] = [
  [
    'a rule with a duration that is not canonical',
    rule,
    (t) => Object.assign(into(t, 'resources', 0, 'properties'), { queryPeriod: 'PT80M' }),
    /^resources\.0\.properties\.queryPeriod /,
  ],
  [
    'a scheduled rule with sub-techniques on the stable API',
    rule,
    (t) => Object.assign(into(t, 'resources', 0, 'properties'), { subTechniques: ['T1059.004'] }),
    /^resources\.0\.properties /,
  ],
  [
    'a sub-technique among the techniques',
    rule,
    (t) => Object.assign(into(t, 'resources', 0, 'properties'), { techniques: ['T1059.004'] }),
    /techniques\.0 /,
  ],
  [
    'a rule without its frequency',
    rule,
    (t) => delete into(t, 'resources', 0, 'properties').queryFrequency,
    /queryFrequency/,
  ],
  [
    'a rule without a GUID in its name',
    rule,
    (t) =>
      Object.assign(into(t, 'resources', 0), {
        name: "[concat(parameters('workspace'), '/Microsoft.SecurityInsights/x')]",
      }),
    /^resources\.0\.name /,
  ],
  [
    'a near-real-time rule on the stable API',
    nrtRule,
    (t) => Object.assign(into(t, 'resources', 0), { apiVersion: '2025-09-01' }),
    /^resources\.0\.apiVersion /,
  ],
  ['a template without the workspace', rule, (t) => delete into(t, 'parameters').workspace, /workspace/],
  ['a parameter without a description', rule, (t) => delete into(t, 'parameters', 'workspace').metadata, /metadata/],
  ['a template without its mark', rule, (t) => delete into(t, 'metadata')._generator, /_generator/],
  [
    'a workbook that Sentinel would not list',
    workbook,
    (t) => Object.assign(into(t, 'resources', 0, 'properties'), { category: 'workbook' }),
    /category /,
  ],
  [
    'a workbook whose data is no JSON',
    workbook,
    (t) => Object.assign(into(t, 'resources', 0, 'properties'), { serializedData: '[variables]' }),
    /serializedData /,
  ],
  ['a playbook without PlaybookName', playbook, (t) => delete into(t, 'parameters').PlaybookName, /PlaybookName/],
  [
    'a playbook with two workflows',
    playbook,
    (t) => (t.resources as Json[]).push({ ...resource(t, '/workflows') }),
    /^resources must contain/,
  ],
  [
    'a playbook without a workflow',
    playbook,
    (t) =>
      Object.assign(t, {
        resources: (t.resources as Json[]).filter(({ type }) => !String(type).endsWith('/workflows')),
      }),
    /^resources must contain/,
  ],
  ['a playbook without gallery metadata', playbook, (t) => delete into(t, 'metadata').lastUpdateTime, /lastUpdateTime/],
  [
    'a playbook with an unknown entity',
    playbook,
    (t) => Object.assign(into(t, 'metadata'), { entities: ['IP'] }),
    /metadata\.entities\.0 /,
  ],
  [
    'a playbook without its managed identity',
    playbook,
    (t) => Object.assign(into(resource(t, '/workflows')), { identity: { type: 'None' } }),
    /identity\.type /,
  ],
  [
    'a workflow with an unknown trigger',
    playbook,
    (t) =>
      Object.assign(Object.values(into(resource(t, '/workflows'), 'properties', 'definition', 'triggers'))[0] as Json, {
        type: 'Timer',
      }),
    /triggers\..*type /,
  ],
  [
    'a workflow with an unknown action',
    playbook,
    (t) =>
      Object.assign(into(resource(t, '/workflows'), 'properties', 'definition', 'actions'), {
        X: { type: 'Magic', runAfter: {} },
      }),
    /actions\.X\.type /,
  ],
  [
    'an action of a name that is too long',
    playbook,
    (t) =>
      Object.assign(into(resource(t, '/workflows'), 'properties', 'definition', 'actions'), {
        ['x'.repeat(81)]: { type: 'Compose', runAfter: {} },
      }),
    /actions/,
  ],
  [
    'a call to Azure with a secret',
    playbook,
    (t) =>
      Object.assign(into(resource(t, '/workflows'), 'properties', 'definition', 'actions'), {
        X: {
          type: 'Http',
          runAfter: {},
          inputs: {
            method: 'GET',
            uri: 'https://management.azure.com',
            authentication: { type: 'Basic', audience: '' },
          },
        },
      }),
    /actions\.X\.inputs\.authentication\.type /,
  ],
  [
    'an automation rule out of order',
    automationRule,
    (t) => Object.assign(into(t, 'resources', 0, 'properties'), { order: 1001 }),
    /order /,
  ],
  [
    'an automation rule with an operator that does not exist',
    automationRule,
    (t) =>
      Object.assign(into(t, 'resources', 0, 'properties', 'triggeringLogic', 'conditions', 0, 'conditionProperties'), {
        operator: 'GreaterThan',
      }),
    /operator /,
  ],
  [
    'a one-click template without rules',
    oneClick,
    (t) =>
      Object.assign(t, {
        resources: (t.resources as Json[]).filter(({ type }) => !String(type).endsWith('/alertRules')),
      }),
    /^resources must contain/,
  ],
  [
    'a one-click template without a workbook',
    oneClick,
    (t) =>
      Object.assign(t, {
        resources: (t.resources as Json[]).filter(({ type }) => !String(type).endsWith('/workbooks')),
      }),
    /^resources must contain/,
  ],
  [
    'a one-click template with a resource that the pack does not deploy',
    oneClick,
    (t) =>
      (t.resources as Json[]).push({
        type: 'Microsoft.Compute/virtualMachines',
        apiVersion: '2025-01-01',
        name: 'x',
        properties: { a: 1 },
      }),
    /type /,
  ],
  [
    'a nested deployment that would empty the resource group',
    oneClick,
    (t) => Object.assign(into(resource(t, '/deployments'), 'properties'), { mode: 'Complete' }),
    /mode /,
  ],
];

describe('checks of templates', () => {
  for (const [what, path, change, at] of shapes) {
    it(`find ${what}`, async () => {
      const issues = await issuesOfJson(path, change);
      assert.ok(
        issues.some(({ code, message }) => code === 'schema-shape' && at.test(message)),
        brief(issues).join('\n'),
      );
    });
  }

  it('find a parameter that nobody uses, and one that nobody defines', async () => {
    const unused = await issuesOfJson(rule, (t) => {
      into(t, 'parameters').location = { type: 'string', defaultValue: 'x', metadata: { description: 'Where.' } };
    });
    assert.deepEqual(brief(unused), ['arm-parameter: parameter location is not used']);
    const missing = await issuesOfJson(rule, (t) => Object.assign(t, { variables: { x: "[parameters('y')]" } }));
    assert.deepEqual(brief(missing).toSorted(), [
      'arm-parameter: parameter y is not defined',
      'arm-parameter: variable x is not used',
    ]);
  });

  it('find an undefined parameter inside a nested deployment, which has parameters of its own', async () => {
    const issues = await issuesOfJson(oneClick, (t) => {
      const nested = into(resource(t, '/deployments'), 'properties', 'template');
      (nested.resources as Json[])[0] = { ...(nested.resources as Json[])[0], name: "[parameters('PlaybookName')]" };
    });
    assert.ok(brief(issues).includes('arm-parameter: parameter PlaybookName is not defined'), brief(issues).join('\n'));
  });

  it('find empty values', async () => {
    const issues = await issuesOfJson(rule, (t) => {
      Object.assign(into(t, 'resources', 0, 'properties', 'alertDetailsOverride'), { alertDynamicProperties: [] });
    });
    assert.ok(
      brief(issues).includes('arm-blank: resources.0.properties.alertDetailsOverride.alertDynamicProperties is empty'),
    );
  });

  it('find the id of a subscription, and a workbook that is marked as a user’s own', async () => {
    const subscription = await issuesOfJson('workbooks/api-threats-and-traffic.json', (t) => {
      into(t, 'items', 0, 'content').json = '/subscriptions/00000000-1111-4222-8333-444444444444/x';
    });
    assert.deepEqual(brief(subscription), ['arm-subscription: a subscription is named by its id']);
    const own = await issuesOfJson('workbooks/api-threats-and-traffic.json', (t) => {
      t.fromTemplateId = 'sentinel-UserWorkbook';
    });
    assert.ok(brief(own).includes('workbook-template-id: fromTemplateId is sentinel-UserWorkbook'));
  });
});

describe('checks of the repository layout', () => {
  it('find a resource that makes a connected repository skip the file', async () => {
    const issues = await issuesOfJson(repositoryPlaybook, (t) => {
      (t.resources as Json[]).push({
        type: 'Microsoft.Authorization/roleAssignments',
        apiVersion: '2022-04-01',
        name: 'x',
        properties: { roleDefinitionId: 'a', principalId: 'b', principalType: 'ServicePrincipal' },
      });
    });
    assert.deepEqual(brief(issues), [
      'repository-layout: Microsoft.Authorization/roleAssignments is not deployed from Playbooks',
    ]);
  });

  it('find a parameter without a default, which nobody fills', async () => {
    const issues = await issuesOfJson(
      repositoryPlaybook,
      (t) => delete into(t, 'parameters', 'PlaybookName').defaultValue,
    );
    assert.deepEqual(brief(issues), ['repository-layout: parameter PlaybookName has no default']);
  });

  for (const name of [
    'package/repository/Parsers/x.json',
    'package/repository/x.json',
    'package/repository/AnalyticsRules/deeper/x.json',
  ]) {
    it(`find ${name}, which no folder of content holds`, async () => {
      const text = pack.find(({ path }) => path === rule)?.text ?? '';
      assert.deepEqual(brief(await issuesOf({ path: name, text })), [
        'repository-layout: lies in no folder of content',
      ]);
    });
  }

  for (const name of ['rules.parameters.json', 'rule-metadata.json']) {
    it(`find ${name}, which a connected repository ignores`, async () => {
      const text = pack.find(({ path }) => path === rule)?.text ?? '';
      const issues = await issuesOf({ path: `package/repository/AnalyticsRules/${name}`, text });
      assert.deepEqual(brief(issues), ['repository-layout: has a name that is ignored']);
    });
  }
});

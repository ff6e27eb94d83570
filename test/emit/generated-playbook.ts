import assert from 'node:assert/strict';
import { defaultPackConfig, type PackConfig } from '../../src/content/pack-config.ts';
import { containAttackerAddress } from '../../src/content/playbooks/contain-attacker-address.ts';
import { playbookFiles } from '../../src/emit/playbook-arm.ts';
import type { Json } from './parse-expression.ts';
import { type Answer, type ConnectorCall, type Request, type Run, runWorkflow } from './run-workflow.ts';

/** Two rules, not in order, that name the playbook. */
export const respondingRules = [
  { slug: 'waf-sql-injection', id: '22222222-2222-4222-8222-222222222222' },
  { slug: 'api-traffic-single-address-spike', id: '11111111-1111-4111-8111-111111111111' },
];

export type JsonObject = { [key: string]: Json };

/** Reads one generated file back from its text. */
export function generatedTemplate(path: string, config: PackConfig = defaultPackConfig): JsonObject {
  const file = playbookFiles(containAttackerAddress, config, respondingRules).find((one) => one.path === path);
  assert.ok(file, `${path} is generated`);
  return JSON.parse(file.text) as JsonObject;
}

export const azuredeploy = generatedTemplate('playbooks/contain-attacker-address/azuredeploy.json');

export function resourcesOf(template: JsonObject, type: string): readonly JsonObject[] {
  return (template.resources as JsonObject[]).filter((resource) => resource.type === type);
}

export function onlyResource(template: JsonObject, type: string): JsonObject {
  const [resource, ...others] = resourcesOf(template, type);
  assert.ok(resource !== undefined && others.length === 0, `one resource of type ${type}`);
  return resource;
}

/** The workflow's definition as it stands in the generated template. */
export const definition = definitionIn(azuredeploy);

function definitionIn(template: JsonObject): JsonObject {
  const { definition } = onlyResource(template, 'Microsoft.Logic/workflows').properties as { definition: JsonObject };
  return definition;
}

export type PlacedAction = { readonly name: string; readonly path: readonly string[]; readonly action: JsonObject };

/** Every action of the definition, with the names of the actions around it. */
export function allActions(actions = definition.actions as JsonObject, path: readonly string[] = []): PlacedAction[] {
  return Object.entries(actions).flatMap(([name, value]) => {
    const action = value as JsonObject;
    const inner = [action.actions, (action.else as JsonObject | undefined)?.actions].flatMap((list) =>
      list === undefined ? [] : allActions(list as JsonObject, [...path, name]),
    );
    return [{ name, path, action }, ...inner];
  });
}

export const policyId =
  '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/contoso-network/providers/Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies/contoso-waf';
const workspaceId =
  '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/contoso-soc/providers/Microsoft.OperationalInsights/workspaces/contoso-sentinel';
const incidentId = `${workspaceId}/providers/Microsoft.SecurityInsights/incidents/33333333-3333-4333-8333-333333333333`;

export const runParameters: JsonObject = {
  WafPolicyId: policyId,
  WorkspaceId: workspaceId,
  AllowedRanges: [],
  GatewayRanges: [],
  AllowedWatchlist: 'api-pack-allowed-addresses',
  BlockedWatchlist: 'api-pack-blocked-addresses',
  BlockHours: 24,
  MaximumAddresses: 100,
  MaximumRanges: 600,
  DryRun: false,
};

/** What the local Azure of a test answers with; each request is numbered from 1 among those of its kind. */
export type Scenario = {
  readonly entities: readonly Json[];
  readonly parameters?: JsonObject;
  /** Pages of the watchlist of allowed addresses; a number is an HTTP status instead of a page. */
  readonly allowListPages?: readonly (readonly string[] | number)[];
  /** The policy's state; `null` answers 403. */
  readonly policy?: JsonObject | null;
  /** Statuses of the PUTs of the policy, in turn; 200 once they are used up. Only a 200 changes the policy. */
  readonly putStatuses?: readonly number[];
  /** Changes made by somebody else just before the GET of that number. */
  readonly changesBeforeGet?: { readonly [number: number]: (policy: JsonObject) => JsonObject };
  /** Answers 200 to a PUT without keeping it, this many times. */
  readonly lostWrites?: number;
  /** Numbers of the GETs of the policy that answer 404. */
  readonly failingGets?: readonly number[];
  /** Keeps what is PUT although it answers with an error. */
  readonly keepsFailedWrites?: boolean;
  readonly watchlistStatus?: number;
  readonly failingConnector?: string;
  readonly evaluation?: 'lazy' | 'eager';
};

export type Outcome = Run & {
  readonly policy: JsonObject | null;
  readonly puts: readonly Request[];
  readonly gets: readonly Request[];
  readonly recorded: readonly Request[];
  /** What was written, in order. */
  readonly writes: readonly ('expiry' | 'policy')[];
  readonly comments: readonly string[];
  readonly tags: readonly string[];
};

/** Runs the generated playbook on an incident with these IP entities. */
export function contain(scenario: Scenario): Outcome {
  const azure = new LocalAzure(scenario);
  const run = runWorkflow(definition, {
    parameters: { ...runParameters, ...scenario.parameters },
    trigger: { object: { id: incidentId, properties: { title: 'Spike', relatedEntities: [] } } },
    world: { http: (request) => azure.answer(request), connector: (call) => azure.connect(call) },
    now: '2026-03-24T11:05:00Z',
    ...(scenario.evaluation !== undefined && { evaluation: scenario.evaluation }),
  });
  return { ...run, ...azure.seen, policy: azure.policy };
}

class LocalAzure {
  readonly scenario: Scenario;
  policy: JsonObject | null;
  readonly seen = {
    puts: [] as Request[],
    gets: [] as Request[],
    recorded: [] as Request[],
    writes: [] as ('expiry' | 'policy')[],
    comments: [] as string[],
    tags: [] as string[],
  };

  constructor(scenario: Scenario) {
    this.scenario = scenario;
    this.policy = scenario.policy === undefined ? policyWith([]) : scenario.policy;
  }

  answer(request: Request): Answer {
    const { pathname, searchParams, origin } = new URL(request.uri);
    assert.equal(origin, 'https://management.azure.com');
    if (pathname === policyId) {
      assert.equal(searchParams.get('api-version'), '2024-05-01');
      return request.method === 'GET' ? this.getPolicy(request) : this.putPolicy(request);
    }
    const watchlists = `${workspaceId}/providers/Microsoft.SecurityInsights/watchlists`;
    if (pathname === `${watchlists}/api-pack-allowed-addresses/watchlistItems` && request.method === 'GET') {
      return this.allowListPage(Number(searchParams.get('page') ?? 0));
    }
    if (pathname.startsWith(`${watchlists}/api-pack-blocked-addresses/watchlistItems/`) && request.method === 'PUT') {
      this.seen.recorded.push(request);
      this.seen.writes.push('expiry');
      return { status: this.scenario.watchlistStatus ?? 200, body: {} };
    }
    throw new Error(`unexpected request ${request.method} ${request.uri}`);
  }

  allowListPage(page: number): Answer {
    const pages = this.scenario.allowListPages ?? [[]];
    const content = pages[page];
    assert.notEqual(content, undefined);
    if (typeof content === 'number' || content === undefined) {
      return { status: content ?? 404, body: { error: { code: 'NotFound' } } };
    }
    const value = content.map((range, index) => ({
      name: `${page}-${index}`,
      properties: { itemsKeyValue: { AddressRange: range, Description: 'partner' } },
    }));
    const next = `https://management.azure.com${workspaceId}/providers/Microsoft.SecurityInsights/watchlists/api-pack-allowed-addresses/watchlistItems?page=${page + 1}`;
    return { status: 200, body: page + 1 < pages.length ? { value, nextLink: next } : { value } };
  }

  getPolicy(request: Request): Answer {
    this.seen.gets.push(request);
    if (this.scenario.failingGets?.includes(this.seen.gets.length)) {
      return { status: 404, body: {} };
    }
    const change = this.scenario.changesBeforeGet?.[this.seen.gets.length];
    if (change !== undefined && this.policy !== null) {
      this.policy = { ...change(this.policy), etag: `W/"other-${this.seen.gets.length}"` };
    }
    return this.policy === null ? { status: 403, body: {} } : { status: 200, body: structuredClone(this.policy) };
  }

  putPolicy(request: Request): Answer {
    this.seen.puts.push(request);
    this.seen.writes.push('policy');
    const count = this.seen.puts.length;
    const status = this.scenario.putStatuses?.[count - 1] ?? 200;
    const isKept = status === 200 ? count > (this.scenario.lostWrites ?? 0) : this.scenario.keepsFailedWrites;
    if (isKept === true) {
      this.policy = { ...(structuredClone(request.body) as JsonObject), etag: `W/"own-${count}"` };
    }
    return { status, body: {} };
  }

  connect({ method, path, body }: ConnectorCall): Answer {
    if (path === this.scenario.failingConnector) {
      return { status: 403, body: {} };
    }
    const content = body as JsonObject;
    switch (`${method} ${path}`) {
      case 'post /entities/ip':
        return { status: 200, body: { IPs: [...this.scenario.entities] } };
      case 'post /Incidents/Comment':
        assert.equal(content.incidentArmId, incidentId);
        this.seen.comments.push(content.message as string);
        return { status: 200, body: {} };
      case 'put /Incidents': {
        assert.equal(content.incidentArmId, incidentId);
        const { TagsToAdd } = content.tagsToAdd as { TagsToAdd: { Tag: string }[] };
        this.seen.tags.push(...TagsToAdd.map(({ Tag }) => Tag));
        return { status: 200, body: {} };
      }
      default:
        throw new Error(`unexpected connector call ${method} ${path}`);
    }
  }
}

/** A policy as Azure answers with it: with tags, settings and read-only fields around the custom rules. */
export function policyWith(customRules: readonly Json[], mode = 'Prevention'): JsonObject {
  return {
    name: 'contoso-waf',
    id: policyId,
    etag: 'W/"first"',
    type: 'Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies',
    location: 'westeurope',
    tags: { owner: 'api-platform', cost: '4711' },
    properties: {
      provisioningState: 'Succeeded',
      policySettings: { mode, state: 'Enabled', fileUploadLimitInMb: 100, requestBodyCheck: true },
      customRules: [...customRules],
      managedRules: { managedRuleSets: [{ ruleSetType: 'Microsoft_DefaultRuleSet', ruleSetVersion: '2.1' }] },
    },
  };
}

/** The playbook's own rule, holding these ranges. */
export function ownRule(priority: number, matchValues: readonly string[], more: JsonObject = {}): JsonObject {
  return {
    name: 'SentinelApiPackBlock',
    priority,
    state: 'Enabled',
    ruleType: 'MatchRule',
    action: 'Block',
    matchConditions: [
      {
        matchVariables: [{ variableName: 'RemoteAddr' }],
        operator: 'IPMatch',
        negationConditon: false,
        matchValues: [...matchValues],
      },
    ],
    ...more,
  };
}

/** Somebody else's rule, with a field that rebuilding by name would lose. */
export function otherRule(name: string, priority: number, more: JsonObject = {}): JsonObject {
  return {
    name,
    priority,
    state: 'Disabled',
    ruleType: 'RateLimitRule',
    rateLimitDuration: 'OneMin',
    rateLimitThreshold: 100,
    groupByUserSession: [{ groupByVariables: [{ variableName: 'ClientAddr' }] }],
    action: 'Block',
    matchConditions: [
      {
        matchVariables: [{ variableName: 'RemoteAddr' }],
        operator: 'IPMatch',
        negationConditon: true,
        matchValues: ['198.51.100.0/24', '192.0.2.10'],
        transforms: [],
      },
    ],
    ...more,
  };
}

/** The verdict on each address, from the generated Select actions; no policy is configured, so nothing is written. */
export function judge(
  addresses: readonly Json[],
  guards: JsonObject = {},
  evaluation: 'lazy' | 'eager' = 'lazy',
): readonly { readonly verdict: string; readonly address: string; readonly id: string }[] {
  const { outputs, failures } = contain({
    entities: addresses.map((Address) => ({ Address })),
    parameters: { WafPolicyId: '', ...guards },
    evaluation,
  });
  assert.deepEqual([...failures], []);
  const { body } = outputs.get('Verdicts') as { body: { verdict: string; address: string; id: string }[] };
  return body.map(({ verdict, address, id }) => ({ verdict, address, id }));
}

import type { Topology } from './pack-config.ts';
import type { WorkflowDefinition } from './workflow/define-workflow.ts';
import { WorkflowError } from './workflow/workflow-error.ts';
import type { JsonValue } from './workflow/workflow-value.ts';

/** A parameter of the playbook's deployment. The workflow's parameter of the same name takes its value. */
export type PlaybookParameter = {
  readonly name: string;
  readonly type: 'string' | 'int' | 'bool' | 'array';
  readonly description: string;
  readonly defaultValue: JsonValue;
  readonly minValue?: number;
  readonly maxValue?: number;
};

/** A watchlist that the playbook reads or writes; its alias is the value of a string parameter. */
export type PlaybookWatchlist = {
  readonly aliasParameter: string;
  readonly displayName: string;
  readonly description: string;
  readonly searchKey: string;
};

/** Where a permission holds: the workspace, or one resource whose id is the value of a string parameter. */
export type PermissionScope =
  | { readonly kind: 'workspace' }
  | { readonly kind: 'resource'; readonly idParameter: string; readonly resourceType: string };

/** What the playbook's managed identity may do: a built-in role, or a custom role with just these actions. */
export type Permission = { readonly slug: string; readonly scope: PermissionScope; readonly reason: string } & (
  | { readonly role: 'built-in'; readonly roleName: string; readonly roleDefinitionId: string }
  | { readonly role: 'custom'; readonly roleName: string; readonly actions: readonly string[] }
);

/** Gallery metadata, as the playbook gallery of Microsoft Sentinel reads it from the template. */
export type PlaybookMetadata = {
  readonly title: string;
  readonly description: string;
  readonly mainSteps: readonly string[];
  readonly prerequisites: readonly string[];
  readonly postDeployment: readonly string[];
  /** RFC 3339. Part of the definition, so that generation does not depend on the clock. */
  readonly lastUpdateTime: string;
  readonly entities: readonly PlaybookEntity[];
  readonly tags: readonly string[];
  readonly support: { readonly tier: 'community' | 'developer' };
  readonly author: { readonly name: string };
  readonly releaseNotes: readonly {
    readonly version: string;
    readonly title: string;
    readonly notes: readonly string[];
  }[];
};

export type PlaybookEntity = 'account' | 'host' | 'ip' | 'url' | 'azureresource' | 'cloudapplication';

export type PlaybookDefinition = {
  readonly slug: string;
  readonly version: string;
  readonly metadata: PlaybookMetadata;
  /** The topologies in which the layer that the playbook acts on sees the attacker's address. */
  readonly topologies: readonly Topology[];
  readonly parameters: readonly PlaybookParameter[];
  /** Parameters of the workflow that the deployment computes, and from what. */
  readonly derivedParameters: { readonly [name: string]: 'workspace-id' };
  readonly watchlists: readonly PlaybookWatchlist[];
  readonly permissions: readonly Permission[];
  readonly automationRule: { readonly id: string; readonly displayName: string; readonly order: number };
  readonly workflow: WorkflowDefinition;
};

const workflowTypes = { string: 'String', int: 'Int', bool: 'Bool', array: 'Array' } as const;

/**
 * Checks a playbook and returns it unchanged: gallery metadata, and that the deployment gives the workflow exactly the
 * parameters that it takes.
 * @throws WorkflowError
 */
export function definePlaybook(playbook: PlaybookDefinition): PlaybookDefinition {
  checkMetadata(playbook);
  const given = new Map<string, string>(Object.keys(playbook.derivedParameters).map((name) => [name, 'String']));
  for (const { name, type } of playbook.parameters) {
    given.set(name, workflowTypes[type]);
  }
  for (const [name, { type, defaultValue }] of Object.entries(playbook.workflow.parameters)) {
    if (defaultValue === undefined && given.get(name) !== type) {
      refuse(playbook, 'parameter-unknown', `workflow parameter ${name} (${type}) gets no value of that type`);
    }
  }
  for (const name of given.keys()) {
    if (playbook.workflow.parameters[name] === undefined) {
      refuse(playbook, 'parameter-unused', `deployment parameter ${name} reaches no parameter of the workflow`);
    }
  }
  for (const name of namedParameters(playbook)) {
    if (given.get(name) !== 'String') {
      refuse(playbook, 'parameter-unknown', `no string parameter ${name}`);
    }
  }
  return playbook;
}

function namedParameters({ watchlists, permissions }: PlaybookDefinition): readonly string[] {
  const ids = permissions.flatMap(({ scope }) => (scope.kind === 'resource' ? [scope.idParameter] : []));
  return [...watchlists.map(({ aliasParameter }) => aliasParameter), ...ids];
}

function checkMetadata(playbook: PlaybookDefinition): void {
  const { metadata, slug, version, automationRule } = playbook;
  const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
  const checks: readonly (readonly [boolean, string])[] = [
    [/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug), 'the slug is lower case words joined by hyphens'],
    [/^\d+\.\d+\.\d+$/.test(version), 'the version is X.Y.Z'],
    [metadata.title !== '' && metadata.description !== '', 'title and description are given'],
    [metadata.mainSteps.length > 0, 'the main steps are given'],
    [/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(metadata.lastUpdateTime), 'lastUpdateTime is a time in UTC'],
    [metadata.releaseNotes[0]?.version === version, 'the first release note is about this version'],
    [metadata.author.name !== '', 'the author is named'],
    [guid.test(automationRule.id), "the automation rule's id is a GUID in lower case"],
    [automationRule.order >= 1 && automationRule.order <= 1000, "the automation rule's order is 1 to 1000"],
  ];
  for (const [holds, rule] of checks) {
    if (!holds) {
      refuse(playbook, 'playbook-metadata', `does not hold: ${rule}`);
    }
  }
}

function refuse(
  { slug }: PlaybookDefinition,
  code: 'parameter-unknown' | 'parameter-unused' | 'playbook-metadata',
  message: string,
): never {
  throw new WorkflowError(code, [slug], message, 'Correct the definition of the playbook.');
}

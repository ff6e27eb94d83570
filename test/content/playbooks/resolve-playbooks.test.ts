import assert from 'node:assert/strict';
import { definePlaybook, type PlaybookDefinition } from '../../../src/content/define-playbook.ts';
import { defaultPackConfig, PackConfigError } from '../../../src/content/pack-config.ts';
import { containAttackerAddress } from '../../../src/content/playbooks/contain-attacker-address.ts';
import { playbooks } from '../../../src/content/playbooks/index.ts';
import { resolvePlaybooks } from '../../../src/content/playbooks/resolve-playbooks.ts';
import { WorkflowError } from '../../../src/content/workflow/workflow-error.ts';

const { slug } = containAttackerAddress;

describe('The configuration of a pack', () => {
  const configured = (parameters: { readonly [name: string]: string | number | boolean | readonly string[] }) =>
    resolvePlaybooks(playbooks, { ...defaultPackConfig, playbooks: { [slug]: { parameters } } });

  it('becomes the defaults of the parameters, with the allow list of the pack', () => {
    const config = {
      ...defaultPackConfig,
      allowList: { ...defaultPackConfig.allowList, addresses: ['198.51.100.0/24', '192.0.2.7'] },
      playbooks: { [slug]: { parameters: { BlockHours: 4, AllowedRanges: ['192.0.2.7', '203.0.113.1'] } } },
    };
    const [resolved] = resolvePlaybooks(playbooks, config);
    const defaults = ['BlockHours', 'AllowedRanges'].map(
      (wanted) => resolved?.parameters.find(({ name }) => name === wanted)?.defaultValue,
    );
    assert.deepEqual(defaults, [4, ['198.51.100.0/24', '192.0.2.7', '203.0.113.1']]);
  });

  it('is refused where it names a playbook or parameter that is not there, or a value that does not fit', () => {
    const code = (path: readonly string[]) => (error: unknown) => {
      assert.ok(error instanceof PackConfigError);
      assert.deepEqual([error.code, error.path], ['config-parameter', path]);
      return true;
    };
    const unknown = { ...defaultPackConfig, playbooks: { 'contain-all': {} } };
    assert.throws(() => resolvePlaybooks(playbooks, unknown), code(['playbooks', 'contain-all']));
    const bad = [
      ['BlockDays', 1],
      ['constructor', 1],
      ['BlockHours', 0],
      ['BlockHours', 1.5],
      ['DryRun', 'yes'],
      ['AllowedRanges', '10.0.0.0/8'],
      ['WafPolicyId', 7],
    ] as const;
    for (const [name, value] of bad) {
      assert.throws(() => configured({ [name]: value }), code(['playbooks', slug, 'parameters', name]));
    }
  });

  it('can switch a playbook off', () => {
    assert.deepEqual(
      resolvePlaybooks(playbooks, { ...defaultPackConfig, playbooks: { [slug]: { enabled: false } } }),
      [],
    );
  });
});

describe('The definition of a playbook', () => {
  it('is refused where its parameters do not meet those of the workflow, or its metadata is incomplete', () => {
    const broken: readonly (readonly [string, Partial<PlaybookDefinition>])[] = [
      ['parameter-unknown', { parameters: containAttackerAddress.parameters.slice(1) }],
      ['parameter-unused', { derivedParameters: { WorkspaceId: 'workspace-id', Other: 'workspace-id' } }],
      [
        'parameter-unknown',
        { watchlists: [{ aliasParameter: 'DryRun', displayName: 'x', description: 'x', searchKey: 'x' }] },
      ],
      ['playbook-metadata', { slug: 'Contain Attacker' }],
      ['playbook-metadata', { version: '1.0' as '1.0.0' }],
      ['playbook-metadata', { version: '1.0.1' }],
      ['playbook-metadata', { metadata: { ...containAttackerAddress.metadata, lastUpdateTime: 'today' } }],
      ['playbook-metadata', { automationRule: { ...containAttackerAddress.automationRule, order: 0 } }],
    ];
    for (const [code, change] of broken) {
      const define = () => definePlaybook({ ...containAttackerAddress, ...change });
      assert.throws(
        define,
        (error: unknown) => error instanceof WorkflowError && error.code === code,
        JSON.stringify(change),
      );
    }
  });
});

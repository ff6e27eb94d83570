import { strict as assert } from 'node:assert';
import { type Deployment, mergeDeployments } from '../../src/emit/arm-template.ts';

const resource = (name: string) => ({ type: 'Microsoft.Test/things', apiVersion: '2025-01-01', name });
const workspace = { type: 'string', metadata: { description: 'Name of the workspace.' } };

const deployment = (name: string, more: Partial<Deployment> = {}): Deployment => ({
  parameters: { workspace },
  variables: {},
  resources: [resource(name)],
  ...more,
});

describe('mergeDeployments', () => {
  it('keeps a shared parameter once and the resources in order', () => {
    const merged = mergeDeployments([deployment('b'), deployment('a', { variables: { x: '1' } })]);
    assert.deepEqual(merged, {
      parameters: { workspace },
      variables: { x: '1' },
      resources: [resource('b'), resource('a')],
    });
  });

  it('refuses a parameter that two deployments define differently: one of them would get the other’s value', () => {
    const other = deployment('b', { parameters: { workspace: { ...workspace, defaultValue: 'x' } } });
    assert.throws(() => mergeDeployments([deployment('a'), other]), { code: 'conflicting-template' });
  });

  it('refuses a variable that two deployments define differently', () => {
    const [first, second] = [deployment('a', { variables: { x: '1' } }), deployment('b', { variables: { x: '2' } })];
    assert.throws(() => mergeDeployments([first, second]), { code: 'conflicting-template' });
  });

  it('refuses two resources with one name: the later would overwrite the earlier', () => {
    assert.throws(() => mergeDeployments([deployment('a'), deployment('a')]), { code: 'conflicting-template' });
  });
});

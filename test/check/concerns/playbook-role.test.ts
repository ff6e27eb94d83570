import { strict as assert } from 'node:assert';
import { issuesOf, pack } from '../fixtures.ts';

const folder = 'playbooks/contain-attacker-address/';
const playbook = pack.filter(({ path }) => path.startsWith(folder));

describe('a playbook that calls Azure', () => {
  it('comes with a role for its identity, in one of its templates', async () => {
    const roles = async (withRole: (path: string) => boolean): Promise<readonly string[]> => {
      const files = playbook.map(({ path, text }) => ({
        path,
        text: withRole(path)
          ? text
          : text.replaceAll('Microsoft.Authorization/roleAssignments', 'Microsoft.Resources/tags'),
      }));
      return (await issuesOf(...files)).filter(({ code }) => code === 'playbook-role').map(({ path }) => path);
    };
    assert.deepEqual(await roles(() => true), []);
    assert.deepEqual(await roles((path) => path.endsWith('/role-assignments.json')), []);
    assert.deepEqual(await roles(() => false), [`${folder}azuredeploy.json`]);
  });
});

import type { Check } from '../check.ts';
import { issue } from '../issue.ts';

/** A playbook that calls Azure with its managed identity comes with the role that the identity needs. */
export const playbookRole: Check = {
  name: 'playbook roles',
  run: ({ files }) =>
    files
      .filter(
        ({ path, text }) =>
          /^playbooks\/[^/]+\/azuredeploy\.json$/.test(path) && text.includes('"ManagedServiceIdentity"'),
      )
      .filter(({ path }) => {
        const folder = path.slice(0, path.lastIndexOf('/') + 1);
        return !files.some(
          (file) => file.path.startsWith(folder) && file.text.includes('Microsoft.Authorization/roleAssignments'),
        );
      })
      .map(({ path }) =>
        issue(
          'playbook-role',
          { path },
          'the playbook calls Azure, and no template beside it assigns a role',
          'Ship role-assignments.json with the least role that will do.',
        ),
      ),
};

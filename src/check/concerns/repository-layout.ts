import type { Check } from '../check.ts';
import type { ContentFile } from '../content-file.ts';
import { type Issue, issue } from '../issue.ts';

const repository = 'package/repository/';

/** What a connected repository deploys from each folder; a resource of another type makes it skip the whole file. */
const allowedTypes: Readonly<Record<string, readonly string[]>> = {
  AnalyticsRules: ['Microsoft.OperationalInsights/workspaces/providers/alertRules'],
  AutomationRules: ['Microsoft.OperationalInsights/workspaces/providers/automationRules'],
  Playbooks: ['Microsoft.Logic/workflows', 'Microsoft.Web/connections'],
  Workbooks: ['Microsoft.Insights/workbooks'],
};

type Template = {
  readonly parameters?: Readonly<Record<string, { readonly defaultValue?: unknown }>>;
  readonly resources?: readonly { readonly type?: string }[];
};

/** The layout of a repository that is connected to a workspace (Microsoft Sentinel, "Repositories"). */
export const repositoryLayout: Check = {
  name: 'repository layout',
  run: ({ files }) => files.filter(({ path }) => path.startsWith(repository)).flatMap(layoutIssues),
};

function layoutIssues(file: ContentFile): readonly Issue[] {
  const [folder = '', name = '', ...deeper] = file.path.slice(repository.length).split('/');
  const types = Object.hasOwn(allowedTypes, folder) ? allowedTypes[folder] : undefined;
  const template = file.value as Template;
  const place = { path: file.path };
  if (types === undefined || deeper.length > 0) {
    const hint = `Put it directly into ${Object.keys(allowedTypes).join(', ')}.`;
    return [issue('repository-layout', place, 'lies in no folder of content', hint)];
  }
  const ignored = /metadata\.json$|\.parameters.*\.json$/.test(name)
    ? [
        issue(
          'repository-layout',
          place,
          'has a name that is ignored',
          'Do not end it in metadata.json or .parameters.json.',
        ),
      ]
    : [];
  const strangers = (template.resources ?? []).flatMap(({ type = '' }, index) =>
    types.includes(type)
      ? []
      : [
          issue(
            'repository-layout',
            file.placeOf(['resources', index, 'type']),
            `${type || 'a resource without type'} is not deployed from ${folder}`,
            `Only ${types.join(' and ')} may stand here.`,
          ),
        ],
  );
  const open = Object.entries(template.parameters ?? {})
    .filter(([parameter, { defaultValue }]) => parameter !== 'workspace' && defaultValue === undefined)
    .map(([parameter]) =>
      issue(
        'repository-layout',
        file.placeOf(['parameters', parameter]),
        `parameter ${parameter} has no default`,
        'Give it one: only workspace is filled in.',
      ),
    );
  return [...ignored, ...strangers, ...open];
}

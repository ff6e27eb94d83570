import type { Check, CheckContext, RuleFile } from '../check.ts';
import { type Issue, type IssueCode, issue } from '../issue.ts';

/** Ids and names are unique: a workspace would let the later rule replace the earlier one. */
export const ruleIdentity: Check = {
  name: 'rule identity',
  run: ({ rules, files }) => [
    ...repeated(rules, 'id', 'rule-id-duplicate'),
    ...repeated(rules, 'name', 'rule-name-duplicate'),
    ...fileNames(files),
  ],
};

function repeated(rules: readonly RuleFile[], field: 'id' | 'name', code: IssueCode): readonly Issue[] {
  const first = new Map<string, string>();
  return rules.flatMap((file) => {
    const key = file.rule[field].toLowerCase();
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, file.path);
      return [];
    }
    const message = `${field} ${JSON.stringify(file.rule[field])} is also that of ${other}`;
    return [issue(code, file.placeOf([field]), message, `Give the rule a ${field} of its own.`)];
  });
}

function fileNames(files: CheckContext['files']): readonly Issue[] {
  return files
    .filter(({ path }) => path.startsWith('analytics-rules/') && !/\/[a-z0-9]+(-[a-z0-9]+)*\.yaml$/.test(path))
    .map(({ path }) =>
      issue('rule-file-name', { path }, 'is no name for a rule file', 'Use lower case words, hyphens and .yaml.'),
    );
}

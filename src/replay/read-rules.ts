import type { AnalyticsRule } from './analytics-rule.ts';
import { problemOf } from './problems.ts';
import { readRule } from './read-rule.ts';
import { ReplayError } from './replay-error.ts';
import type { ReplayProblem } from './replay-result.ts';

/** The text of one YAML file and how to name it. */
export type RuleFile = { readonly file: string; readonly text: string };

/** The rules of the files that can be read, sorted by slug, and a problem for each that cannot. */
export function readRules(files: readonly RuleFile[]): {
  readonly rules: readonly AnalyticsRule[];
  readonly problems: readonly ReplayProblem[];
} {
  const rules: AnalyticsRule[] = [];
  const problems: ReplayProblem[] = [];
  for (const { file, text } of [...files].sort((a, b) => (a.file < b.file ? -1 : 1))) {
    try {
      const rule = readRule(text, file);
      const same = rules.find(({ id }) => id === rule.id);
      if (same !== undefined) {
        const hint = 'give every rule an id of its own';
        throw new ReplayError('rule-duplicate', `has the id of ${same.file}`, { file, hint });
      }
      rules.push(rule);
    } catch (error) {
      if (!(error instanceof ReplayError)) throw error;
      problems.push(problemOf(error));
    }
  }
  return { rules, problems };
}

import type { Check, RuleFile } from '../check.ts';
import type { Issue } from '../issue.ts';
import { ruleQuery } from '../query/checked-query.ts';
import { codeText } from '../query/code-text.ts';
import { type Plan, partsOf } from '../query/plan.ts';

/**
 * Rows are never left to chance: take and sample without an order keep any of them, so that entities and details of an
 * alert change from run to run, and a threshold that is written as `take iff(count >= 20, 1, 0)` shows one row of many.
 */
export const ruleArbitraryRows: Check = {
  name: 'rule arbitrary rows',
  run: ({ rules }) => rules.flatMap(arbitraryIssues),
};

function arbitraryIssues(file: RuleFile): readonly Issue[] {
  const { plan, text } = file.query;
  if (plan === undefined) return [];
  const keeps = partsOf(plan).plans.some(
    (part) => part.operator === 'sample' || (part.operator === 'take' && !isOrdered(part.input)),
  );
  if (!keeps) return [];
  const start = codeText(text).search(/\b(?:take|limit|sample|sample-distinct)\b/);
  const span = start < 0 ? undefined : { start, end: start };
  const hint = 'Say which rows: top N by, or arg_max(); test a threshold with summarize and where.';
  return [ruleQuery(file).report('rule-arbitrary-rows', span, 'the query keeps any rows that come first', hint)];
}

/** Whether the rows come in an order that the query has asked for. */
function isOrdered(plan: Plan): boolean {
  switch (plan.operator) {
    case 'sort':
    case 'top':
      return true;
    case 'where':
    case 'extend':
    case 'project':
    case 'take':
      return isOrdered(plan.input);
    default:
      return false;
  }
}

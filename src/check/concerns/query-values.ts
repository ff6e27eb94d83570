import type { Check } from '../check.ts';
import type { Issue } from '../issue.ts';
import { admits, askedValues } from '../query/asked-values.ts';
import { type CheckedQuery, checkedQueries, ruleQuery } from '../query/checked-query.ts';
import { type ImpossibleValue, impossibleValues, type ValuePair, valuePairs } from '../query/known-values.ts';

/** Columns are compared with values that they have; a rule, which has to find all, with all that mean the same. */
export const queryValues: Check = {
  name: 'query values',
  run: (context) => [
    ...checkedQueries(context).flatMap((query) => impossibleValues.flatMap((row) => impossibleIssues(query, row))),
    ...context.rules.flatMap((file) => valuePairs.flatMap((row) => pairIssues(ruleQuery(file), row))),
  ],
};

function impossibleIssues({ analysis: { plan }, report }: CheckedQuery, row: ImpossibleValue): readonly Issue[] {
  const asked = plan === undefined ? [] : askedValues(plan, row.columns);
  return asked
    .filter(({ value }) => row.pattern.test(value))
    .map(({ value, span }) => report('query-value', span, `${JSON.stringify(value)}: ${row.message}`, row.hint));
}

function pairIssues({ analysis: { plan }, report }: CheckedQuery, row: ValuePair): readonly Issue[] {
  const asked = plan === undefined ? [] : askedValues(plan, row.columns);
  const one = asked.find((value) => admits(value, row.asked));
  if (one === undefined || asked.some((value) => admits(value, row.counterpart))) return [];
  return [report('query-value-missing', one.span, row.message, row.hint)];
}

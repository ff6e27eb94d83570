import type { Check } from '../check.ts';
import type { Issue } from '../issue.ts';
import { type CheckedQuery, checkedQueries } from '../query/checked-query.ts';
import { type Comparison, comparisonsOf } from '../query/comparisons.ts';
import type { Expression } from '../query/plan.ts';

/** Numbers are compared with numbers and text with text: KQL converts one of them, and often not the one that is meant. */
export const queryComparison: Check = {
  name: 'query comparisons',
  run: (context) => checkedQueries(context).flatMap(comparisonIssues),
};

function comparisonIssues({ analysis: { plan, text }, report }: CheckedQuery): readonly Issue[] {
  const comparisons = plan === undefined ? [] : comparisonsOf(plan);
  return comparisons.filter(isMixed).map(({ left, span }) => {
    const leftIsText = kindsOf(left).has('text');
    const message = `${text.slice(span.start, span.end)} compares ${leftIsText ? 'text with a number' : 'a number with text'}`;
    const hint = leftIsText
      ? 'Put the value into quotes, or convert the column with toint().'
      : 'Write the value without quotes.';
    return report('query-comparison', span, message, hint);
  });
}

function isMixed({ left, others }: Comparison): boolean {
  const leftKinds = kindsOf(left);
  return others.some((other) => {
    const kinds = kindsOf(other);
    return (leftKinds.has('text') && kinds.has('number')) || (leftKinds.has('number') && kinds.has('text'));
  });
}

/** Whether values are numbers or text, as far as that is known; a list of constants may hold both. */
function kindsOf(expression: Expression): ReadonlySet<'number' | 'text'> {
  const { type } = expression;
  if (type === 'int' || type === 'long' || type === 'real' || type === 'decimal') return new Set(['number']);
  if (type === 'string') return new Set(['text']);
  const items: readonly unknown[] =
    expression.kind === 'literal' && Array.isArray(expression.value) ? expression.value : [];
  return new Set(
    items.flatMap((item) => {
      if (typeof item === 'string') return ['text'] as const;
      return typeof item === 'number' || typeof item === 'bigint' ? (['number'] as const) : [];
    }),
  );
}

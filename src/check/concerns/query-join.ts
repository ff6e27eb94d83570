import type { Check, CheckContext } from '../check.ts';
import type { Issue } from '../issue.ts';
import { type CheckedQuery, checkedQueries } from '../query/checked-query.ts';
import { codeText } from '../query/code-text.ts';
import { type Expression, type PlanOf, partsOf } from '../query/plan.ts';
import { isConstantIn, isUniqueOn } from '../query/unique-keys.ts';

type Join = PlanOf<'join'>;

/**
 * A join has a bound: a key that tells rows apart, and on one side at least a single row for each of its values.
 * Otherwise n rows of a key on one side and m on the other give n × m, and an attacker chooses n and m.
 */
export const queryJoin: Check = {
  name: 'query joins',
  run: (context: CheckContext) => checkedQueries(context).flatMap(joinIssues),
};

function joinIssues({ analysis: { plan, text }, report }: CheckedQuery): readonly Issue[] {
  const joins = plan === undefined ? [] : partsOf(plan).plans.filter((part) => part.operator === 'join');
  const starts = [...codeText(text).matchAll(/\b(?:join|lookup)\b/g)].map(({ index }) => index);
  // Which join of several is meant, a plan does not say.
  const span = starts.length === 1 ? { start: starts[0] ?? 0, end: starts[0] ?? 0 } : undefined;
  return joins.flatMap((join) => {
    const fault = faultOf(join);
    return fault === undefined ? [] : [report('query-join', span, fault.message, fault.hint)];
  });
}

function faultOf(join: Join): { readonly message: string; readonly hint: string } | undefined {
  if (join.keys.every(({ left, right }) => isConstantIn(join.left, left) && isConstantIn(join.right, right))) {
    return {
      message: 'the join pairs each row of one side with each of the other: its key is a constant',
      hint: 'Join on what the rows have in common, or take a single value with toscalar().',
    };
  }
  if (!multiplies(join)) return undefined;
  const keys = join.keys.map(({ left }) => (left.kind === 'column' ? left.name : 'an expression')).join(', ');
  return {
    message: `the join can multiply rows: neither side has one row for each ${keys}`,
    hint: 'Summarize one side by the key first.',
  };
}

/** innerunique keeps one row of the left side for each key; semi and anti joins only keep or drop rows. */
function multiplies({ kind, left, right, keys }: Join): boolean {
  if (kind !== 'inner' && kind !== 'leftouter' && kind !== 'rightouter' && kind !== 'fullouter') return false;
  const columns = (side: 'left' | 'right'): readonly number[] => keys.flatMap((key) => indexOf(key[side]));
  return !isUniqueOn(left, columns('left')) && !isUniqueOn(right, columns('right'));
}

const indexOf = (expression: Expression): readonly number[] => (expression.kind === 'column' ? [expression.index] : []);

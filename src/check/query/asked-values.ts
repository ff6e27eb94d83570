import type { Span } from '../../kql/index.ts';
import { originsOf } from './column-origin.ts';
import { comparisonsOf } from './comparisons.ts';
import type { ValueColumn } from './known-values.ts';
import type { Expression, Plan } from './plan.ts';

/** A constant that a query asks a column for. */
export type AskedValue = { readonly operator: string; readonly value: string; readonly span: Span };

/** The constants that the query compares any of the columns with, also under another name or in lower case. */
export function askedValues(query: Plan, columns: ValueColumn): readonly AskedValue[] {
  return comparisonsOf(query).flatMap(({ operator, left, others, input, span }) => {
    const asksColumn = originsOf({ expression: left, input }).some((origin) =>
      columns.some(([table, column]) => origin.table === table && origin.column === column),
    );
    return asksColumn ? others.flatMap(textsOf).map((value) => ({ operator, value, span })) : [];
  });
}

function textsOf(expression: Expression): readonly string[] {
  if (expression.kind !== 'literal') return [];
  const items: readonly unknown[] = Array.isArray(expression.value) ? expression.value : [expression.value];
  return items.filter((item) => typeof item === 'string');
}

/** Whether the comparison holds for the text. */
export function admits({ operator, value }: AskedValue, text: string): boolean {
  const [held, wanted] = /^(?:==|=|in|.*_cs)$/.test(operator)
    ? [text, value]
    : [text.toLowerCase(), value.toLowerCase()];
  if (operator.startsWith('startswith')) return held.startsWith(wanted);
  if (operator.startsWith('endswith')) return held.endsWith(wanted);
  if (/^(?:has|contains)/.test(operator)) return held.includes(wanted);
  return !operator.startsWith('!') && held === wanted;
}

import { isTime, originsOf } from './column-origin.ts';
import { type Call, type Expression, type Plan, partsOf, type Site, subexpressionsOf } from './plan.ts';
import { offsetOf } from './time-offset.ts';

/** Operators that compare their first argument with all that follow. */
const comparing =
  /^!?(?:==|=~|=|~|<=?|>=?|in~?|has|has_cs|hasprefix(?:_cs)?|hassuffix(?:_cs)?|contains(?:_cs)?|startswith(?:_cs)?|endswith(?:_cs)?)$/;

/** A comparison of a value with others. */
export type Comparison = {
  readonly operator: string;
  readonly left: Expression;
  readonly others: readonly Expression[];
  readonly input: Plan | undefined;
  readonly span: Call['span'];
};

/** Every comparison of a query, wherever it stands. */
export function comparisonsOf(query: Plan): readonly Comparison[] {
  return partsOf(query).sites.flatMap(({ expression, input }) =>
    subexpressionsOf(expression).flatMap((part) => {
      if (part.kind !== 'call' || !comparing.test(part.function.name) || part.arguments.length < 2) return [];
      const [left, ...others] = part.arguments;
      return [{ operator: part.function.name, left: left as Expression, others, input, span: part.span }];
    }),
  );
}

/** A bound that a query sets to the time of rows, in ticks after now(). */
export type TimeBound = { readonly side: 'from' | 'to'; readonly offsetTicks: bigint; readonly span: Call['span'] };

/** The bounds by now() that comparisons set to TimeGenerated, or to what comes from it (its bins, its first and last). */
export function timeBoundsOf(query: Plan): readonly TimeBound[] {
  return comparisonsOf(query).flatMap(({ operator, left, others: [right], input, span }) => {
    if (right === undefined) return [];
    const bound =
      boundOf(operator, { expression: left, input }, right) ??
      boundOf(mirrored[operator] ?? '', { expression: right, input }, left);
    return bound === undefined ? [] : [{ ...bound, span }];
  });
}

const mirrored: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

function boundOf(operator: string, time: Site, limit: Expression): Omit<TimeBound, 'span'> | undefined {
  if (!/^[<>]=?$/.test(operator) || !originsOf(time).some(isTime)) return undefined;
  const offsetTicks = offsetOf(limit);
  return offsetTicks === undefined ? undefined : { side: operator.startsWith('>') ? 'from' : 'to', offsetTicks };
}

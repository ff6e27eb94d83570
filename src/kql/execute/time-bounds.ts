import { constantValue } from '../expression/compile.ts';
import type { Expression } from '../plan/expression.ts';
import type { Plan } from '../plan/plan.ts';
import type { QueryContext } from '../query-context.ts';

/** What a conjunction says of one datetime column: from <= value < to. */
export type TimeBounds = { readonly column: number; readonly fromTicks?: bigint; readonly toTicks?: bigint };

/** The bounds that comparisons with constants set to datetime columns; the comparisons themselves still apply. */
export function timeBoundsOf(conjuncts: readonly Expression[], context: QueryContext): readonly TimeBounds[] {
  return conjuncts.flatMap((conjunct): readonly TimeBounds[] => {
    if (conjunct.kind !== 'call' || conjunct.arguments.length !== 2) return [];
    const [left, right] = conjunct.arguments as [Expression, Expression];
    const { name } = conjunct.function;
    if (isTimeColumn(left)) return boundOf(name, left.index, constantValue(right, context));
    return isTimeColumn(right) ? boundOf(mirrored[name] ?? '', right.index, constantValue(left, context)) : [];
  });
}

type TimeColumn = Extract<Expression, { kind: 'column' }>;

const isTimeColumn = (expression: Expression): expression is TimeColumn =>
  expression.kind === 'column' && expression.type === 'datetime';

const mirrored: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '==': '==' };

function boundOf(operator: string, column: number, value: unknown): readonly TimeBounds[] {
  if (typeof value !== 'bigint') return [];
  switch (operator) {
    case '>=':
      return [{ column, fromTicks: value }];
    case '>':
      return [{ column, fromTicks: value + 1n }];
    case '<':
      return [{ column, toTicks: value }];
    case '<=':
      return [{ column, toTicks: value + 1n }];
    case '==':
      return [{ column, fromTicks: value, toTicks: value + 1n }];
    default:
      return [];
  }
}

/**
 * The plan with the bounds told to the table that it reads, through operators that pass rows on one by one. Shared
 * results (materialize) are left alone: others read them too.
 */
export function withTimeBounds(plan: Plan, bounds: readonly TimeBounds[]): Plan {
  if (bounds.length === 0) return plan;
  switch (plan.operator) {
    case 'table':
      return { ...plan, timeBounds: [...(plan.timeBounds ?? []), ...bounds] };
    case 'where':
      return { ...plan, input: withTimeBounds(plan.input, bounds) };
    case 'project': {
      const sources = plan.outputs.map(({ expression }) => expression);
      return { ...plan, input: withTimeBounds(plan.input, moveBounds(bounds, sources)) };
    }
    case 'extend': {
      const sources = plan.columns.map(({ name, type }, index): Expression => {
        const output = plan.outputs.findLast((candidate) => candidate.name === name);
        return output?.expression ?? { kind: 'column', type, name, index };
      });
      return { ...plan, input: withTimeBounds(plan.input, moveBounds(bounds, sources)) };
    }
    case 'union':
      return {
        ...plan,
        inputs: plan.inputs.map(({ plan: input, outputs }) => {
          const sources = outputs.map(({ expression }) => expression);
          return { plan: withTimeBounds(input, moveBounds(bounds, sources)), outputs };
        }),
      };
    default:
      return plan;
  }
}

/** The bounds on the columns that these come from; a computed column keeps none. */
const moveBounds = (bounds: readonly TimeBounds[], sources: readonly Expression[]): readonly TimeBounds[] =>
  bounds.flatMap((bound) => {
    const source = sources[bound.column];
    return source !== undefined && isTimeColumn(source) ? [{ ...bound, column: source.index }] : [];
  });

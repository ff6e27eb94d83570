import type { ColumnDefinition } from '../values/value.ts';
import { type Expression, type NamedExpression, usesWindow } from './expression.ts';
import { columnOutput } from './outputs.ts';
import type { AggregateOutput, Plan } from './plan.ts';
import { expressionsOf } from './walk-plan.ts';

/**
 * prev(), row_number() and their like read all rows in their order. extend, project and where hold their whole input where
 * they call one; the operators here take rows in batches or in groups, so that the calls become columns of their input.
 */
export function hoistWindows(plan: Plan): Plan {
  if (!hoisted.has(plan.operator) || !expressionsOf(plan).some(usesWindow)) return plan;
  const hoist = createHoist((plan as { input: Plan }).input.columns);
  const rewritten = rewrite(plan, hoist.expression);
  const input = hoist.over((plan as { input: Plan }).input);
  if (plan.operator !== 'top') return { ...rewritten, input } as Plan;
  // Its rows are those of its input, the new columns among them.
  const top = { ...rewritten, input, columns: input.columns } as Plan;
  return { operator: 'project', columns: plan.columns, input: top, outputs: plan.columns.map(columnOutput) };
}

const hoisted: ReadonlySet<Plan['operator']> = new Set([
  'summarize',
  'make-series',
  'mv-expand',
  'parse',
  'parse-kv',
  'top-nested',
  'partition',
  'top',
]);

type Rewrite = (expression: Expression) => Expression;

function createHoist(columns: readonly ColumnDefinition[]): { expression: Rewrite; over: (input: Plan) => Plan } {
  const outputs: NamedExpression[] = [];
  const expression: Rewrite = (part) => {
    if (!usesWindow(part)) return part;
    if (part.kind === 'call') return { ...part, arguments: part.arguments.map(expression) };
    const name = `$window${outputs.length}`;
    outputs.push({ name, expression: part });
    return { kind: 'column', type: part.type, name, index: columns.length + outputs.length - 1 };
  };
  const over = (input: Plan): Plan => ({
    operator: 'extend',
    columns: [...columns, ...outputs.map((output) => ({ name: output.name, type: output.expression.type }))],
    input,
    outputs,
    serializes: false,
  });
  return { expression, over };
}

function rewrite(plan: Plan, expression: Rewrite): Plan {
  const named = (output: NamedExpression): NamedExpression => ({
    ...output,
    expression: expression(output.expression),
  });
  const aggregate = (output: AggregateOutput): AggregateOutput => ({
    ...output,
    arguments: output.arguments.map(expression),
  });
  switch (plan.operator) {
    case 'summarize':
      return { ...plan, keys: plan.keys.map(named), aggregates: plan.aggregates.map(aggregate) };
    case 'make-series':
      return {
        ...plan,
        axis: expression(plan.axis),
        keys: plan.keys.map(named),
        series: plan.series.map((series) => ({ ...series, aggregate: aggregate(series.aggregate) })),
      };
    case 'mv-expand':
      return {
        ...plan,
        expansions: plan.expansions.map((item) => ({ ...item, expression: expression(item.expression) })),
      };
    case 'parse':
    case 'parse-kv':
      return { ...plan, source: expression(plan.source) };
    case 'top-nested':
      return {
        ...plan,
        levels: plan.levels.map((level) => ({
          ...level,
          of: expression(level.of),
          aggregates: level.aggregates.map(aggregate),
        })),
      };
    case 'top':
      return { ...plan, keys: plan.keys.map((key) => ({ ...key, expression: expression(key.expression) })) };
    case 'partition':
      return { ...plan, by: expression(plan.by) };
    default:
      return plan;
  }
}

import type { Expression, Plan, PlanOf, Site } from './plan.ts';

/** A column of a table. */
export type Origin = { readonly table: string; readonly column: string };

/** Whether the column says when a row's event happened: by it the service cuts what a rule sees. */
export const isTime = ({ column }: Origin): boolean => column === 'TimeGenerated';

/** Functions whose result is one of their arguments, or says the same in another form; the arguments that count. */
const passing: Readonly<Record<string, (argumentCount: number) => readonly number[]>> = {
  bin: () => [0],
  case: (count) =>
    Array.from({ length: count }, (_, index) => index).filter((index) => index % 2 === 1 || index === count - 1),
  coalesce: (count) => Array.from({ length: count }, (_, index) => index),
  iff: () => [1, 2],
  startofday: () => [0],
  startofweek: () => [0],
  tolower: () => [0],
  tostring: () => [0],
  toupper: () => [0],
  trim: () => [1],
};

/** Aggregates that pick one of the values. */
const picking: readonly string[] = ['arg_max', 'arg_min', 'max', 'maxif', 'min', 'minif', 'take_any', 'take_anyif'];

/** The columns of tables whose values the expression hands on; none for what is computed. */
export function originsOf({ expression, input }: Site): readonly Origin[] {
  if (expression.kind === 'column') return input === undefined ? [] : columnOrigins(input, expression.index);
  if (expression.kind !== 'call') return [];
  const { name } = expression.function;
  const counting = Object.hasOwn(passing, name) ? (passing[name]?.(expression.arguments.length) ?? []) : [];
  return counting.flatMap((index) => argumentOrigins(expression.arguments[index], input));
}

const argumentOrigins = (expression: Expression | undefined, input: Plan | undefined): readonly Origin[] =>
  expression === undefined ? [] : originsOf({ expression, input });

function columnOrigins(plan: Plan, index: number): readonly Origin[] {
  switch (plan.operator) {
    case 'table':
      return [{ table: plan.name, column: plan.columns[index]?.name ?? '' }];
    case 'extend': {
      const name = plan.columns[index]?.name;
      const output = plan.outputs.findLast((candidate) => candidate.name === name);
      return output === undefined ? columnOrigins(plan.input, index) : originsOf({ ...output, input: plan.input });
    }
    case 'project':
      return argumentOrigins(plan.outputs[index]?.expression, plan.input);
    case 'summarize':
      return groupOrigins(plan, plan.outputs[index]?.expression);
    case 'join': {
      const output = plan.outputs[index];
      return output === undefined ? [] : columnOrigins(plan[output.side], output.index);
    }
    case 'union':
      return plan.inputs.flatMap(({ plan: input, outputs }) => argumentOrigins(outputs[index]?.expression, input));
    case 'where':
    case 'sort':
    case 'top':
    case 'take':
    case 'sample':
    case 'materialize':
    case 'render':
      return columnOrigins(plan.input, index);
    case 'mv-expand':
      return plan.expansions.some((expansion) => expansion.index === index) || index >= plan.input.columns.length
        ? []
        : columnOrigins(plan.input, index);
    case 'parse':
      return index < plan.input.columns.length ? columnOrigins(plan.input, index) : [];
    default:
      // Of the rest nobody can tell in general; a check that asks then has nothing to say.
      return [];
  }
}

/** Of a column over groups: the keys come first, then what the aggregates give, in their order. */
function groupOrigins(plan: PlanOf<'summarize'>, expression: Expression | undefined): readonly Origin[] {
  if (expression?.kind !== 'column') return [];
  const key = plan.keys[expression.index];
  if (key !== undefined) return originsOf({ expression: key.expression, input: plan.input });
  let first = plan.keys.length;
  for (const { names, function: aggregate, arguments: args } of plan.aggregates) {
    if (expression.index < first + names.length) {
      return picking.includes(aggregate.name) ? argumentOrigins(args[expression.index - first], plan.input) : [];
    }
    first += names.length;
  }
  return [];
}

import type { Expression, Plan, PlanOf } from './plan.ts';

/** Whether the plan has at most one row for each combination of values of the columns, as far as its text tells. */
export function isUniqueOn(plan: Plan, columns: readonly number[]): boolean {
  switch (plan.operator) {
    case 'summarize':
      return isKey(plan, columns);
    case 'count':
    case 'print':
    case 'rows':
    case 'range':
      // One row, or rows that stand in the query: as many as somebody has written down.
      return true;
    case 'where':
    case 'sort':
    case 'top':
    case 'take':
    case 'materialize':
      return isUniqueOn(plan.input, columns);
    case 'extend':
      return isUniqueOn(
        plan.input,
        columns.filter((column) => !isReplaced(plan, column)),
      );
    case 'project': {
      const sources = columns.flatMap((column) => columnOf(plan.outputs[column]?.expression));
      return isUniqueOn(plan.input, sources);
    }
    default:
      return false;
  }
}

/** The groups of summarize are told apart by its keys: all of them have to be among the columns. */
function isKey({ keys, outputs }: PlanOf<'summarize'>, columns: readonly number[]): boolean {
  const groupColumns = columns.flatMap((column) => columnOf(outputs[column]?.expression));
  return keys.every((_, key) => groupColumns.includes(key));
}

const columnOf = (expression: Expression | undefined): readonly number[] =>
  expression?.kind === 'column' ? [expression.index] : [];

function isReplaced({ columns, outputs, input }: PlanOf<'extend'>, column: number): boolean {
  return column >= input.columns.length || outputs.some(({ name }) => name === columns[column]?.name);
}

/** Whether the column has the same constant in each row. */
export function isConstant(plan: Plan, column: number): boolean {
  switch (plan.operator) {
    case 'extend': {
      const output = plan.outputs.findLast(({ name }) => name === plan.columns[column]?.name);
      return output === undefined ? isConstant(plan.input, column) : isConstantIn(plan.input, output.expression);
    }
    case 'project':
      return isConstantIn(plan.input, plan.outputs[column]?.expression);
    case 'where':
    case 'sort':
    case 'materialize':
      return isConstant(plan.input, column);
    default:
      return false;
  }
}

export function isConstantIn(input: Plan, expression: Expression | undefined): boolean {
  if (expression?.kind === 'column') return isConstant(input, expression.index);
  return expression?.kind === 'literal';
}

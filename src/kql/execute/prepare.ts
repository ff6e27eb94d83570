import { valueAt } from '../columns/column.ts';
import type { Lifetime } from '../columns/scratch.ts';
import { compileExpression, type Evaluator } from '../expression/compile.ts';
import { type Expression, literal } from '../plan/expression.ts';
import type { QueryContext } from '../query-context.ts';
import { convertValue, toDynamic } from '../values/convert.ts';
import type { Value } from '../values/value.ts';
import { collect } from './collect.ts';
import { once } from './materialize.ts';

/** Runs the subqueries inside an expression, then compiles it. */
export async function prepareExpression(
  expression: Expression,
  context: QueryContext,
  lifetime: Lifetime = 'always',
): Promise<Evaluator> {
  return compileExpression(await resolveSubqueries(expression, context), context, lifetime);
}

export const prepareAll = (
  expressions: readonly Expression[],
  context: QueryContext,
  lifetime: Lifetime = 'always',
): Promise<Evaluator[]> =>
  Promise.all(expressions.map((expression) => prepareExpression(expression, context, lifetime)));

/** The value of an expression that reads no row. */
export async function prepareValue(expression: Expression, context: QueryContext): Promise<Value> {
  const evaluate = await prepareExpression(expression, context);
  const vector = evaluate({ columns: [], rowCount: 1 } as never);
  return valueAt(vector, 0);
}

/** The expression with each subquery replaced by its result; a subquery runs once a run of the query. */
export async function resolveSubqueries(expression: Expression, context: QueryContext): Promise<Expression> {
  switch (expression.kind) {
    case 'literal':
    case 'column':
      return expression;
    case 'call':
    case 'window': {
      if (!expression.arguments.some(hasSubquery)) return expression;
      const args = await Promise.all(expression.arguments.map((arg) => resolveSubqueries(arg, context)));
      return { ...expression, arguments: args };
    }
    case 'toscalar':
      return literal(
        expression.type,
        await once(expression, expression.plan, context, () => firstValue(expression, context)),
      );
    case 'column-values':
      return literal(
        'dynamic',
        await once(expression, expression.plan, context, () => firstColumn(expression, context)),
      );
    default:
      return expression satisfies never;
  }
}

function hasSubquery(expression: Expression): boolean {
  if (expression.kind === 'toscalar' || expression.kind === 'column-values') return true;
  return (expression.kind === 'call' || expression.kind === 'window') && expression.arguments.some(hasSubquery);
}

type ToScalar = Extract<Expression, { kind: 'toscalar' }>;

/** The first column of the first row; null of an empty table. */
async function firstValue(expression: ToScalar, context: QueryContext): Promise<Value> {
  const table = await collect(expression.plan, context);
  const value = table.rowCount === 0 || table.columns.length === 0 ? null : valueAt(table.column(0), 0);
  return convertValue(value, expression.plan.columns[0]?.type ?? expression.type, expression.type);
}

async function firstColumn(
  expression: Extract<Expression, { kind: 'column-values' }>,
  context: QueryContext,
): Promise<Value> {
  const table = await collect(expression.plan, context);
  const type = expression.plan.columns[0]?.type ?? 'dynamic';
  return Array.from({ length: table.rowCount }, (_, row) => toDynamic(valueAt(table.column(0), row), type));
}

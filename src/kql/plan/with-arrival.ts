import { ARRIVAL_COLUMN } from '../catalog.ts';
import type { ColumnDefinition } from '../values/value.ts';
import { literal, type NamedExpression } from './expression.ts';
import { columnOutput, definitionsOf } from './outputs.ts';
import type { MvExpandPlan, Plan } from './plan.ts';

/** One arrival-aware plan a plan: a materialized result that is read twice is still computed once. */
const widened = new WeakMap<Plan, Plan | undefined>();

/**
 * The plan with the arrival time of its rows as a further last column, which only ingestion_time() reads. Undefined where
 * an operator makes rows of its own, so that no row of a table stands behind them. Rows of no table have null.
 */
export function withArrival(plan: Plan): Plan | undefined {
  if (!widened.has(plan)) widened.set(plan, widen(plan));
  return widened.get(plan);
}

function widen(plan: Plan): Plan | undefined {
  switch (plan.operator) {
    case 'table':
      return { ...plan, columns: [...plan.columns, ARRIVAL_COLUMN], withArrival: true };
    case 'rows':
    case 'print':
    case 'range':
    case 'externaldata':
      return projectTo(plan, [
        ...plan.columns.map(columnOutput),
        { name: ARRIVAL_COLUMN.name, expression: literal('datetime', null) },
      ]);
    case 'union':
      return widenUnion(plan);
    case 'where':
    case 'take':
    case 'sort':
    case 'top':
    case 'sample':
    case 'render':
    case 'materialize':
    case 'project':
    case 'extend':
    case 'parse':
    case 'parse-kv':
    case 'mv-expand':
      return widenUnary(plan);
    default:
      return undefined;
  }
}

type RowWise = Extract<
  Plan,
  {
    operator:
      | 'where'
      | 'take'
      | 'sort'
      | 'top'
      | 'sample'
      | 'render'
      | 'materialize'
      | 'project'
      | 'extend'
      | 'parse'
      | 'parse-kv'
      | 'mv-expand';
  }
>;

function widenUnary(plan: RowWise): Plan | undefined {
  const own = arrivalIndex(plan.input);
  const input = own < 0 ? withArrival(plan.input) : plan.input;
  if (input === undefined) return undefined;
  const at = own < 0 ? plan.input.columns.length : own;
  switch (plan.operator) {
    case 'project': {
      const outputs = [...plan.outputs, columnOutput(ARRIVAL_COLUMN, at)];
      return { ...plan, input, outputs, columns: definitionsOf(outputs) };
    }
    case 'extend':
    case 'parse':
    case 'parse-kv':
      return arrivalLast({ ...plan, input, columns: insertArrival(plan.columns, at) }, at);
    case 'mv-expand':
      return arrivalLast({ ...shiftExpansions(plan, at), input, columns: insertArrival(plan.columns, at) }, at);
    default:
      return { ...plan, input, columns: input.columns };
  }
}

/** Where the arrival time stands in a plan that has it: an operator that called ingestion_time() stands on such plans. */
const arrivalIndex = ({ columns }: Plan): number => columns.findIndex(({ name }) => name === ARRIVAL_COLUMN.name);

/** These operators keep their input's columns in place and add theirs behind them. */
const insertArrival = (columns: readonly ColumnDefinition[], at: number): readonly ColumnDefinition[] => [
  ...columns.slice(0, at),
  ARRIVAL_COLUMN,
  ...columns.slice(at),
];

function shiftExpansions(plan: MvExpandPlan, at: number): MvExpandPlan {
  const shifted = (index: number): number => (index < at ? index : index + 1);
  return {
    ...plan,
    expansions: plan.expansions.map(({ index, expression }) => ({ index: shifted(index), expression })),
    itemIndex: plan.itemIndex === undefined ? undefined : shifted(plan.itemIndex),
  };
}

function arrivalLast(plan: Plan, at: number): Plan {
  if (at === plan.columns.length - 1) return plan;
  const outputs = plan.columns.map(columnOutput);
  return projectTo(plan, [...outputs.slice(0, at), ...outputs.slice(at + 1), columnOutput(ARRIVAL_COLUMN, at)]);
}

function widenUnion(plan: Extract<Plan, { operator: 'union' }>): Plan | undefined {
  const inputs: (typeof plan.inputs)[number][] = [];
  for (const { plan: narrow, outputs } of plan.inputs) {
    const input = withArrival(narrow);
    if (input === undefined) return undefined;
    inputs.push({ plan: input, outputs: [...outputs, columnOutput(ARRIVAL_COLUMN, narrow.columns.length)] });
  }
  return { ...plan, columns: [...plan.columns, ARRIVAL_COLUMN], inputs };
}

/** The plan without the column that withArrival() gave its input. */
export function withoutArrival(plan: Plan): Plan {
  if (arrivalIndex(plan) < 0) return plan;
  const kept = plan.columns.map(columnOutput).filter(({ name }) => name !== ARRIVAL_COLUMN.name);
  return projectTo(plan, kept);
}

const projectTo = (input: Plan, outputs: readonly NamedExpression[]): Plan => ({
  operator: 'project',
  columns: definitionsOf(outputs),
  input,
  outputs,
});

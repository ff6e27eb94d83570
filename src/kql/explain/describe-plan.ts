import type { Expression, NamedExpression } from '../plan/expression.ts';
import type { AggregateOutput, Plan, SortKey } from '../plan/plan.ts';
import { describeExpression } from './describe-expression.ts';

/** What an operator does, in one line without its name: its columns, keys and conditions. */
export function describePlan(plan: Plan): string {
  switch (plan.operator) {
    case 'table':
      return plan.name;
    case 'rows':
      return `datatable of ${plan.columns.length} columns`;
    case 'where':
      return describeExpression(plan.predicate);
    case 'extend':
    case 'print':
      return describeOutputs(plan.outputs);
    case 'project':
      return plan.outputs.map(describeProjected).join(', ');
    case 'range':
      return `from ${[plan.from, plan.to, plan.step].map(describeExpression).join(', ')}`;
    case 'summarize':
      return [plan.aggregates.map(describeAggregate).join(', '), describeBy(plan.keys)].filter(Boolean).join(' ');
    case 'take':
    case 'sample':
      return describeExpression(plan.count);
    case 'sort':
      return `by ${plan.keys.map(describeKey).join(', ')}`;
    case 'top':
      return `${describeExpression(plan.count)} by ${plan.keys.map(describeKey).join(', ')}`;
    case 'join':
      return `kind=${plan.kind} on ${plan.keys.map(({ left, right }) => describePair(left, right)).join(', ')}`;
    case 'mv-expand':
      return plan.expansions.map(({ expression }) => describeExpression(expression)).join(', ');
    case 'parse':
    case 'parse-kv':
      return describeExpression(plan.source);
    case 'make-series':
      return `${plan.series.map(({ aggregate }) => describeAggregate(aggregate)).join(', ')} on ${plan.axisName} ${describeBy(plan.keys)}`.trimEnd();
    case 'partition':
      return `by ${describeExpression(plan.by)}`;
    case 'render':
      return plan.chart;
    case 'externaldata':
      return plan.uris.join(', ');
    case 'evaluate':
      return plan.plugin.name;
    default:
      return '';
  }
}

const describeOutputs = (outputs: readonly NamedExpression[]): string =>
  outputs.map(({ name, expression }) => `${name} = ${describeExpression(expression)}`).join(', ');

const describeProjected = ({ name, expression }: NamedExpression): string =>
  expression.kind === 'column' && expression.name === name ? name : `${name} = ${describeExpression(expression)}`;

const describeAggregate = ({ function: { name }, arguments: args }: AggregateOutput): string =>
  `${name}(${args.map(describeExpression).join(', ')})`;

const describeBy = (keys: readonly NamedExpression[]): string =>
  keys.length === 0 ? '' : `by ${keys.map(describeProjected).join(', ')}`;

const describeKey = ({ expression, direction }: SortKey): string => `${describeExpression(expression)} ${direction}`;

const describePair = (left: Expression, right: Expression): string => {
  const [first, second] = [describeExpression(left), describeExpression(right)];
  return first === second ? first : `${first} == ${second}`;
};

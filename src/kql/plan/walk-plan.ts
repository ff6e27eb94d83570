import type { Expression } from './expression.ts';
import type { AggregateOutput, EvaluateArgument, Plan } from './plan.ts';

/** The plans whose rows a plan reads, in the order of the query's text. */
export function inputsOf(plan: Plan): readonly Plan[] {
  switch (plan.operator) {
    case 'table':
    case 'rows':
    case 'print':
    case 'range':
    case 'bound-input':
    case 'externaldata':
      return [];
    case 'join':
      return [plan.left, plan.right];
    case 'union':
      return plan.inputs.map((input) => input.plan);
    case 'mv-apply':
    case 'partition':
      return [plan.input, plan.subquery];
    case 'evaluate':
      return [plan.input, ...plan.arguments.flatMap((argument) => (argument.kind === 'table' ? [argument.plan] : []))];
    default:
      return [plan.input];
  }
}

/** The expressions of a plan that are computed for its rows. */
export function expressionsOf(plan: Plan): readonly Expression[] {
  switch (plan.operator) {
    case 'print':
    case 'extend':
    case 'project':
      return plan.outputs.map(({ expression }) => expression);
    case 'range':
      return [plan.from, plan.to, plan.step];
    case 'where':
      return [plan.predicate];
    case 'summarize':
      return [...plan.keys, ...plan.outputs].map(({ expression }) => expression).concat(ofAggregates(plan.aggregates));
    case 'take':
    case 'sample':
      return [plan.count];
    case 'sort':
      return plan.keys.map(({ expression }) => expression);
    case 'top':
      return [plan.count, ...plan.keys.map(({ expression }) => expression)];
    case 'join':
      return plan.keys.flatMap(({ left, right }) => [left, right]);
    case 'union':
      return plan.inputs.flatMap(({ outputs }) => outputs.map(({ expression }) => expression));
    case 'mv-expand':
      return [...plan.expansions.map(({ expression }) => expression), ...present(plan.limit)];
    case 'parse':
    case 'parse-kv':
      return [plan.source];
    case 'partition':
      return [plan.by];
    case 'make-series':
      return [
        plan.axis,
        ...present(plan.from, plan.to, plan.step),
        ...plan.keys.map(({ expression }) => expression),
        ...plan.series.flatMap(({ aggregate, defaultValue }) => [...aggregate.arguments, ...present(defaultValue)]),
      ];
    case 'scan':
      return [
        ...present(...plan.defaults),
        ...plan.steps.flatMap((step) => [step.condition, ...step.assignments.map(({ expression }) => expression)]),
      ];
    case 'top-nested':
      return plan.levels.flatMap(({ count, of, aggregates, others }) => [
        ...present(count, of, others),
        ...ofAggregates(aggregates),
      ]);
    case 'evaluate':
      return plan.arguments.flatMap(ofArgument);
    default:
      return [];
  }
}

const present = (...expressions: readonly (Expression | undefined)[]): readonly Expression[] =>
  expressions.filter((expression) => expression !== undefined);

const ofAggregates = (aggregates: readonly AggregateOutput[]): readonly Expression[] =>
  aggregates.flatMap((aggregate) => aggregate.arguments);

function ofArgument(argument: EvaluateArgument): readonly Expression[] {
  if (argument.kind === 'expression') return [argument.expression];
  return argument.kind === 'aggregate' ? argument.aggregate.arguments : [];
}

/** The subqueries inside an expression: toscalar(), and tables on the right of `in`. */
export function subqueriesOf(expression: Expression): readonly Plan[] {
  if (expression.kind === 'toscalar' || expression.kind === 'column-values') return [expression.plan];
  return expression.kind === 'call' || expression.kind === 'window' ? expression.arguments.flatMap(subqueriesOf) : [];
}

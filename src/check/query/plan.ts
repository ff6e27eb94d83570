import type { PreparedQuery } from '../../kql/index.ts';

/** A query as the engine would run it. */
export type Plan = NonNullable<PreparedQuery['plan']>;
export type PlanOf<Operator extends Plan['operator']> = Extract<Plan, { readonly operator: Operator }>;
export type Expression = PlanOf<'where'>['predicate'];
export type Call = Extract<Expression, { readonly kind: 'call' }>;

/** An expression of an operator, and the plan whose rows its columns are positions in, where there is one. */
export type Site = { readonly expression: Expression; readonly input: Plan | undefined };

/** What a query is made of. */
export type QueryParts = { readonly plans: readonly Plan[]; readonly sites: readonly Site[] };

const known = new WeakMap<Plan, QueryParts>();

/**
 * All operators of a query with their expressions, subqueries included; each once, however often its result is read.
 * Found once for a plan: every check asks for them, and `union *` has as many expressions as all tables have columns.
 */
export function partsOf(query: Plan): QueryParts {
  let parts = known.get(query);
  if (parts === undefined) {
    parts = findParts(query);
    known.set(query, parts);
  }
  return parts;
}

function findParts(query: Plan): QueryParts {
  const plans = new Set<Plan>();
  const sites: Site[] = [];
  const enter = (plan: Plan): void => {
    if (plans.has(plan)) return;
    plans.add(plan);
    for (const site of sitesOf(plan)) {
      sites.push(site);
      subqueriesOf(site.expression).forEach(enter);
    }
    inputsOf(plan).forEach(enter);
  };
  enter(query);
  return { plans: [...plans], sites };
}

/** The plans whose rows an operator reads. */
export const inputsOf = (plan: Plan): readonly Plan[] => nestedIn(plan).plans;

/** The operator's own expressions. */
export function sitesOf(plan: Plan): readonly Site[] {
  switch (plan.operator) {
    case 'join':
      return plan.keys.flatMap(({ left, right }) => [
        { expression: left, input: plan.left },
        { expression: right, input: plan.right },
      ]);
    case 'union':
      return plan.inputs.flatMap(({ plan: input, outputs }) =>
        outputs.map(({ expression }) => ({ expression, input })),
      );
    case 'summarize':
      // The outputs are computed from groups, not from the rows of the input.
      return [
        ...nestedIn([plan.keys, plan.aggregates]).expressions.map((expression) => ({ expression, input: plan.input })),
        ...plan.outputs.map(({ expression }) => ({ expression, input: undefined })),
      ];
    default: {
      const input = 'input' in plan ? plan.input : undefined;
      return nestedIn(plan).expressions.map((expression) => ({ expression, input }));
    }
  }
}

/** The plans that an expression runs (toscalar, `in (table)`), at any depth. */
export function subqueriesOf(expression: Expression): readonly Plan[] {
  return subexpressionsOf(expression).flatMap((part) => ('plan' in part ? [part.plan] : []));
}

/** The expression and all that stand in it. */
export function subexpressionsOf(expression: Expression): readonly Expression[] {
  return 'arguments' in expression ? [expression, ...expression.arguments.flatMap(subexpressionsOf)] : [expression];
}

const expressionKinds: readonly unknown[] = ['literal', 'column', 'call', 'window', 'toscalar', 'column-values'];

type Nested = { readonly plans: readonly Plan[]; readonly expressions: readonly Expression[] };

/** The plans and expressions in the fields of an operator; operators yet to come are searched like any other. */
function nestedIn(holder: object): Nested {
  const found = Object.values(holder).filter(isPlain).map(nestedAt);
  return { plans: found.flatMap(({ plans }) => plans), expressions: found.flatMap(({ expressions }) => expressions) };
}

function nestedAt(value: object): Nested {
  if ('operator' in value && 'columns' in value) return { plans: [value as Plan], expressions: [] };
  if ('kind' in value && expressionKinds.includes(value.kind)) {
    return { plans: [], expressions: [value as Expression] };
  }
  return nestedIn(value);
}

/** Arrays and records; functions, plugins and batches of rows are no parts of a query. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return true;
  return Object.getPrototypeOf(value) === Object.prototype && !('overloads' in value) && !('page' in value);
}

import { convertValue, type Value } from '../kql/index.ts';
import type { Expression, FunctionCall, Literal } from '../kql/plan/expression.ts';
import type { Plan, WherePlan } from '../kql/plan/plan.ts';

export type ThresholdOperator = '<' | '<=' | '>' | '>=';

/** A comparison with a constant in a `where`: what a row must reach there, or stay under. */
export type Threshold = {
  /** As it stands in the query, with the measured side first: `Calls >= 200`. */
  readonly text: string;
  readonly operator: ThresholdOperator;
  readonly limit: Value;
  readonly type: MeasuredType;
  readonly where: WherePlan;
  readonly comparison: FunctionCall;
  readonly measured: Expression;
};

const measuredTypes = ['int', 'long', 'real', 'decimal', 'timespan'] as const;
export type MeasuredType = (typeof measuredTypes)[number];

/**
 * The thresholds of a query, in the order of its text. Comparisons inside the subqueries of mv-apply and partition are
 * left out: they have no input of their own. A comparison with a value that is itself computed is none.
 */
export function findThresholds(plan: Plan, text: string): readonly Threshold[] {
  return [...wherePlans(plan)]
    .flatMap((where) => comparisonsOf(where.predicate).flatMap((call) => thresholdOf(where, call, text)))
    .sort((a, b) => a.comparison.span.start - b.comparison.span.start);
}

/** Every `where` that has an input of its own, each once however often its result is read. */
function wherePlans(part: unknown, found = new Set<WherePlan>(), seen = new Set<unknown>()): ReadonlySet<WherePlan> {
  if (typeof part !== 'object' || part === null || seen.has(part)) return found;
  seen.add(part);
  if (Array.isArray(part)) for (const item of part) wherePlans(item, found, seen);
  else if (Object.getPrototypeOf(part) === Object.prototype) {
    if (isPlan(part) && part.operator === 'where') found.add(part);
    for (const [key, value] of Object.entries(part)) {
      if (!opaque.has(key) && key !== 'subquery') wherePlans(value, found, seen);
    }
  }
  return found;
}

/** Keys of a plan under which no plan stands, and identities that must stay what they are. */
const opaque: ReadonlySet<string> = new Set(['function', 'overload', 'plugin', 'batch', 'span', 'columns', 'key']);

const isPlan = (part: object): part is Plan => 'operator' in part && 'columns' in part;

/** The comparisons of a condition that are joined by `and` and `or`. */
function comparisonsOf(expression: Expression): readonly FunctionCall[] {
  if (expression.kind !== 'call') return [];
  const { name } = expression.function;
  if (name === 'and' || name === 'or') return expression.arguments.flatMap(comparisonsOf);
  return name in mirrored ? [expression] : [];
}

const mirrored: Readonly<Record<string, ThresholdOperator>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

function thresholdOf(where: WherePlan, comparison: FunctionCall, query: string): readonly Threshold[] {
  const [left, right] = comparison.arguments as [Expression, Expression];
  const operator = comparison.function.name as ThresholdOperator;
  const source = query.slice(comparison.span.start, comparison.span.end).replace(/\s+/g, ' ');
  const measured = right.kind === 'literal' ? left : right;
  const limit = right.kind === 'literal' ? right : left;
  const type = measuredTypes.find((name) => name === measured.type);
  if (limit.kind !== 'literal' || measured.kind === 'literal' || type === undefined) return [];
  const isFirst = measured === left;
  return [
    {
      text: source,
      operator: isFirst ? operator : (mirrored[operator] as ThresholdOperator),
      limit: limit.value,
      type,
      where,
      comparison,
      measured,
    },
  ];
}

/** A condition of a `where` that is no threshold: it holds for a row or it does not. */
export type Condition = {
  readonly text: string;
  /** Whether it compares times: which run looks at what, and not what is looked for. */
  readonly isTime: boolean;
  readonly predicate: FunctionCall;
};

/** The terms of the conjunctions of every `where`, thresholds left out, in the order of the text. */
export function findConditions(plan: Plan, text: string): readonly Condition[] {
  const thresholds = new Set(findThresholds(plan, text).map(({ comparison }) => comparison));
  return [...wherePlans(plan)]
    .flatMap(({ predicate }) => termsOf(predicate))
    .filter((term) => !thresholds.has(term))
    .map((term) => ({
      text: text.slice(term.span.start, term.span.end).replace(/\s+/g, ' '),
      isTime: term.arguments.some(({ type }) => type === 'datetime'),
      predicate: term,
    }))
    .sort((a, b) => a.predicate.span.start - b.predicate.span.start);
}

function termsOf(expression: Expression): readonly FunctionCall[] {
  if (expression.kind !== 'call') return [];
  return expression.function.name === 'and' ? expression.arguments.flatMap(termsOf) : [expression];
}

/** The plan of the query without one of its conditions. */
export const planWithout = (plan: Plan, { predicate }: Condition): Plan =>
  replaceIn(plan, predicate, { kind: 'literal', type: 'bool', value: true }) as Plan;

/**
 * The plan of what a threshold measures: in each row the measured value, whether the row passes the `where` without the
 * comparison (a further alternative of an `or`), and the columns of the input. Rows that other conditions of the same
 * `where` stop are left out.
 */
export function measuringPlan({ where, comparison, measured }: Threshold, input: Plan): Plan {
  const fact = (value: boolean): Literal => ({ kind: 'literal', type: 'bool', value });
  const reached: Plan = {
    ...where,
    input,
    predicate: replaceIn(where.predicate, comparison, fact(true)) as Expression,
  };
  const anyway = replaceIn(where.predicate, comparison, fact(false)) as Expression;
  const columns = input.columns.map(({ name, type }, index) => ({
    name,
    expression: { kind: 'column', type, name, index } as const,
  }));
  return {
    operator: 'project',
    input: reached,
    columns: [{ name: 'Measured', type: measured.type }, { name: 'Anyway', type: 'bool' }, ...input.columns],
    outputs: [{ name: 'Measured', expression: measured }, { name: 'Anyway', expression: anyway }, ...columns],
  };
}

/** The plan of the query with another limit in one of its comparisons, over the rows that reach its `where`. */
export function planWithLimit(plan: Plan, threshold: Threshold, { limit, input }: OtherLimit): Plan {
  const { comparison, measured, type, where } = threshold;
  const literal: Literal = { kind: 'literal', type, value: limit };
  const replaced = {
    ...comparison,
    arguments: comparison.arguments.map((side) => (side === measured ? side : literal)),
  };
  const predicate = replaceIn(where.predicate, comparison, replaced) as Expression;
  return replaceIn(plan, where, { ...where, input, predicate }) as Plan;
}

export type OtherLimit = { readonly limit: Value; readonly input: Plan };

/** A value of the type next above or below another, so that no value that occurs lies beyond it. */
export function beyond(value: Value, type: MeasuredType, direction: 1 | -1): Value {
  if (type === 'real') return direction * Number.POSITIVE_INFINITY;
  if (type === 'int') return (value as number) + direction;
  if (type === 'decimal') return convertValue(String(Number(value) + direction), 'string', 'decimal');
  return (value as bigint) + BigInt(direction);
}

/** The tree with one node replaced; parts that do not hold it stay the same objects, so shared results stay shared. */
function replaceIn(part: unknown, old: unknown, replacement: unknown, done = new Map<unknown, unknown>()): unknown {
  if (part === old) return replacement;
  if (typeof part !== 'object' || part === null) return part;
  if (done.has(part)) return done.get(part);
  done.set(part, part);
  let copy: unknown = part;
  if (Array.isArray(part)) {
    const items = part.map((item) => replaceIn(item, old, replacement, done));
    if (items.some((item, index) => item !== part[index])) copy = items;
  } else if (Object.getPrototypeOf(part) === Object.prototype) {
    const changed = Object.entries(part).flatMap(([key, value]) => {
      const after = opaque.has(key) ? value : replaceIn(value, old, replacement, done);
      return after === value ? [] : [[key, after] as const];
    });
    if (changed.length > 0) copy = { ...part, ...Object.fromEntries(changed) };
  }
  done.set(part, copy);
  return copy;
}

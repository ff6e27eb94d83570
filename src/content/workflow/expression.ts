import { WorkflowError } from './workflow-error.ts';

/** What an expression of the Workflow Definition Language yields; `any` is a value read from outside (a body, an item). */
export type ExpressionType = 'string' | 'integer' | 'boolean' | 'array' | 'object' | 'any';

/** An expression of the Workflow Definition Language (WDL), not yet text. It has literals and calls, no infix operators. */
export type Expression<T extends ExpressionType = ExpressionType> =
  | { readonly wdl: 'literal'; readonly type: T; readonly value: string | number | boolean | null }
  | { readonly wdl: 'call'; readonly type: T; readonly name: string; readonly parameters: readonly Expression[] }
  | { readonly wdl: 'property'; readonly type: T; readonly of: Expression; readonly key: Expression };

/** A string with expressions in it: `Blocked @{variables('count')} addresses`. */
export type TextTemplate = {
  readonly wdl: 'text';
  readonly strings: readonly string[];
  readonly expressions: readonly Expression[];
};

export type StringInput = Expression<'string'> | Expression<'any'> | string;
export type IntegerInput = Expression<'integer'> | Expression<'any'> | number;
export type BooleanInput = Expression<'boolean'> | Expression<'any'> | boolean;
export type ArrayInput = Expression<'array'> | Expression<'any'>;
export type ObjectInput = Expression<'object'> | Expression<'any'>;
export type AnyInput = Expression | string | number | boolean | null;

/** Logic Apps refuses a longer expression (limits page of Azure Logic Apps, "Expression evaluation"). */
export const maximumExpressionLength = 8192;

export function toExpression(input: AnyInput): Expression {
  if (input === null) {
    return { wdl: 'literal', type: 'any', value: null };
  }
  switch (typeof input) {
    case 'string':
      return { wdl: 'literal', type: 'string', value: input };
    case 'number':
      return { wdl: 'literal', type: 'integer', value: integerOf(input) };
    case 'boolean':
      return { wdl: 'literal', type: 'boolean', value: input };
    default:
      return input;
  }
}

function integerOf(value: number): number {
  if (!Number.isSafeInteger(value)) {
    throw new WorkflowError(
      'expression-type',
      [],
      `${value} is not an exact integer`,
      'Playbooks compute with integers.',
    );
  }
  return value;
}

/** A call of a WDL function. The typed functions of `expression-functions.ts` are the ones to use. */
export function call<T extends ExpressionType>(type: T, name: string, ...parameters: AnyInput[]): Expression<T> {
  return { wdl: 'call', type, name, parameters: parameters.map(toExpression) };
}

/** `of?['a']?[0]`: null instead of a failed run where a property, an element or the whole parent is missing. */
export function property(
  of: Expression<'any' | 'object' | 'array'>,
  ...keys: readonly [Key, ...Key[]]
): Expression<'any'> {
  const [key, ...further] = keys;
  const inner: Expression<'any'> = { wdl: 'property', type: 'any', of, key: toExpression(key) };
  const [next, ...rest] = further;
  return next === undefined ? inner : property(inner, next, ...rest);
}

type Key = string | number | Expression<'string'> | Expression<'any'>;

/** The text of an expression, without the leading `@`; the quotes of string literals are doubled. */
export function expressionText(expression: Expression): string {
  switch (expression.wdl) {
    case 'literal':
      return literalText(expression.value);
    case 'call':
      return `${expression.name}(${expression.parameters.map(expressionText).join(', ')})`;
    case 'property':
      return `${expressionText(expression.of)}?[${expressionText(expression.key)}]`;
    default:
      return expression satisfies never;
  }
}

function literalText(value: string | number | boolean | null): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}

/** Every call in an expression, the outer before the inner. */
export function* callsIn(expression: Expression): Generator<Extract<Expression, { wdl: 'call' }>> {
  if (expression.wdl === 'call') {
    yield expression;
    for (const parameter of expression.parameters) {
      yield* callsIn(parameter);
    }
  } else if (expression.wdl === 'property') {
    yield* callsIn(expression.of);
    yield* callsIn(expression.key);
  }
}

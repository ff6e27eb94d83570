import type { ScalarFunction, ScalarOverload } from '../functions/scalar-function.ts';
import type { WindowFunction } from '../functions/window-function.ts';
import type { Span } from '../kql-error.ts';
import type { ColumnType, Value } from '../values/value.ts';
import type { Plan } from './plan.ts';

/** A scalar expression, resolved: every column is a position in the input, every call has its overload. */
export type Expression =
  | Literal
  | ColumnReference
  | FunctionCall
  | WindowCall
  | { readonly kind: 'toscalar'; readonly type: ColumnType; readonly plan: Plan }
  /** The first column of a table as a list, for `x in (table)`. */
  | { readonly kind: 'column-values'; readonly type: 'dynamic'; readonly plan: Plan };

export type Literal = { readonly kind: 'literal'; readonly type: ColumnType; readonly value: Value };

export type ColumnReference = {
  readonly kind: 'column';
  readonly type: ColumnType;
  readonly name: string;
  readonly index: number;
};

export type FunctionCall = {
  readonly kind: 'call';
  readonly type: ColumnType;
  readonly function: ScalarFunction;
  readonly overload: ScalarOverload;
  readonly arguments: readonly Expression[];
  readonly span: Span;
};

/** A function that reads the order of the rows (prev, next, row_number, …): it needs the whole serialized input. */
export type WindowCall = {
  readonly kind: 'window';
  readonly type: ColumnType;
  readonly function: WindowFunction;
  readonly arguments: readonly Expression[];
  readonly span: Span;
};

export type NamedExpression = { readonly name: string; readonly expression: Expression };

export const literal = (type: ColumnType, value: Value): Literal => ({ kind: 'literal', type, value });

/** What stands for a value that is not there: null, and of a string, which is never null, the empty text. */
export const noValue = (type: ColumnType): Literal => literal(type, type === 'string' ? '' : null);

/** Whether any part of the expression reads the order of the rows. */
export function usesWindow(expression: Expression): boolean {
  if (expression.kind === 'window') return true;
  return expression.kind === 'call' && expression.arguments.some(usesWindow);
}

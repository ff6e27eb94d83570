import { tupleRegistry } from '../functions/registry.ts';
import { child, listOf, type SyntaxNode } from '../parse/syntax.ts';
import { buildExpression, callFunction, callOf } from './build-expression.ts';
import { nameText } from './build-query.ts';
import { type Expression, literal, type NamedExpression } from './expression.ts';
import { columnOutput, definitionsOf, splitNamed } from './outputs.ts';
import type { Plan } from './plan.ts';
import type { Scope } from './scope.ts';

/**
 * A call that yields several columns, such as series_stats(s): the call itself is one hidden column that holds an
 * array, and each output takes one item of it.
 */
export type TupleOutput = {
  readonly hidden: NamedExpression;
  readonly names: readonly string[];
  readonly items: readonly Expression[];
  /** How many columns extend and print keep: as many as there are names given, if any are; project keeps the rest as well. */
  readonly extended: number;
};

const isTupleCall = (node: SyntaxNode): boolean =>
  node.kind === 'FunctionCallExpression' &&
  node.columns !== undefined &&
  tupleRegistry.has(nameText(child(node, 'Name')));

/** Whether an output item yields several columns. */
export const isTuple = (item: SyntaxNode): boolean => isTupleCall(splitNamed(item).expression);

/** What the binder names a tuple's columns: the names given, then its own. */
export function tupleNames(item: SyntaxNode): readonly string[] {
  const { names, expression } = splitNamed(item);
  return (expression.columns ?? []).map(({ name }, index) => names[index] ?? name);
}

/** The outputs of a tuple call whose hidden column will stand at `position`. */
export function buildTuple(item: SyntaxNode, position: number, scope: Scope): TupleOutput {
  const { names, expression: node } = splitNamed(item);
  const fn = tupleRegistry.get(nameText(child(node, 'Name')));
  const args = listOf(child(node, 'ArgumentList'), 'Expressions').map((arg) => buildExpression(arg, scope));
  const call = callOf(fn as NonNullable<typeof fn>, args, node, scope);
  const hidden = { name: `$tuple${position}`, expression: call };
  const column: Expression = { kind: 'column', type: 'dynamic', name: hidden.name, index: position };
  const bound = node.columns ?? [];
  return {
    hidden,
    names: tupleNames(item),
    extended: names.length === 0 ? bound.length : names.length,
    items: bound.map(({ type }, index) =>
      callFunction('tuple-item', [column, literal('long', BigInt(index)), literal('string', type)], node, scope),
    ),
  };
}

/** The input with the hidden columns of tuple calls behind its own. */
export function withHidden(input: Plan, tuples: readonly TupleOutput[]): Plan {
  if (tuples.length === 0) return input;
  const outputs = tuples.map(({ hidden }) => hidden);
  const columns = [...input.columns, ...definitionsOf(outputs)];
  return { operator: 'extend', columns, input, outputs, serializes: false };
}

/** The plan without the columns that `withHidden` added. */
export function withoutHidden(plan: Plan, tuples: readonly TupleOutput[]): Plan {
  if (tuples.length === 0) return plan;
  const hidden = new Set(tuples.map(({ hidden: { name } }) => name));
  const outputs = plan.columns.map(columnOutput).filter(({ name }) => !hidden.has(name));
  return { operator: 'project', columns: definitionsOf(outputs), input: plan, outputs };
}

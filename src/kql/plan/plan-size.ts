import { KqlError, type Span } from '../kql-error.ts';
import type { Expression } from './expression.ts';
import type { Plan } from './plan.ts';
import { expressionsOf, inputsOf } from './walk-plan.ts';

/**
 * How many operators and calls a plan, or an expression, may come to. Let statements share their parts, so that a text
 * of thirty lines can stand for a billion calls; what is shared is still computed each time.
 */
const MAX_SIZE = 20_000;

const sizes = new WeakMap<Expression | Plan, number>();

/** Throws a KqlError('limit') where the let statement of that name stands for more than can be planned. */
export function checkSize(name: string, part: Expression | Plan, span: Span): void {
  if (sizeOf(part) <= MAX_SIZE) return;
  throw new KqlError('limit', `${name} stands for more than ${MAX_SIZE} calls and operators`, {
    span,
    hint: 'let statements are computed wherever they are used: materialize() tables, toscalar() values',
  });
}

function sizeOf(part: Expression | Plan): number {
  let size = sizes.get(part);
  if (size === undefined) {
    size = partsOf(part).reduce((sum, inner) => sum + sizeOf(inner), 1);
    sizes.set(part, size);
  }
  return size;
}

function partsOf(part: Expression | Plan): readonly (Expression | Plan)[] {
  if ('operator' in part) return [...inputsOf(part), ...expressionsOf(part)];
  switch (part.kind) {
    case 'call':
    case 'window':
      return part.arguments;
    case 'toscalar':
    case 'column-values':
      return [part.plan];
    default:
      return [];
  }
}

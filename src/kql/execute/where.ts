import type { Batch } from '../columns/batch.ts';
import type { Vector } from '../columns/column.ts';
import { type Lifetime, Scratch } from '../columns/scratch.ts';
import type { Expression } from '../plan/expression.ts';
import { usesWindow } from '../plan/expression.ts';
import type { Plan, WherePlan } from '../plan/plan.ts';
import type { QueryContext } from '../query-context.ts';
import { collect } from './collect.ts';
import { execute } from './execute.ts';
import { prepareAll } from './prepare.ts';
import { timeBoundsOf, withTimeBounds } from './time-bounds.ts';

/** Rows for which the predicate is true; false and null drop out. */
export async function* executeWhere(plan: WherePlan, context: QueryContext, lifetime: Lifetime): AsyncGenerator<Batch> {
  const conjuncts = usesWindow(plan.predicate) ? [plan.predicate] : conjunctsOf(plan.predicate);
  const tests = await prepareAll(conjuncts, context, 'one batch');
  const input = usesWindow(plan.predicate)
    ? [await collect(plan.input, context)]
    : execute(boundInput(plan, conjuncts, context), context, lifetime);
  const rooms = tests.map(() => (lifetime === 'always' ? undefined : plan.columns.map(() => new Scratch())));
  for await (const batch of input) {
    let kept = batch;
    // One condition after the other: the later ones see only the rows that the earlier ones kept.
    for (const [index, test] of tests.entries()) {
      if (kept.rowCount === 0) break;
      const indices = trueRows(test(kept), kept.rowCount);
      if (indices !== undefined) kept = kept.gather(indices, rooms[index]);
    }
    if (kept.rowCount > 0) yield kept;
  }
}

/** The input, told which times the conditions keep. */
function boundInput({ input }: WherePlan, conjuncts: readonly Expression[], context: QueryContext): Plan {
  const bounded = withTimeBounds(input, timeBoundsOf(conjuncts, context));
  context.profile?.identify(bounded, input);
  return bounded;
}

/** The terms of a conjunction, in order. A dynamic term is a bool only as an argument of its `and`, so that stays whole. */
function conjunctsOf(expression: Expression): readonly Expression[] {
  if (expression.kind !== 'call' || expression.function.name !== 'and') return [expression];
  if (expression.arguments.some(({ type }) => type !== 'bool')) return [expression];
  return expression.arguments.flatMap(conjunctsOf);
}

/** The rows where the condition is true; undefined where it is true in all. */
export function trueRows(condition: Vector, rowCount: number): Int32Array | undefined {
  if (condition.kind === 'constant') return condition.value === true ? undefined : new Int32Array(0);
  if (condition.kind !== 'bool') throw new TypeError(`a condition is a bool, not ${condition.type}`);
  const { data, nulls } = condition;
  const indices = scratch.ints(rowCount);
  const count = nulls === undefined ? listTrue(data, rowCount, indices) : listPresent(data, nulls, rowCount, indices);
  return count === rowCount ? undefined : indices.slice(0, count);
}

const scratch = new Scratch();

/** Four rows a look: a filter mostly drops them all. */
function listTrue(data: Uint8Array, rowCount: number, indices: Int32Array): number {
  let count = 0;
  let row = 0;
  if (data.byteOffset % 4 === 0) {
    const fours = new Uint32Array(data.buffer, data.byteOffset, rowCount >>> 2);
    for (let at = 0; at < fours.length; at++) {
      const four = fours[at] as number;
      if (four === 0) continue;
      const first = 4 * at;
      // Each row is written, and stays only where its byte moves the end on; in the order of the bytes in memory.
      indices[count] = first;
      count += data[first] as number;
      indices[count] = first + 1;
      count += data[first + 1] as number;
      indices[count] = first + 2;
      count += data[first + 2] as number;
      indices[count] = first + 3;
      count += data[first + 3] as number;
    }
    row = 4 * fours.length;
  }
  for (; row < rowCount; row++) if (data[row] === 1) indices[count++] = row;
  return count;
}

function listPresent(data: Uint8Array, nulls: Uint8Array, rowCount: number, indices: Int32Array): number {
  let count = 0;
  for (let row = 0; row < rowCount; row++) if (data[row] === 1 && nulls[row] === 0) indices[count++] = row;
  return count;
}

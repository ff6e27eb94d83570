import { Batch, emptyBatch } from '../columns/batch.ts';
import type { Vector } from '../columns/column.ts';
import { gather } from '../columns/gather.ts';
import { GroupIndex } from '../columns/group-index.ts';
import type { Evaluator } from '../expression/compile.ts';
import { convertVector } from '../expression/convert-vector.ts';
import { conversionCost } from '../functions/resolve-overload.ts';
import type { JoinPlan } from '../plan/plan.ts';
import type { QueryContext } from '../query-context.ts';
import type { ColumnType } from '../values/value.ts';
import { collect } from './collect.ts';
import { execute } from './execute.ts';
import { prepareAll } from './prepare.ts';
import { rebatch } from './table.ts';

/**
 * Rows of the right side by the number of their key: rows of key k are `rows[offsets[k]]` up to `rows[offsets[k + 1]]`. A
 * key may be the left side's alone, and have none.
 */
type RightSide = {
  readonly table: Batch;
  readonly index: GroupIndex;
  readonly offsets: Int32Array;
  readonly rows: Int32Array;
};

/** A hash join: the right side is held and indexed, the left side streams past it. */
export async function* executeJoin(plan: JoinPlan, context: QueryContext): AsyncGenerator<Batch> {
  const types = plan.keys.map((key) => commonType(key.left.type, key.right.type));
  const leftKeys = await prepareAll(
    plan.keys.map((key) => key.left),
    context,
  );
  const left = execute(plan.left, context)[Symbol.asyncIterator]();
  let next = await left.next();
  // Without a left row these kinds have no result, and the right side need not be computed.
  if (next.done === true && leftDecides.has(plan.kind)) return;
  const following = await left.next();
  const onlyLeft = following.done === true && leftDecides.has(plan.kind) ? (next.value as Batch) : undefined;
  const right = await indexRight(plan, types, context, (index, rowCount) => {
    if (onlyLeft === undefined || onlyLeft.rowCount >= rowCount) return false;
    index.assign(evaluateKeys(leftKeys, types, onlyLeft), onlyLeft.rowCount);
    return true;
  });
  if (plan.lastMatchFirst === true) reverseMatches(right);
  const matched = new Uint8Array(right.table.rowCount);
  const seenLeft = plan.kind === 'innerunique' ? new GroupIndex(types) : undefined;
  for (const batches = [following]; next.done !== true; next = batches.pop() ?? (await left.next())) {
    const batch = next.value;
    context.checkpoint();
    const keys = evaluateKeys(leftKeys, types, batch);
    const kept = seenLeft === undefined ? undefined : firstOfEachKey(seenLeft, keys, batch.rowCount);
    const groups = right.index.assign(keys, batch.rowCount, false);
    let rowCount = 0;
    for (const pairs of pairRows(plan.kind, groups, right, matched, kept)) {
      rowCount += pairs.left.length;
      context.checkRows('join', rowCount, plan.columns);
      await context.pause(pairs.left.length);
      yield* rebatch(joinBatch(plan, batch, right.table, pairs), context);
    }
  }
  const rest = unmatchedRight(plan.kind, matched);
  if (rest.right.length > 0) yield* rebatch(joinBatch(plan, undefined, right.table, rest), context);
}

/** Kinds whose rows all come from the left side. */
const leftDecides: ReadonlySet<JoinPlan['kind']> = new Set([
  'inner',
  'innerunique',
  'leftouter',
  'leftsemi',
  'leftanti',
]);

/**
 * The right side. `enterLeft` is asked to enter the keys of the left side first, and does so where that is known whole and
 * smaller: then only the right rows that have a partner are entered.
 */
async function indexRight(
  plan: JoinPlan,
  types: readonly ColumnType[],
  context: QueryContext,
  enterLeft: (index: GroupIndex, rowCount: number) => boolean,
): Promise<RightSide> {
  const table = await collect(plan.right, context);
  const keys = await prepareAll(
    plan.keys.map((key) => key.right),
    context,
  );
  const index = new GroupIndex(types);
  const isEntered = enterLeft(index, table.rowCount);
  const groups = index.assign(evaluateKeys(keys, types, table), table.rowCount, !isEntered);
  const offsets = new Int32Array(index.size + 1);
  for (const group of groups) if (group >= 0) (offsets[group + 1] as number)++;
  for (let group = 0; group < index.size; group++)
    offsets[group + 1] = (offsets[group + 1] as number) + (offsets[group] as number);
  const next = offsets.slice();
  const rows = new Int32Array(table.rowCount);
  for (let row = 0; row < groups.length; row++) {
    const group = groups[row] as number;
    if (group < 0) continue;
    rows[next[group] as number] = row;
    next[group] = (next[group] as number) + 1;
  }
  return { table, index, offsets, rows };
}

/** Each key's rows from the last to the first. */
function reverseMatches({ offsets, rows }: RightSide): void {
  for (let key = 0; key + 1 < offsets.length; key++) rows.subarray(offsets[key], offsets[key + 1]).reverse();
}

const evaluateKeys = (
  evaluators: readonly Evaluator[],
  types: readonly ColumnType[],
  batch: Batch,
): readonly Vector[] =>
  evaluators.map((evaluate, index) => convertVector(evaluate(batch), types[index] as ColumnType, batch.rowCount));

/** The type in which two key columns are compared. */
function commonType(left: ColumnType, right: ColumnType): ColumnType {
  if (left === right) return left;
  const leftToRight = conversionCost(left, right);
  const rightToLeft = conversionCost(right, left);
  if (leftToRight === undefined) return rightToLeft === undefined ? 'string' : left;
  return rightToLeft === undefined || leftToRight <= rightToLeft ? right : left;
}

/** For innerunique: the rows whose key no earlier row of the left side had. */
function firstOfEachKey(seen: GroupIndex, keys: readonly Vector[], rowCount: number): Uint8Array {
  const before = seen.size;
  const groups = seen.assign(keys, rowCount);
  const kept = new Uint8Array(rowCount);
  let next = before;
  for (let row = 0; row < rowCount; row++) {
    if (groups[row] !== next) continue;
    kept[row] = 1;
    next++;
  }
  return kept;
}

type RowPairs = { readonly left: Int32Array; readonly right: Int32Array };

/** A few rows whose key is frequent on both sides can give billions of pairs: they are handed on in parts. */
const MAX_PAIRS = 1 << 20;

function* pairRows(
  kind: JoinPlan['kind'],
  groups: Int32Array,
  side: RightSide,
  matched: Uint8Array,
  kept: Uint8Array | undefined,
): Generator<RowPairs> {
  let left: number[] = [];
  let right: number[] = [];
  for (let row = 0; row < groups.length; row++) {
    const group = groups[row] as number;
    const from = group < 0 ? 0 : (side.offsets[group] as number);
    const end = group < 0 ? 0 : (side.offsets[group + 1] as number);
    if (from === end) {
      if (kind === 'leftouter' || kind === 'fullouter' || kind === 'leftanti') {
        left.push(row);
        right.push(-1);
      }
      continue;
    }
    if (kind === 'leftanti') continue;
    if (kind === 'leftsemi') {
      left.push(row);
      right.push(-1);
      continue;
    }
    for (let at = from; at < end; at++) {
      const rightRow = side.rows[at] as number;
      matched[rightRow] = 1;
      if (kind === 'rightsemi' || kind === 'rightanti' || kept?.[row] === 0) continue;
      left.push(row);
      right.push(rightRow);
      if (left.length < MAX_PAIRS) continue;
      yield { left: Int32Array.from(left), right: Int32Array.from(right) };
      left = [];
      right = [];
    }
  }
  yield { left: Int32Array.from(left), right: Int32Array.from(right) };
}

/** The right rows that only the end of the left side settles. */
function unmatchedRight(kind: JoinPlan['kind'], matched: Uint8Array): RowPairs {
  const wanted =
    kind === 'rightsemi' ? 1 : kind === 'rightouter' || kind === 'fullouter' || kind === 'rightanti' ? 0 : undefined;
  const right = wanted === undefined ? [] : [...matched.keys()].filter((row) => matched[row] === wanted);
  return { left: new Int32Array(right.length).fill(-1), right: Int32Array.from(right) };
}

function joinBatch(plan: JoinPlan, left: Batch | undefined, right: Batch, pairs: RowPairs): Batch {
  const leftBatch = left ?? emptyBatch(plan.left.columns);
  return new Batch(
    plan.columns,
    pairs.left.length,
    plan.outputs.map(
      ({ side, index }) =>
        () =>
          side === 'left' ? gather(leftBatch.column(index), pairs.left) : gather(right.column(index), pairs.right),
    ),
  );
}

import type { Batch } from '../columns/batch.ts';
import type { Column, Vector } from '../columns/column.ts';
import { expand } from '../columns/column-builder.ts';
import { concat, gather } from '../columns/gather.ts';
import type { FunctionCall } from '../plan/expression.ts';
import type { ColumnType } from '../values/value.ts';
import type { Evaluator } from './compile.ts';
import { convertVector } from './convert-vector.ts';

/** The functions whose branches are computed only for the rows that take them. */
const conditionals: ReadonlySet<string> = new Set(['iff', 'case']);

export const isConditional = (call: FunctionCall): boolean => conditionals.has(call.function.name);

/** Rows of a batch with what one branch gives for them. */
type Part = { readonly rows: Int32Array; readonly column: Column };

/**
 * case(condition, value, …, otherwise) and iff: each condition sees only the rows that no earlier one took, and each
 * value only its own rows. The result is that of computing everything for all rows; branches have no effects.
 */
export function compileConditional(args: readonly Evaluator[], type: ColumnType): Evaluator {
  return (batch) => {
    const parts: Part[] = [];
    let rest: Int32Array | undefined;
    for (let at = 0; at + 1 < args.length; at += 2) {
      const rows = rest === undefined ? batch : batch.gather(rest);
      const taken = splitRows((args[at] as Evaluator)(rows), rows.rowCount);
      if (taken.yes === undefined && rest === undefined)
        return convertVector((args[at + 1] as Evaluator)(batch), type, batch.rowCount);
      if (taken.yes?.length === 0) continue;
      const yes = taken.yes === undefined ? (rest as Int32Array) : pick(rest, taken.yes);
      parts.push({ rows: yes, column: branchColumn(args[at + 1] as Evaluator, batch.gather(yes), type) });
      rest = taken.no === undefined ? new Int32Array(0) : pick(rest, taken.no);
      if (rest.length === 0) break;
    }
    const otherwise = args.at(-1) as Evaluator;
    if (rest === undefined) return convertVector(otherwise(batch), type, batch.rowCount);
    if (rest.length > 0) parts.push({ rows: rest, column: branchColumn(otherwise, batch.gather(rest), type) });
    return assemble(parts, batch.rowCount);
  };
}

const branchColumn = (evaluate: Evaluator, rows: Batch, type: ColumnType): Column =>
  expand(convertVector(evaluate(rows), type, rows.rowCount), rows.rowCount);

const pick = (rows: Int32Array | undefined, positions: Int32Array): Int32Array =>
  rows === undefined ? positions : positions.map((position) => rows[position] as number);

/** The rows for which a condition is true, and the others; undefined for all of them. */
function splitRows(condition: Vector, rowCount: number): { yes: Int32Array | undefined; no: Int32Array | undefined } {
  if (condition.kind === 'constant') {
    return condition.value === true
      ? { yes: undefined, no: new Int32Array(0) }
      : { yes: new Int32Array(0), no: undefined };
  }
  if (condition.kind !== 'bool') throw new TypeError(`a condition is a bool, not ${condition.type}`);
  const { data, nulls } = condition;
  const yes = new Int32Array(rowCount);
  const no = new Int32Array(rowCount);
  let yesCount = 0;
  let noCount = 0;
  for (let row = 0; row < rowCount; row++) {
    if (data[row] === 1 && nulls?.[row] !== 1) yes[yesCount++] = row;
    else no[noCount++] = row;
  }
  if (noCount === 0) return { yes: undefined, no: new Int32Array(0) };
  return { yes: yes.subarray(0, yesCount), no: no.subarray(0, noCount) };
}

/** The parts in the order of the rows. */
function assemble(parts: readonly Part[], rowCount: number): Column {
  const positions = new Int32Array(rowCount);
  let offset = 0;
  for (const { rows } of parts) for (const row of rows) positions[row] = offset++;
  return gather(concat(parts.map(({ column }) => column)), positions);
}

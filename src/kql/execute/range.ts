import { BATCH_ROWS, type Batch, batchOf } from '../columns/batch.ts';
import { KqlError } from '../kql-error.ts';
import type { RangePlan } from '../plan/plan.ts';
import type { QueryContext } from '../query-context.ts';
import { convertValue } from '../values/convert.ts';
import type { ColumnType, Value } from '../values/value.ts';
import { prepareValue } from './prepare.ts';

/** from, from + step, … up to and including `to`; no rows where the step leads away from it. */
export async function* executeRange(plan: RangePlan, context: QueryContext): AsyncGenerator<Batch> {
  const type = plan.columns[0]?.type ?? 'long';
  const stepType: ColumnType = type === 'datetime' ? 'timespan' : type;
  const from = convertValue(await prepareValue(plan.from, context), plan.from.type, type);
  const to = convertValue(await prepareValue(plan.to, context), plan.to.type, type);
  const step = convertValue(await prepareValue(plan.step, context), plan.step.type, stepType);
  if (from === null || to === null || step === null) return;
  const size = Math.min(context.batchRows ?? BATCH_ROWS, BATCH_ROWS);
  let rows: Value[][] = [];
  for (const value of steps(from, to, step)) {
    rows.push([value]);
    if (rows.length < size) continue;
    await context.pause(rows.length);
    yield batchOf(plan.columns, rows);
    rows = [];
  }
  if (rows.length > 0) yield batchOf(plan.columns, rows);
}

function* steps(from: Value, to: Value, step: Value): Generator<Value> {
  if (typeof from === 'bigint' && typeof to === 'bigint' && typeof step === 'bigint') {
    if (step === 0n) throw new KqlError('evaluation', 'the step of a range must not be zero');
    for (let value = from; step > 0n ? value <= to : value >= to; value += step) yield value;
  } else if (typeof from === 'number' && typeof to === 'number' && typeof step === 'number') {
    if (step === 0) throw new KqlError('evaluation', 'the step of a range must not be zero');
    for (let index = 0; ; index++) {
      const value = from + index * step;
      if (step > 0 ? value > to : value < to) return;
      yield value;
    }
  } else throw new KqlError('unsupported', 'range counts in numbers, datetimes or timespans');
}

import { type Batch, batchOf, rowsOf } from '../columns/batch.ts';
import { valueAt } from '../columns/column.ts';
import type { Evaluator } from '../expression/compile.ts';
import type { ScanPlan } from '../plan/plan.ts';
import type { QueryContext } from '../query-context.ts';
import { convertValue } from '../values/convert.ts';
import type { ColumnDefinition, Value } from '../values/value.ts';
import { collect } from './collect.ts';
import { prepareExpression, prepareValue } from './prepare.ts';
import { rebatch } from './table.ts';

type Step = {
  readonly condition: Evaluator;
  readonly assignments: readonly {
    readonly column: number;
    readonly evaluate: Evaluator;
    readonly from: ColumnDefinition['type'];
  }[];
  readonly output: 'all' | 'last' | 'none';
};

/** What a step remembers: for each step up to it the record that matched last, and the sequence that it belongs to. */
type State = { readonly records: readonly (readonly Value[] | undefined)[]; readonly matchId: bigint };

/**
 * Matches sequences of records against the steps, record by record and from the last step to the first, as the page on
 * scan describes it (scan-operator, "Scan logic").
 */
export async function* executeScan(plan: ScanPlan, context: QueryContext): AsyncGenerator<Batch> {
  const table = await collect(plan.input, context);
  const machine = new ScanMachine(plan, await prepareSteps(plan, context), await defaultValues(plan, context));
  for (const values of rowsOf(table)) {
    await context.pause(1);
    machine.accept(values);
  }
  yield* rebatch(batchOf(plan.columns, machine.finish()), context);
}

const prepareSteps = (plan: ScanPlan, context: QueryContext): Promise<Step[]> =>
  Promise.all(
    plan.steps.map(async ({ condition, assignments, output }) => ({
      condition: await prepareExpression(condition, context),
      assignments: await Promise.all(
        assignments.map(async ({ column, expression }) => ({
          column,
          evaluate: await prepareExpression(expression, context),
          from: expression.type,
        })),
      ),
      output,
    })),
  );

async function defaultValues(plan: ScanPlan, context: QueryContext): Promise<Value[]> {
  const declared = plan.record.slice(plan.record.length - plan.defaults.length);
  return Promise.all(
    plan.defaults.map(async (expression, index) => {
      const { type } = declared[index] as ColumnDefinition;
      if (expression === undefined) return type === 'string' ? '' : null;
      return convertValue(await prepareValue(expression, context), expression.type, type);
    }),
  );
}

class ScanMachine {
  private readonly plan: ScanPlan;
  private readonly steps: readonly Step[];
  private readonly defaults: readonly Value[];
  private readonly states: (State | undefined)[];
  private readonly rows: Value[][] = [];
  /** Records of steps with output=last, held until their sequence leaves the step. */
  private readonly pending: (Value[] | undefined)[];
  private nextMatchId = 0n;

  constructor(plan: ScanPlan, steps: readonly Step[], defaults: readonly Value[]) {
    this.plan = plan;
    this.steps = steps;
    this.defaults = defaults;
    this.states = steps.map(() => undefined);
    this.pending = steps.map(() => undefined);
  }

  accept(values: readonly Value[]): void {
    const record = [...values, ...this.defaults];
    for (let step = this.steps.length - 1; step >= 0; step--) {
      const previous = step > 0 ? this.states[step - 1] : undefined;
      if (previous !== undefined && this.matches(step, record, previous)) {
        this.flush(step);
        // What the step before held back is older than this record, and comes before it.
        this.flush(step - 1);
        this.states[step] = this.advance(step, record, previous);
        this.states[step - 1] = undefined;
        continue;
      }
      const own = this.states[step];
      if (own === undefined && step > 0) continue;
      if (!this.matches(step, record, own)) continue;
      // A repeated match of the first step goes on with its sequence; the page's check 2 says that a new one begins, and its
      // example of sessions shows that none does while the step still holds one.
      this.states[step] = this.advance(step, record, own ?? { records: [], matchId: this.nextMatchId++ });
    }
  }

  finish(): Value[][] {
    for (let step = 0; step < this.steps.length; step++) this.flush(step);
    return this.rows;
  }

  private matches(step: number, record: readonly Value[], state: State | undefined): boolean {
    const { condition } = this.steps[step] as Step;
    return valueAt(condition(this.rowWith(record, state)), 0) === true;
  }

  /** Computes the assignments, gives the record out, and returns the state with it in. */
  private advance(step: number, record: readonly Value[], state: State): State {
    const { assignments, output } = this.steps[step] as Step;
    const row = this.rowWith(record, state);
    const extended = [...record];
    for (const { column, evaluate, from } of assignments) {
      const { type } = this.plan.record[column] as ColumnDefinition;
      extended[column] = convertValue(valueAt(evaluate(row), 0), from, type);
    }
    const out = this.plan.hasMatchId ? [...extended, state.matchId] : extended;
    if (output === 'all') this.rows.push(out);
    if (output === 'last') this.pending[step] = out;
    const records = [...state.records];
    records[step] = extended;
    return { records: records.slice(0, step + 1), matchId: state.matchId };
  }

  private flush(step: number): void {
    const held = this.pending[step];
    if (held !== undefined) this.rows.push(held);
    this.pending[step] = undefined;
  }

  private rowWith(record: readonly Value[], state: State | undefined): Batch {
    const width = this.plan.record.length;
    const empty = this.plan.record.map(
      ({ type }, index) => this.defaults[index - (width - this.defaults.length)] ?? (type === 'string' ? '' : null),
    );
    const cells = [...record];
    for (let step = 0; step < this.steps.length; step++) cells.push(...(state?.records[step] ?? empty));
    return batchOf(this.plan.row, [cells]);
  }
}

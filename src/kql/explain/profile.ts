import { Batch } from '../columns/batch.ts';
import type { Plan } from '../plan/plan.ts';
import { inputsOf } from '../plan/walk-plan.ts';

/** What one operator did in a run of a query. */
export type OperatorFigures = {
  /** Rows that it handed on, over all its runs. */
  readonly rowCount: number;
  /** Time in the operator itself, without its inputs; a column counts when it is first read. */
  readonly ownMs: number;
  /** How often it was started: subqueries of mv-apply and partition run once a row or a value. */
  readonly runs: number;
};

type Figures = { -readonly [Field in keyof OperatorFigures]: OperatorFigures[Field] };

/**
 * Watches the operators of one run. A stack says which operator is at work: time goes to the one on top, so that the
 * figures of all operators add up to the time of the run.
 */
export class Profile {
  /** The plans that were run for their own sake, in the order in which they were. */
  readonly roots: Plan[] = [];
  private readonly clockMs: () => number;
  private readonly figures = new Map<Plan, Figures>();
  private readonly originals = new WeakMap<Plan, Plan>();
  private readonly working: Figures[] = [];
  private sinceMs = 0;

  constructor(clockMs: () => number) {
    this.clockMs = clockMs;
  }

  figuresOf(plan: Plan): OperatorFigures | undefined {
    return this.figures.get(plan);
  }

  /** Says that a plan which is about to run stands for one of the query's own. */
  identify(rewritten: Plan, original: Plan): void {
    if (rewritten === original) return;
    this.originals.set(rewritten, this.originals.get(original) ?? original);
    const inputs = inputsOf(original);
    for (const [index, input] of inputsOf(rewritten).entries()) this.identify(input, inputs[index] as Plan);
  }

  /** The rows of an operator, counted and timed as they are pulled. */
  async *watch(plan: Plan, rows: AsyncIterable<Batch>): AsyncGenerator<Batch> {
    const figures = this.start(this.originals.get(plan) ?? plan);
    const iterator = rows[Symbol.asyncIterator]();
    try {
      for (;;) {
        this.enter(figures);
        const next = await iterator.next().finally(() => this.leave(figures));
        if (next.done === true) return;
        figures.rowCount += next.value.rowCount;
        yield this.timed(next.value, figures);
      }
    } finally {
      await iterator.return?.();
    }
  }

  private start(plan: Plan): Figures {
    const figures = this.figures.get(plan) ?? { rowCount: 0, ownMs: 0, runs: 0 };
    figures.runs++;
    this.figures.set(plan, figures);
    return figures;
  }

  /** A batch computes its columns when they are read, which is after the operator handed it on. */
  private timed(batch: Batch, figures: Figures): Batch {
    const columns = batch.columns.map((_, index) => () => {
      this.enter(figures);
      try {
        return batch.column(index);
      } finally {
        this.leave(figures);
      }
    });
    return new Batch(batch.columns, batch.rowCount, columns);
  }

  private enter(figures: Figures): void {
    this.settle();
    this.working.push(figures);
  }

  private leave(figures: Figures): void {
    this.settle();
    // Not always the top: two subqueries of one expression run at the same time.
    this.working.splice(this.working.lastIndexOf(figures), 1);
  }

  private settle(): void {
    const nowMs = this.clockMs();
    const top = this.working.at(-1);
    if (top !== undefined) top.ownMs += nowMs - this.sinceMs;
    this.sinceMs = nowMs;
  }
}

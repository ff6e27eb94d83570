import { LogSourceError } from '../log-source-error.ts';
import { countStepMs, halve, planSlices, type StepCount } from './plan-slices.ts';
import type { Cell, QueryOutcome, QueryService } from './query-service.ts';
import { countQuery, sliceQuery, type TableColumns, type TimeSlice } from './table-query.ts';

export type FetchOptions = {
  readonly signal: AbortSignal;
  /** Waits so long, or rejects as soon as the signal says so. */
  readonly wait: (durationMs: number, signal: AbortSignal) => Promise<void>;
  readonly onProgress?: ((progress: FetchProgress) => void) | undefined;
};

export type FetchProgress = {
  readonly table: string;
  readonly rows: number;
  /** How many the service counted before the first was fetched. */
  readonly expected: number;
  /** What it waits for, where it does. */
  readonly waiting?: string;
};

/** Takes the rows of one answer, in the order of the columns asked for. */
export type RowSink = (columns: readonly string[], rows: readonly (readonly Cell[])[]) => Promise<void> | void;

/** Tries of one query that the service puts off; with its waits that is about five minutes. */
const MAX_TRIES = 8;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;

/**
 * Hands all rows of a range to the sink, slice by slice. The rows are counted first: that gives slices below the limits
 * of the service, and shows at the end whether all came. An answer that is not whole is never used: the slice is cut.
 * @returns how many rows; undefined where the workspace has no such table
 * @throws LogSourceError
 */
export async function fetchTable(
  service: QueryService,
  wanted: TableColumns,
  range: TimeSlice,
  sink: RowSink,
  options: FetchOptions,
): Promise<number | undefined> {
  const counts = await countRows(service, wanted, range, options);
  if (counts === undefined) return undefined;
  const stepMs = countStepMs(range);
  const expected = counts.reduce((sum, { rows }) => sum + rows, 0);
  let rows = 0;
  // The next slice is the last of the list, so that the halves of one that is too large go next.
  const slices = [...planSlices(range, stepMs, counts)].reverse();
  for (let slice = slices.pop(); slice !== undefined; slice = slices.pop()) {
    const fetched = await fetchSlice(service, wanted, slice, sink, {
      ...options,
      report: (waiting) =>
        options.onProgress?.({ table: wanted.table, rows, expected, ...(waiting === undefined ? {} : { waiting }) }),
    });
    if (typeof fetched === 'number') rows += fetched;
    else slices.push(...[...fetched].reverse());
    options.onProgress?.({ table: wanted.table, rows, expected });
  }
  if (rows < expected) {
    const message = `${wanted.table}: the workspace counted ${expected} rows and gave ${rows}`;
    throw new LogSourceError(
      'incomplete',
      message,
      'run it again; rows may have been purged or have reached their age meanwhile',
    );
  }
  return rows;
}

type SliceOptions = FetchOptions & { readonly report: (waiting?: string) => void };

/** How many rows the slice gave, or its halves where it is too large for one answer. */
async function fetchSlice(
  service: QueryService,
  wanted: TableColumns,
  slice: TimeSlice,
  sink: RowSink,
  options: SliceOptions,
): Promise<number | readonly TimeSlice[]> {
  const outcome = await ask(service, sliceQuery(wanted, slice), slice, options);
  if (outcome.status === 'complete') {
    await sink(outcome.columns, outcome.rows);
    return outcome.rows.length;
  }
  const halves = halve(slice);
  if (outcome.status === 'too-much' && halves !== undefined) return halves;
  const reason = outcome.status === 'too-much' ? outcome.reason : 'the table is gone';
  const at = new Date(slice.fromMs).toISOString();
  const hint = 'leave that time out with --from and --to';
  throw new LogSourceError(
    'too-large',
    `${wanted.table}: the millisecond of ${at} cannot be fetched (${reason})`,
    hint,
  );
}

async function countRows(
  service: QueryService,
  wanted: TableColumns,
  range: TimeSlice,
  options: FetchOptions,
): Promise<readonly StepCount[] | undefined> {
  const report = (waiting?: string): void =>
    options.onProgress?.({ table: wanted.table, rows: 0, expected: 0, ...(waiting === undefined ? {} : { waiting }) });
  report('counting rows');
  const stepMs = countStepMs(range);
  const ranges = [range];
  const counts: StepCount[] = [];
  for (let part = ranges.pop(); part !== undefined; part = ranges.pop()) {
    // Steps of every part begin where those of the whole range do.
    const outcome = await ask(service, countQuery(wanted, part, stepMs), part, { ...options, report });
    if (outcome.status === 'no-table') return undefined;
    if (outcome.status === 'complete') counts.push(...outcome.rows.map((row) => readCount(row, outcome.columns)));
    else {
      const halves = part.toMs - part.fromMs > 2 * stepMs ? halve(part) : undefined;
      const message = `${wanted.table}: its rows cannot be counted (${outcome.reason})`;
      if (halves === undefined) throw new LogSourceError('too-large', message, 'ask for a shorter time');
      ranges.push(...halves);
    }
  }
  return counts;
}

function readCount(row: readonly Cell[], columns: readonly string[]): StepCount {
  const cell = (name: string): string => String(row[columns.indexOf(name)] ?? '');
  const count = { startMs: Date.parse(cell('Start')), rows: Number(cell('Rows')), bytes: Number(cell('Bytes')) };
  if (Object.values(count).some((value) => Number.isNaN(value))) {
    const message = `the service counted rows in a form that is not known: ${JSON.stringify(row).slice(0, 100)}`;
    throw new LogSourceError('query', message, 'report it with the version of @azure/monitor-query-logs');
  }
  return count;
}

/** Asks until the service answers, waiting as long as it says, else twice as long each time. */
async function ask(
  service: QueryService,
  query: string,
  span: TimeSlice,
  { signal, wait, report }: SliceOptions,
): Promise<Exclude<QueryOutcome, { readonly status: 'later' }>> {
  for (let tries = 1; ; tries++) {
    const outcome = await service(query, span);
    if (outcome.status !== 'later') return outcome;
    if (tries === MAX_TRIES) {
      const message = `the service still puts the query off after ${MAX_TRIES} tries (${outcome.reason})`;
      throw new LogSourceError('throttled', message, 'run it again later, or ask for a shorter time');
    }
    const waitMs = outcome.afterMs ?? Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1));
    report(`waiting ${Math.ceil(waitMs / 1000)} s: ${outcome.reason}`);
    await wait(waitMs, signal);
  }
}

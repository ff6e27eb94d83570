import { type InputProblem, type MemoryTable, timeRange, unixMsFromTicks } from '../kql/index.ts';
import { formatTimeMs, type ReplayClock } from './clock.ts';
import { lastArrival, uncutTables } from './log-table.ts';
import type { ReplayProblem } from './replay-result.ts';
import { serviceLimits } from './service-limits.ts';

const TICKS_PER_MS = 10_000n;

/** The problems of log files among those of a replay; every one but an inferred schema means that rows are missing. */
export function inputProblems(problems: readonly InputProblem[]): readonly ReplayProblem[] {
  return problems.map(({ code, file, line, count, message, hint }) => ({
    severity: code === 'schema' ? 'note' : 'error',
    message: count > 1 ? `${message} (${count} lines, the first is shown)` : message,
    hint,
    file,
    line,
  }));
}

/** Milliseconds since 1970. */
export type TimeSpan = { readonly firstMs: number; readonly lastMs: number };

/**
 * From the first TimeGenerated over all tables to the last, or to the last arrival of a row where that is known and later:
 * until then rules find rows. Watchlists do not
 * count. In whole milliseconds since 1970; undefined without any row.
 */
export function timeSpan(all: ReadonlyMap<string, MemoryTable>): TimeSpan | undefined {
  const tables = [...all].flatMap(([name, table]) => (uncutTables.has(name) ? [] : [table]));
  const ranges = tables.map(timeRange).filter((range) => range !== undefined);
  const [firstRange, ...others] = ranges;
  if (firstRange === undefined) return undefined;
  let { fromTicks, toTicks } = firstRange;
  for (const range of others) {
    if (range.fromTicks < fromTicks) fromTicks = range.fromTicks;
    if (range.toTicks > toTicks) toTicks = range.toTicks;
  }
  for (const table of tables) {
    const arrivedTicks = lastArrival(table);
    if (arrivedTicks !== undefined && arrivedTicks > toTicks) toTicks = arrivedTicks;
  }
  const firstMs = unixMsFromTicks(fromTicks - (fromTicks % TICKS_PER_MS));
  const lastMs = unixMsFromTicks(toTicks + ((TICKS_PER_MS - (toTicks % TICKS_PER_MS)) % TICKS_PER_MS));
  return { firstMs, lastMs };
}

/** That no window of any rule holds a row: the clock lies before the logs, or 14 days behind them. */
export function clockProblems({ fromMs, toMs }: ReplayClock, span: TimeSpan | undefined): readonly ReplayProblem[] {
  if (span === undefined) return [];
  const isBefore = toMs < span.firstMs;
  if (!isBefore && fromMs - serviceLimits.longestIntervalMs <= span.lastMs) return [];
  const logs = `the logs are from ${formatTimeMs(span.firstMs)} to ${formatTimeMs(span.lastMs)}`;
  const where = isBefore ? 'before them' : 'more than 14 days after them';
  return [
    {
      severity: 'error',
      message: `${logs}, and the replay from ${formatTimeMs(fromMs)} to ${formatTimeMs(toMs)} is ${where}: no rule sees a row`,
      hint: 'leave out --from and --to, and the clock follows the logs',
      file: '',
    },
  ];
}

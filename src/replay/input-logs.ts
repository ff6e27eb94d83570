import { type InputProblem, type MemoryTable, timeRange, unixMsFromTicks } from '../kql/index.ts';
import type { ReplayProblem } from './replay-result.ts';

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

/** The first and last TimeGenerated over all tables in whole milliseconds since 1970, or undefined without any. */
export function timeSpan(
  tables: ReadonlyMap<string, MemoryTable>,
): { readonly firstMs: number; readonly lastMs: number } | undefined {
  const ranges = [...tables.values()].map(timeRange).filter((range) => range !== undefined);
  if (ranges.length === 0) return undefined;
  return {
    firstMs: Math.floor(Math.min(...ranges.map(({ fromTicks }) => unixMsFromTicks(fromTicks)))),
    lastMs: Math.ceil(Math.max(...ranges.map(({ toTicks }) => unixMsFromTicks(toTicks)))),
  };
}

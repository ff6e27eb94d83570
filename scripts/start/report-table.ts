import { type MemoryTable, timeRange, unixMsFromTicks } from '../../src/kql/index.ts';
import type { ReportTable } from '../../src/preview/report-input.ts';

/** A table with its rows and the time that they span. */
export function reportTable(name: string, table: MemoryTable): ReportTable {
  const range = timeRange(table);
  const span =
    range === undefined ? {} : { fromMs: unixMsFromTicks(range.fromTicks), toMs: unixMsFromTicks(range.toTicks) };
  return { name, rows: table.rows.rowCount, ...span };
}

import { createHash } from 'node:crypto';
import { generateMonth, type SampleMonth } from '../../../data/generator/generate-month.ts';
import type { Row } from '../../../data/generator/row.ts';

export const seed = 20260301;

let month: SampleMonth | undefined;

/** The sample month, generated once for all tests. */
export function sampleMonth(): SampleMonth {
  month ??= generateMonth({ seed });
  return month;
}

const kept = new Map<string, readonly Row[]>();

/** The rows of a table, made once for all tests that look at them. */
export function rowsOf(table: string): readonly Row[] {
  const rows = kept.get(table) ?? [...(sampleMonth().tables.get(table) ?? [])];
  if (rows.length === 0) {
    throw new Error(`the sample has no rows of ${table}`);
  }
  kept.set(table, rows);
  return rows;
}

/** Rows are worth 300 MB of memory; tests that come later need not carry them. */
export function forgetRows(): void {
  kept.clear();
}

/** One hash over labels and tables; of a table of many rows every tenth, which what it draws ties to those between. */
export function digest(of: SampleMonth): string {
  const hash = createHash('sha256').update(JSON.stringify(of.labels));
  for (const [table, rows] of of.tables) {
    hash.update(table);
    const every = table === 'ApiManagementGatewayLogs' ? 10 : 1;
    let index = 0;
    for (const row of rows) {
      if (index++ % every === 0) hash.update(JSON.stringify(row));
    }
  }
  return hash.digest('hex');
}

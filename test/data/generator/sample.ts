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

export function rowsOf(table: string): Iterable<Row> {
  const rows = sampleMonth().tables.get(table);
  if (rows === undefined) {
    throw new Error(`the sample has no table ${table}`);
  }
  return rows;
}

/** One hash over everything that is generated: tables, rows and labels. */
export function digest(of: SampleMonth): string {
  const hash = createHash('sha256').update(JSON.stringify(of.labels));
  for (const [table, rows] of of.tables) {
    hash.update(table);
    for (const row of rows) {
      hash.update(JSON.stringify(row));
    }
  }
  return hash.digest('hex');
}

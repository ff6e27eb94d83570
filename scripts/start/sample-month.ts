import type { AttackLabel } from '../../data/generator/labels.ts';
import { writeSampleLogs } from '../../data/generator/write-sample-logs.ts';

/** The seed of the sample month that the report and the README speak of. */
export const SAMPLE_SEED = 20_260_301;

export type WrittenMonth = { readonly rows: number; readonly labels: readonly AttackLabel[] };

/** Writes the sample month anew: it takes seconds, and a month from an older generator would never be noticed. */
export async function writeSampleMonth(folder: string): Promise<WrittenMonth> {
  const { tables, month } = await writeSampleLogs(folder, { seed: SAMPLE_SEED });
  return { rows: tables.reduce((sum, { rows }) => sum + rows, 0), labels: month.labels };
}

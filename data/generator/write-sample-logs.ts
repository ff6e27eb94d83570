import { generateMonth, type MonthOptions, type SampleMonth } from './generate-month.ts';
import { type WriteOptions as Writing, type WrittenTable, writeAside } from './write-aside.ts';
import { TableWriter } from './write-table.ts';

export type WriteOptions = MonthOptions & Writing;

export type { WrittenTable } from './write-aside.ts';

export type WrittenSample = { readonly tables: readonly WrittenTable[]; readonly month: SampleMonth };

/**
 * Generates the sample month and writes `<Table>.ndjson.gz` for each table and `labels.json` into a folder, whole or not
 * at all.
 *
 * @throws GeneratorError `bad-seed`, `unwritable`, or `cancelled` through the signal.
 */
export async function writeSampleLogs(directory: string, options: WriteOptions): Promise<WrittenSample> {
  const month = generateMonth(options);
  return { tables: await writeSampleMonth(directory, month, options), month };
}

/**
 * Writes a month that was generated.
 *
 * @throws GeneratorError `unwritable`, or `cancelled` through the signal.
 */
export async function writeSampleMonth(
  directory: string,
  month: SampleMonth,
  options: Writing,
): Promise<readonly WrittenTable[]> {
  const { tables } = await writeAside(directory, options.signal, async (aside) => ({
    tables: await writeTables(aside, month, options),
    labels: labelsText(month),
  }));
  return tables;
}

async function writeTables(aside: string, month: SampleMonth, options: Writing): Promise<WrittenTable[]> {
  const written: WrittenTable[] = [];
  for (const [table, rows] of month.tables) {
    const writer = new TableWriter(aside, table, options);
    try {
      for (const row of rows) {
        if (writer.add(JSON.stringify(row))) {
          await writer.flush();
        }
      }
      written.push(await writer.finish());
    } finally {
      writer.abandon();
    }
  }
  return written;
}

function labelsText({ seed, from, until, labels }: SampleMonth): string {
  return `${JSON.stringify({ seed, from, until, attacks: labels }, null, 2)}\n`;
}

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { type ColumnDefinition, formatInputProblem, loadTables, tableRows } from '../../../../src/kql/index.ts';

/** A known table with a column of each kind, and one without a time. */
export const schemas: ReadonlyMap<string, readonly ColumnDefinition[]> = new Map([
  [
    'Requests',
    [
      { name: 'TimeGenerated', type: 'datetime' },
      { name: 'Url', type: 'string' },
      { name: 'Code', type: 'int' },
      { name: 'Bytes', type: 'long' },
      { name: 'Seconds', type: 'real' },
      { name: 'Ok', type: 'bool' },
      { name: 'Id', type: 'guid' },
      { name: 'Headers', type: 'dynamic' },
    ],
  ],
  ['Hosts', [{ name: 'Name', type: 'string' }]],
]);

export type FileContent = string | Buffer;
export type Loaded = {
  /** Rows by table, values in their canonical form, without the columns that are empty. */
  readonly rows: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
  /** As a person reads them, with file names relative to the folder. */
  readonly problems: readonly string[];
};

/** Writes the files into a folder of their own, hands it over, and removes it. */
export async function withFiles<Result>(
  files: Readonly<Record<string, FileContent>>,
  use: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'pack-logs-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), content);
    }
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

export const load = (files: Readonly<Record<string, FileContent>>): Promise<Loaded> => withFiles(files, loadFolder);

export async function loadFolder(folder: string): Promise<Loaded> {
  const { tables, problems } = await loadTables([folder], schemas);
  const rows = [...tables].map(([name, { columns, rows: batch }]) => {
    const table = { columns, rowCount: batch.rowCount, rows: batch };
    return [name, tableRows(table).map(withoutNulls)] as const;
  });
  const shown = problems.map((problem) => formatInputProblem({ ...problem, file: relative(folder, problem.file) }));
  return { rows: Object.fromEntries(rows), problems: shown };
}

const withoutNulls = (row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null && value !== ''));

/** 2026-03-24T10:20:00Z in ticks. */
export const atTicks = 639_099_444_000_000_000n;
/** A good row, and what becomes of it. */
export const goodLine = '{"TimeGenerated":"2026-03-24T10:20:00Z","Code":200}';
export const goodRow = { TimeGenerated: atTicks, Code: 200 };

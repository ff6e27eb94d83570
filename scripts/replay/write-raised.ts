import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Schemas, tableToJson, writeJson } from '../../src/kql/index.ts';
import { raisedBatch } from '../../src/replay/log-table.ts';
import type { RaisedRow, RaisedRows } from '../../src/replay/query-engine.ts';

/** Writes what the rules raised as `<Table>.ndjson`, so that queries, workbooks and playbooks can read it as logs. */
export async function writeRaised(directory: string, raised: RaisedRows, schemas: Schemas): Promise<void> {
  await mkdir(directory, { recursive: true });
  for (const [name, rows] of raised) {
    const path = join(directory, `${name}.ndjson`);
    await writeFile(`${path}.partial`, toLines(rows, schemas, name));
    await rename(`${path}.partial`, path);
  }
}

function toLines(rows: readonly RaisedRow[], schemas: Schemas, name: string): string {
  const batch = raisedBatch(schemas.get(name) ?? [], rows);
  const { columns, rows: cells } = tableToJson({ columns: batch.columns, rowCount: batch.rowCount, rows: batch });
  return cells
    .map((row) => Object.fromEntries(columns.map((column, index) => [column.name, row[index] ?? null])))
    .map((row) => `${writeJson(row)}\n`)
    .join('');
}

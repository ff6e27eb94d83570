import { batchOf, type Catalog, concatBatches, createMemoryTable, type MemoryTable } from '../../src/kql/index.ts';
import { raisedBatch } from '../../src/replay/log-table.ts';
import { knownSchemas } from '../load-logs.ts';
import type { ReplayedFolder } from './replay-folder.ts';

/** The logs as a workspace would hold them after the month: with the alerts and incidents that the rules raised. */
export function reportCatalog({ logs, result }: ReplayedFolder): Catalog {
  const tables = new Map<string, MemoryTable>();
  for (const [name, columns] of knownSchemas)
    tables.set(name, logs.tables.get(name) ?? createMemoryTable(batchOf(columns, [])));
  for (const [name, rows] of result.raised) {
    const { columns, rows: before } = tables.get(name) as MemoryTable;
    tables.set(name, createMemoryTable(concatBatches(columns, [before, raisedBatch(columns, rows)])));
  }
  return { tables };
}

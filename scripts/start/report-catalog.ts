import {
  batchOf,
  type Catalog,
  concatBatches,
  createMemoryTable,
  type MemoryTable,
  type Value,
} from '../../src/kql/index.ts';
import { securityAlertRow } from '../../src/replay/security-alert.ts';
import { knownSchemas } from '../load-logs.ts';
import type { ReplayedFolder } from './replay-folder.ts';

/** The logs as a workspace would hold them after the month: with the alerts that the rules raised as rows of SecurityAlert. */
export function reportCatalog({ logs, result }: ReplayedFolder): Catalog {
  const tables = new Map<string, MemoryTable>();
  for (const [name, columns] of knownSchemas)
    tables.set(name, logs.tables.get(name) ?? createMemoryTable(batchOf(columns, [])));
  const before = tables.get('SecurityAlert') as MemoryTable;
  const rows = result.rules
    .flatMap((rule) => rule.alerts)
    .map(securityAlertRow)
    .map((row) => before.columns.map(({ name, type }): Value => row[name] ?? (type === 'string' ? '' : null)));
  const raised = batchOf(before.columns, rows);
  tables.set('SecurityAlert', createMemoryTable(concatBatches(before.columns, [before.rows, raised])));
  return { tables };
}

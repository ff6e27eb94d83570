import { Cell as LoaderCell } from '../../kql/columns/readers/cell.ts';
import { ProblemCollector } from '../../kql/columns/readers/input-problem.ts';
import { TableLoader } from '../../kql/columns/readers/table-loader.ts';
import {
  createMemoryTable,
  type InputProblem,
  type LoadedFile,
  type MemoryTable,
  type Schemas,
} from '../../kql/index.ts';
import type { TableNeed } from '../../replay/log-needs.ts';
import { uncutTables } from '../../replay/log-table.ts';
import { hideArrivals, withArrivalColumns } from '../../sentinel/arrival-times.ts';
import type { LogSource } from '../log-source.ts';
import { type FetchOptions, fetchTable } from './fetch-table.ts';
import type { Cell, QueryService } from './query-service.ts';
import type { RowSaver } from './save-rows.ts';
import type { TimeSlice } from './table-query.ts';

export type WorkspaceOptions = FetchOptions & {
  readonly name: string;
  readonly service: QueryService;
  /** The scheduled times of the replay; rules look back from them. */
  readonly range: TimeSlice;
  readonly saver?: RowSaver | undefined;
};

/** A row that arrives later than this after its time is not fetched for rules that go by the time of arrival. */
const LATEST_ARRIVAL_MS = 86_400_000;
/** Tables that runs see whole, watchlists, are fetched whole: a workspace keeps rows for 12 years at most. */
const OLDEST_ROW_MS = 12 * 366 * 86_400_000;

/** The tables of a Log Analytics workspace: of each the columns and the time that the rules need, and no more. */
export const workspaceLogs = (options: WorkspaceOptions): LogSource => ({
  name: options.name,
  async load(needs, schemas) {
    const tables = new Map<string, MemoryTable>();
    const files: LoadedFile[] = [];
    const problems: InputProblem[] = [];
    try {
      for (const need of needs) {
        const loaded = await loadTable(need, schemas, options);
        if (loaded === undefined) continue;
        tables.set(need.table, loaded.table);
        files.push({ path: options.name, table: need.table, rowCount: loaded.table.rows.rowCount });
        problems.push(...loaded.problems);
      }
      await options.saver?.commit();
    } catch (error) {
      await options.saver?.discard();
      throw error;
    }
    return { tables, files, problems };
  },
});

type LoadedTable = { readonly table: MemoryTable; readonly problems: readonly InputProblem[] };

/** Undefined where the workspace has no such table: the replay says what that means for the rules. */
async function loadTable(
  { table, columns: wanted, lookbackMs, byArrival }: TableNeed,
  schemas: Schemas,
  { name, service, range, saver, ...fetch }: WorkspaceOptions,
): Promise<LoadedTable | undefined> {
  const columns = (schemas.get(table) ?? []).filter((column) => wanted?.has(column.name) ?? true);
  const aheadMs = uncutTables.has(table) ? OLDEST_ROW_MS : lookbackMs + (byArrival ? LATEST_ARRIVAL_MS : 0);
  const fromMs = range.fromMs - aheadMs;
  const loader = new TableLoader(table, withArrivalColumns(schemas).get(table));
  const problems = new ProblemCollector(name);
  const sink = async (names: readonly string[], rows: readonly (readonly Cell[])[]): Promise<void> => {
    addRows(loader, names, rows, problems);
    await saver?.write(table, names, rows);
  };
  const count = await fetchTable(service, { table, columns }, { fromMs, toMs: range.toMs }, sink, fetch);
  if (count === undefined) return undefined;
  loader.endFile(problems);
  return { table: hideArrivals(createMemoryTable(loader.build())), problems: problems.problems };
}

function addRows(
  loader: TableLoader,
  names: readonly string[],
  rows: readonly (readonly Cell[])[],
  problems: ProblemCollector,
): void {
  const cell = new LoaderCell();
  const slots = names.map((name) => loader.resolve(name));
  for (const row of rows) {
    for (const [index, slot] of slots.entries()) {
      const value = row[index] ?? null;
      if (slot !== undefined && value !== null) loader.put(slot, cell.set(String(value), typeof value === 'string'));
    }
    loader.endRow(problems, undefined, 'a row');
  }
}

import {
  batchOf,
  type Catalog,
  clipTable,
  createMemoryTable,
  type MemoryTable,
  type PreparedQuery as PreparedKql,
  prepareQuery,
  rowsOf,
  runPrepared,
  type Schemas,
  type TableSource,
  yieldsNothingFromEmptyTables,
} from '../kql/index.ts';
import type { PreparedQuery, QueryEngine, QueryWindow, RunResult } from './query-engine.ts';

type Tables = ReadonlyMap<string, MemoryTable>;

/**
 * The KQL engine over tables in memory, as replay asks for it. Tables of the schemas that are not loaded are empty.
 * Rows carry no time of ingestion, so that an NRT rule sees a row when it was generated; a table without TimeGenerated
 * (a watchlist) is not cut by time, as in the service. A run whose every table is empty in its window is not executed
 * where the plan proves that it yields nothing: an NRT rule has 43,200 runs in a month, most of them on no rows.
 */
export function createKqlQueryEngine(loaded: Tables, schemas: Schemas): QueryEngine {
  const absent = [...schemas].filter(([name]) => !loaded.has(name));
  const empty = absent.map(([name, columns]) => [name, createMemoryTable(batchOf(columns, []))] as const);
  const tables: Tables = new Map([...empty, ...loaded]);
  return { prepare: (query) => prepareRule(query, tables, loaded) };
}

function prepareRule(query: string, tables: Tables, loaded: Tables): PreparedQuery {
  const prepared = prepareQuery(query, { tables });
  const names = [...(prepared.plan === undefined ? namesInText(query, tables) : tableNames(prepared.plan))].sort();
  // A query whose columns depend on its data is planned in each run, and so needs every table that it could name.
  const cut = prepared.plan === undefined ? [...tables.keys()] : names;
  const nothing = resultOnNothing(prepared);
  let ranOnNothing = false;
  return {
    tables: names.map((name) => ({ name, rowCount: loaded.get(name)?.rows.rowCount })),
    async run(window) {
      const inWindow = cutTables(cut, tables, window);
      const isEmpty = [...inWindow.values()].every(({ rows }) => rows.rowCount === 0);
      // The first such run is executed, so that a query that fails on no rows is seen to fail.
      if (isEmpty && ranOnNothing && nothing !== undefined) return nothing;
      const result = await runQueryOver(prepared, window, inWindow);
      ranOnNothing ||= isEmpty;
      return result;
    },
  };
}

function resultOnNothing({ plan }: PreparedKql): RunResult | undefined {
  if (plan === undefined || !yieldsNothingFromEmptyTables(plan)) return undefined;
  return { columns: plan.columns, rows: [], rowsScanned: 0 };
}

const cutTables = (names: readonly string[], tables: Tables, { fromTicks, toTicks }: QueryWindow): Tables =>
  new Map(names.map((name) => [name, clipTable(tables.get(name) as MemoryTable, fromTicks, toTicks)]));

async function runQueryOver(prepared: PreparedKql, window: QueryWindow, tables: Tables): Promise<RunResult> {
  let rowsScanned = 0;
  const counted = (source: TableSource): TableSource => ({
    columns: source.columns,
    async *scan(range) {
      for await (const batch of source.scan(range)) {
        rowsScanned += batch.rowCount;
        yield batch;
      }
    },
  });
  const catalog: Catalog = { tables: new Map([...tables].map(([name, table]) => [name, counted(table)])) };
  const { table } = await runPrepared(prepared, catalog, { nowTicks: window.nowTicks });
  return { columns: table.columns, rows: rowsOf(table.rows), rowsScanned };
}

/** The tables that a plan reads anywhere: as inputs, in subqueries, on either side of a join. */
function tableNames(part: unknown, names = new Set<string>(), seen = new Set<unknown>()): ReadonlySet<string> {
  if (typeof part !== 'object' || part === null || seen.has(part)) return names;
  seen.add(part);
  if (Array.isArray(part)) for (const item of part) tableNames(item, names, seen);
  else if (Object.getPrototypeOf(part) === Object.prototype) {
    const node = part as { readonly operator?: unknown; readonly name?: unknown };
    if (node.operator === 'table' && typeof node.name === 'string') names.add(node.name);
    for (const value of Object.values(part)) tableNames(value, names, seen);
  }
  return names;
}

const namesInText = (query: string, tables: Tables): readonly string[] => {
  const words = new Set(query.match(/\w+/g));
  return [...tables.keys()].filter((name) => words.has(name));
};

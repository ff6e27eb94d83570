import { collect } from '../kql/execute/collect.ts';
import {
  batchOf,
  type Catalog,
  clipTable,
  createContext,
  createMemoryTable,
  type MemoryTable,
  rowsOf,
  type Schemas,
  symbolsOf,
  type TableSource,
} from '../kql/index.ts';
import { parseQuery } from '../kql/parse/parse-query.ts';
import { buildQuery } from '../kql/plan/build-query.ts';
import type { Plan } from '../kql/plan/plan.ts';
import type { PreparedQuery, QueryEngine, QueryWindow, RunResult } from './query-engine.ts';

/**
 * The KQL engine over tables in memory, as replay asks for it. Tables of the schemas that are not loaded are empty.
 * Rows carry no time of ingestion, so that an NRT rule sees a row when it was generated; a table without TimeGenerated
 * (a watchlist) is not cut by time, as in the service.
 */
export function createKqlQueryEngine(tables: ReadonlyMap<string, MemoryTable>, schemas: Schemas): QueryEngine {
  const absent = [...schemas].filter(([name]) => !tables.has(name));
  const all = new Map([
    ...absent.map(([name, columns]) => [name, createMemoryTable(batchOf(columns, []))] as const),
    ...tables,
  ]);
  const catalog: Catalog = { tables: all };
  return { prepare: (query) => prepareQuery(query, catalog, all, tables) };
}

function prepareQuery(
  query: string,
  catalog: Catalog,
  all: ReadonlyMap<string, MemoryTable>,
  loaded: ReadonlyMap<string, MemoryTable>,
): PreparedQuery {
  const root = parseQuery(query, symbolsOf(catalog));
  const planAt = (nowTicks: bigint): Plan => buildQuery(root, createContext(catalog, { nowTicks }));
  const shared = planAt(0n);
  // now() is asked for in each run; the literal datetime(now) becomes part of the plan.
  const dependsOnNow = /datetime\s*\(\s*now/i.test(query);
  const names = [...tableNames(shared)].sort();
  return {
    tables: names.map((name) => ({ name, rowCount: loaded.get(name)?.rows.rowCount })),
    run: (window) => runPlan(dependsOnNow ? planAt(window.nowTicks) : shared, window, cutTables(names, all, window)),
  };
}

function cutTables(
  names: readonly string[],
  all: ReadonlyMap<string, MemoryTable>,
  { fromTicks, toTicks }: QueryWindow,
): ReadonlyMap<string, MemoryTable> {
  return new Map(names.map((name) => [name, clipTable(all.get(name) as MemoryTable, fromTicks, toTicks)]));
}

async function runPlan(plan: Plan, window: QueryWindow, tables: ReadonlyMap<string, MemoryTable>): Promise<RunResult> {
  let rowsScanned = 0;
  const counted = (source: TableSource): TableSource => ({
    columns: source.columns,
    async *scan() {
      for await (const batch of source.scan()) {
        rowsScanned += batch.rowCount;
        yield batch;
      }
    },
  });
  const sources = new Map([...tables].map(([name, table]) => [name, counted(table)]));
  const rows = await collect(plan, createContext({ tables: sources }, { nowTicks: window.nowTicks }));
  return { columns: plan.columns, rows: rowsOf(rows), rowsScanned };
}

/** The tables that a plan reads anywhere: as inputs, in subqueries, on either side of a join. */
function tableNames(part: unknown, names = new Set<string>(), seen = new Set<unknown>()): ReadonlySet<string> {
  if (typeof part !== 'object' || part === null || seen.has(part)) return names;
  seen.add(part);
  if (Array.isArray(part)) for (const item of part) tableNames(item, names, seen);
  else if (Object.getPrototypeOf(part) === Object.prototype) {
    const node = part as Partial<Plan>;
    if (node.operator === 'table' && node.name !== undefined) names.add(node.name);
    for (const value of Object.values(part)) tableNames(value, names, seen);
  }
  return names;
}

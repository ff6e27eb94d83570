import {
  batchOf,
  type Catalog,
  createMemoryTable,
  type MemoryTable,
  type PreparedQuery as PreparedKql,
  prepareQuery,
  rowsOf,
  runPrepared,
  type Schemas,
  type Table,
  type TableSource,
  yieldsNothingFromEmptyTables,
} from '../kql/index.ts';
import type { Plan } from '../kql/plan/plan.ts';
import { type LogTable, logTable, type VisibleTable } from './log-table.ts';
import type { PreparedQuery, QueryEngine, QueryThreshold, QueryWindow, RaisedRows, RunResult } from './query-engine.ts';
import {
  findConditions,
  findThresholds,
  measuringPlan,
  planWithLimit,
  planWithout,
  type Threshold,
} from './query-thresholds.ts';

type Tables = ReadonlyMap<string, LogTable>;

/** Planned queries by their text. */
export type QueryPlans = Map<string, PreparedKql>;

export type KqlEngineOptions = {
  /** Plans by query, kept by the caller for further engines over tables of the same schemas. */
  readonly plans?: QueryPlans;
  /**
   * What queries are bound against, where tables of the same columns are read by one engine after another: the binder
   * keeps its work by the catalog (default: one of the engine's own tables).
   */
  readonly planning?: Catalog;
};

/**
 * The KQL engine over tables in memory, as replay asks for it. Tables of the schemas that are not loaded are empty. A
 * run whose every table is empty in its window is not executed where the plan proves that it yields nothing: an NRT rule
 * has 43,200 runs in a month, most of them on no rows.
 */
export function createKqlQueryEngine(
  loaded: ReadonlyMap<string, MemoryTable>,
  schemas: Schemas,
  { plans = new Map(), planning }: KqlEngineOptions = {},
): QueryEngine {
  const absent = [...schemas].filter(([name]) => !loaded.has(name));
  const empty = absent.map(([name, columns]) => [name, createMemoryTable(batchOf(columns, []))] as const);
  const tables: Tables = new Map([...empty, ...loaded].map(([name, table]) => [name, logTable(table)]));
  let own: Catalog | undefined;
  const catalog = (): Catalog => {
    own ??= planning ?? { tables: new Map([...tables].map(([name, { table }]) => [name, table])) };
    return own;
  };
  const planOf = (query: string): PreparedKql => {
    const known = plans.get(query);
    if (known !== undefined) return known;
    const prepared = prepareQuery(query, catalog());
    plans.set(query, prepared);
    return prepared;
  };
  return { prepare: (query) => prepareRule(planOf(query), tables, loaded) };
}

function prepareRule(prepared: PreparedKql, tables: Tables, loaded: ReadonlyMap<string, MemoryTable>): PreparedQuery {
  const { plan, text } = prepared;
  const names = [...(plan === undefined ? namesInText(text, tables) : tableNames(plan))].sort();
  // A query whose columns depend on its data is planned in each run, and so needs every table that it could name.
  const cut = plan === undefined ? [...tables.keys()] : names;
  const nothing = resultOnNothing(prepared);
  let ranOnNothing = false;
  return {
    tables: names.map((name) => ({ name, rowCount: loaded.get(name)?.rows.rowCount })),
    async run(window, raised) {
      const visible = visibleTables(cut, tables, window, raised);
      const isEmpty = [...visible.values()].every(({ rowCount }) => rowCount === 0);
      // The first such run is executed, so that a query that fails on no rows is seen to fail.
      if (isEmpty && ranOnNothing && nothing !== undefined) return nothing;
      const result = await runQueryOver(prepared, window, visible);
      ranOnNothing ||= isEmpty;
      return result;
    },
    ...(plan === undefined
      ? {}
      : explanations({ text, plan }, (window) => visibleTables(cut, tables, window, undefined))),
  };
}

type Planned = { readonly text: string; readonly plan: Plan };

const preparedOf = (text: string, plan: Plan): PreparedKql => ({ text, plan, results: [{ name: undefined, plan }] });

function explanations(
  { text, plan }: Planned,
  tablesIn: (window: QueryWindow) => VisibleTables,
): Required<Pick<PreparedQuery, 'thresholds' | 'conditions'>> {
  return {
    thresholds: () => findThresholds(plan, text).map((threshold) => measurable(threshold, { text, plan }, tablesIn)),
    conditions: () =>
      findConditions(plan, text).map((condition) => ({
        text: condition.text,
        isTime: condition.isTime,
        async countWithout(window) {
          const relaxed = preparedOf(text, planWithout(plan, condition));
          return (await runCounted(relaxed, window, tablesIn(window))).table.rowCount;
        },
      })),
  };
}

function measurable(
  threshold: Threshold,
  { text, plan }: Planned,
  tablesIn: (window: QueryWindow) => VisibleTables,
): QueryThreshold {
  const { operator, limit, type, where } = threshold;
  const { columns } = where.input;
  let reached: { readonly window: QueryWindow; readonly input: Plan } | undefined;
  /** The rows that reach the comparison, computed once a window: what comes before them does not depend on the limit. */
  const inputIn = async (window: QueryWindow): Promise<Plan> => {
    if (reached?.window === window) return reached.input;
    const { table } = await runCounted(preparedOf(text, where.input), window, tablesIn(window));
    reached = { window, input: { operator: 'rows', columns, batch: table.rows } };
    return reached.input;
  };
  return {
    text: threshold.text,
    operator,
    limit,
    type,
    async measure(window) {
      const measuring = measuringPlan(threshold, await inputIn(window));
      const { rows } = await runQueryOver(preparedOf(text, measuring), window, tablesIn(window));
      return rows
        .filter(([, anyway]) => anyway !== true)
        .map(([value = null, , ...cells]) => ({ value, columns, cells }));
    },
    async countResults(window, other) {
      const moved = planWithLimit(plan, threshold, { limit: other, input: await inputIn(window) });
      return (await runCounted(preparedOf(text, moved), window, tablesIn(window))).table.rowCount;
    },
  };
}

function resultOnNothing({ plan }: PreparedKql): RunResult | undefined {
  if (plan === undefined || !yieldsNothingFromEmptyTables(plan)) return undefined;
  return { columns: plan.columns, rows: [], rowsScanned: 0 };
}

type VisibleTables = ReadonlyMap<string, VisibleTable>;

function visibleTables(
  names: readonly string[],
  tables: Tables,
  window: QueryWindow,
  raised: RaisedRows | undefined,
): VisibleTables {
  return new Map(
    names.map((name) => [name, (tables.get(name) as LogTable).visibleIn(window, raised?.get(name) ?? [])]),
  );
}

async function runQueryOver(prepared: PreparedKql, window: QueryWindow, tables: VisibleTables): Promise<RunResult> {
  const { table, rowsScanned } = await runCounted(prepared, window, tables);
  return { columns: table.columns, rows: rowsOf(table.rows), rowsScanned };
}

async function runCounted(
  prepared: PreparedKql,
  window: QueryWindow,
  tables: VisibleTables,
): Promise<{ readonly table: Table; readonly rowsScanned: number }> {
  let rowsScanned = 0;
  const count = async function* (batches: ReturnType<TableSource['scan']>) {
    for await (const batch of batches) {
      rowsScanned += batch.rowCount;
      yield batch;
    }
  };
  const counted = ({ columns, scan, scanWithArrival }: TableSource): TableSource => ({
    columns,
    scan: (range) => count(scan(range)),
    ...(scanWithArrival === undefined ? {} : { scanWithArrival: (range) => count(scanWithArrival(range)) }),
  });
  const catalog: Catalog = { tables: new Map([...tables].map(([name, table]) => [name, counted(table)])) };
  const { table } = await runPrepared(prepared, catalog, { nowTicks: window.nowTicks });
  return { table, rowsScanned };
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

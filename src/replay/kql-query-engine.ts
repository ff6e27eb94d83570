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
  type Surroundings,
  type Table,
  type TableSource,
  yieldsNothingFromEmptyTables,
} from '../kql/index.ts';
import type { Plan } from '../kql/plan/plan.ts';
import { inWorkspace } from '../sentinel/workspace.ts';
import { type LogTable, logTable, uncutTables, type VisibleTable, wholeTable } from './log-table.ts';
import type { PreparedQuery, QueryEngine, QueryThreshold, QueryWindow, RaisedRows, RunResult } from './query-engine.ts';
import { dependsOnRun, namesInText, readsByPattern, tableNames } from './query-names.ts';
import {
  findConditions,
  findThresholds,
  measuringPlan,
  planWithLimit,
  planWithout,
  type Threshold,
} from './query-thresholds.ts';

/** What queries can name, and each of its tables as runs see it. */
type RuleCatalog = {
  readonly catalog: Catalog;
  readonly surroundings: Surroundings;
  readonly tables: ReadonlyMap<string, LogTable>;
};

/** Planned queries by their text. */
export type QueryPlans = Map<string, PreparedKql>;

export type KqlEngineOptions = {
  /** Plans by query, kept by the caller for further engines over tables of the same schemas. */
  readonly plans?: QueryPlans;
  /**
   * What queries are bound against, where tables of the same columns are read by one engine after another: the binder
   * keeps its work by the catalog (inWorkspace; default: that of the engine's own tables).
   */
  readonly planning?: Catalog;
  /** What the workspace has besides its tables and its own functions. */
  readonly surroundings?: Surroundings;
};

/**
 * The KQL engine over tables in memory, as replay asks for it: in a workspace, with its functions and with every table of
 * the schemas, those that are not loaded empty. A run whose every table is empty in its window is not executed where the
 * plan proves that it yields nothing: an NRT rule has 43,200 runs in a month, most of them on no rows.
 */
export function createKqlQueryEngine(
  loaded: ReadonlyMap<string, MemoryTable>,
  schemas: Schemas,
  { plans = new Map(), surroundings = {}, planning }: KqlEngineOptions = {},
): QueryEngine {
  const catalog = inWorkspace({ tables: loaded, ...surroundings }, schemas);
  const sources = [...catalog.tables, ...(catalog.staged ?? [])];
  const workspace: RuleCatalog = {
    catalog,
    surroundings,
    tables: new Map(sources.map(([name, source]) => [name, tableOfWorkspace(name, source)])),
  };
  const planOf = (query: string): PreparedKql => {
    const known = plans.get(query);
    if (known !== undefined) return known;
    const prepared = prepareQuery(query, planning ?? catalog);
    plans.set(query, prepared);
    return prepared;
  };
  return { prepare: (query) => prepareRule(planOf(query), workspace, loaded) };
}

function tableOfWorkspace(name: string, source: TableSource): LogTable {
  const table = 'rows' in source ? (source as MemoryTable) : createMemoryTable(batchOf(source.columns, []));
  return uncutTables.has(name) ? wholeTable(table) : logTable(table);
}

function prepareRule(
  prepared: PreparedKql,
  workspace: RuleCatalog,
  loaded: ReadonlyMap<string, MemoryTable>,
): PreparedQuery {
  const { plan, text } = prepared;
  const { catalog, surroundings, tables } = workspace;
  const names = [...(plan === undefined ? namesInText(text, catalog) : tableNames(plan))].sort();
  // A query whose columns depend on its data is bound in each run: the fewer tables there are, the sooner.
  const cut = plan === undefined && readsByPattern(text, catalog) ? [...tables.keys()] : names;
  const catalogIn = (window: QueryWindow, raised?: RaisedRows): RunCatalog => {
    const visible = visibleTables(cut, tables, window, raised);
    return plan === undefined ? inRun(catalog, visible) : { ...surroundings, tables: visible };
  };
  const isIdle = ({ tables: visible }: RunCatalog): boolean =>
    [...visible].every(([name, { rowCount }]) => rowCount === 0 || isAlwaysWhole(name, tables.get(name)));
  const nothing = resultOnNothing(prepared);
  const isSteady = !dependsOnRun(text, catalog);
  let ranOnNothing = false;
  let whenIdle: RunResult | undefined;
  return {
    tables: names.map((name) => ({ name, rowCount: loaded.get(name)?.rows.rowCount })),
    async run(window, raised) {
      const visible = catalogIn(window, raised);
      const isEmpty = [...visible.tables.values()].every(({ rowCount }) => rowCount === 0);
      // The first such run is executed, so that a query that fails on no rows is seen to fail.
      if (isEmpty && ranOnNothing && nothing !== undefined) return nothing;
      // Runs that read the same give the same: watchlists alone, and nothing that tells one run from another.
      const isAsBefore = isSteady && isIdle(visible);
      if (isAsBefore && whenIdle !== undefined) return whenIdle;
      const result = await runQueryOver(prepared, window, visible);
      ranOnNothing ||= isEmpty;
      if (isAsBefore) whenIdle = result;
      return result;
    },
    ...(plan === undefined ? {} : explanations({ text, plan }, catalogIn)),
  };
}

/** The workspace as one run sees it: a query that is planned in the run can name all of it. */
function inRun(catalog: Catalog, visible: VisibleTables): RunCatalog {
  const of = (names: Iterable<string>) =>
    [...names].flatMap((name): [string, VisibleTable][] => {
      const table = visible.get(name);
      return table === undefined ? [] : [[name, table]];
    });
  const staged = [...(catalog.staged ?? [])].map(([name, { origin }]) => [name, origin] as const);
  return {
    ...catalog,
    tables: new Map(of(catalog.tables.keys())),
    staged: new Map(
      staged.flatMap(([name, origin]) => of([name]).map(([, table]) => [name, { ...table, origin }] as const)),
    ),
  };
}

type Planned = { readonly text: string; readonly plan: Plan };

const preparedOf = (text: string, plan: Plan): PreparedKql => ({ text, plan, results: [{ name: undefined, plan }] });

function explanations(
  { text, plan }: Planned,
  catalogIn: (window: QueryWindow) => RunCatalog,
): Required<Pick<PreparedQuery, 'thresholds' | 'conditions'>> {
  return {
    thresholds: () => findThresholds(plan, text).map((threshold) => measurable(threshold, { text, plan }, catalogIn)),
    conditions: () =>
      findConditions(plan, text).map((condition) => ({
        text: condition.text,
        isTime: condition.isTime,
        async countWithout(window) {
          const relaxed = preparedOf(text, planWithout(plan, condition));
          return (await runCounted(relaxed, window, catalogIn(window))).table.rowCount;
        },
      })),
  };
}

function measurable(
  threshold: Threshold,
  { text, plan }: Planned,
  catalogIn: (window: QueryWindow) => RunCatalog,
): QueryThreshold {
  const { operator, limit, type, where } = threshold;
  const { columns } = where.input;
  let reached: { readonly window: QueryWindow; readonly input: Plan } | undefined;
  /** The rows that reach the comparison, computed once a window: what comes before them does not depend on the limit. */
  const inputIn = async (window: QueryWindow): Promise<Plan> => {
    if (reached?.window === window) return reached.input;
    const { table } = await runCounted(preparedOf(text, where.input), window, catalogIn(window));
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
      const { rows } = await runQueryOver(preparedOf(text, measuring), window, catalogIn(window));
      return rows
        .filter(([, anyway]) => anyway !== true)
        .map(([value = null, , ...cells]) => ({ value, columns, cells }));
    },
    async countResults(window, other) {
      const moved = planWithLimit(plan, threshold, { limit: other, input: await inputIn(window) });
      return (await runCounted(preparedOf(text, moved), window, catalogIn(window))).table.rowCount;
    },
  };
}

function resultOnNothing({ plan }: PreparedKql): RunResult | undefined {
  if (plan === undefined || !yieldsNothingFromEmptyTables(plan)) return undefined;
  return { columns: plan.columns, rows: [], rowsScanned: 0 };
}

type VisibleTables = ReadonlyMap<string, VisibleTable>;
type RunCatalog = Omit<Catalog, 'tables'> & { readonly tables: VisibleTables };

function visibleTables(
  names: readonly string[],
  tables: RuleCatalog['tables'],
  window: QueryWindow,
  raised: RaisedRows | undefined,
): VisibleTables {
  return new Map(
    names.map((name) => [name, (tables.get(name) as LogTable).visibleIn(window, raised?.get(name) ?? [])]),
  );
}

async function runQueryOver(prepared: PreparedKql, window: QueryWindow, catalog: RunCatalog): Promise<RunResult> {
  const { table, rowsScanned } = await runCounted(prepared, window, catalog);
  return { columns: table.columns, rows: rowsOf(table.rows), rowsScanned };
}

async function runCounted(
  prepared: PreparedKql,
  window: QueryWindow,
  catalog: RunCatalog,
): Promise<{ readonly table: Table; readonly rowsScanned: number }> {
  let rowsScanned = 0;
  const count = async function* (batches: ReturnType<TableSource['scan']>) {
    for await (const batch of batches) {
      rowsScanned += batch.rowCount;
      yield batch;
    }
  };
  const counted = <T extends TableSource>(table: T): T => ({
    ...table,
    scan: (range) => count(table.scan(range)),
    ...(table.scanWithArrival === undefined
      ? {}
      : { scanWithArrival: (range) => count(table.scanWithArrival?.(range) ?? []) }),
  });
  const countedOf = <T extends TableSource>(tables: ReadonlyMap<string, T>) =>
    new Map([...tables].map(([name, table]) => [name, counted(table)]));
  const { tables, staged } = catalog;
  const countedCatalog: Catalog = {
    ...catalog,
    tables: countedOf(tables),
    ...(staged === undefined ? {} : { staged: countedOf(staged) }),
  };
  const { table } = await runPrepared(prepared, countedCatalog, { nowTicks: window.nowTicks });
  return { table, rowsScanned };
}

/** Whether all runs see the same rows of a table. */
const isAlwaysWhole = (name: string, table: LogTable | undefined): boolean =>
  uncutTables.has(name) || table?.table.timeColumn === undefined;

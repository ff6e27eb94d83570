import {
  type Batch,
  type ColumnDefinition,
  concatBatches,
  createMemoryTable,
  type MemoryTable,
  type Schemas,
} from '../../kql/index.ts';
import { timeReader, withDelays } from '../log-table.ts';
import { ReplayError } from '../replay-error.ts';
import type { Position } from '../yaml-document.ts';
import { batchOfRows } from './json-cells.ts';
import { keepLatest } from './keep-latest.ts';
import type { Scenario, ScenarioStep } from './scenario.ts';
import type { TrafficLibrary, TrafficRows } from './traffic-library.ts';

/** The logs of a scenario. */
export type ScenarioTables = {
  readonly tables: ReadonlyMap<string, MemoryTable>;
  /** What the scenario gives besides its backgrounds, by table. */
  readonly own: ReadonlyMap<string, MemoryTable>;
  /** Each step and each list of rows that the scenario gives, with the time of its first row; undefined without any. */
  readonly given: readonly { readonly position: Position; readonly firstTicks: bigint | undefined }[];
};

/** So many built steps are kept. */
const KEPT_STEPS = 32;

/** Rows of one table, all equally late. */
type Part = { readonly table: string; readonly batch: Batch; readonly delayMs: number };

/**
 * Builds the logs of scenarios; backgrounds are built once and shared.
 * @throws ReplayError for a table or column that does not exist, a value of another type, and a step that cannot be
 */
export function createTableBuilder(schemas: Schemas, library: TrafficLibrary): (scenario: Scenario) => ScenarioTables {
  const keptBackground = keepLatest<string, readonly Part[]>(library.backgrounds.size);
  const backgroundOf = (name: string): readonly Part[] =>
    keptBackground(name, () =>
      (library.backgrounds.get(name)?.() ?? []).map((rows) => partOf(rows, schemas, faultOf(name))),
    );
  // Scenarios come in pairs that differ in one number, so most steps are asked for again soon.
  const keptStep = keepLatest<string, readonly Part[]>(KEPT_STEPS);
  const stepOf = (scenario: Scenario, { name, parameters, position }: ScenarioStep, place: number): readonly Part[] =>
    keptStep(JSON.stringify([place, name, parameters]), () => {
      const fail: Fault = (message, hint) => fault(scenario, position, `${name}: ${message}`, hint);
      return makeStep(library, { name, parameters }, place, fail).map((rows) => partOf(rows, schemas, fail));
    });
  return (scenario) => {
    const { given } = scenario;
    const stated = [
      ...given.steps.map((step, index) => ({ ...step, parts: stepOf(scenario, step, index + 1) })),
      ...given.rows.map(({ position, ...rows }) => ({
        position,
        parts: [partOf(rows, schemas, (message, hint) => fault(scenario, position, message, hint))],
      })),
    ];
    const own = stated.flatMap((one) => one.parts);
    const parts = [...scenario.given.backgrounds.flatMap(backgroundOf), ...own];
    const build = (some: readonly Part[]): ReadonlyMap<string, MemoryTable> =>
      new Map([...byTable(some)].map(([name, same]) => [name, buildTable(same, schemas.get(name) ?? [])]));
    return {
      tables: build(parts),
      own: build(own),
      given: stated.map((one) => ({ position: one.position, firstTicks: firstTicks(one.parts) })),
    };
  };
}

type Fault = (message: string, hint: string) => Error;

const fault = ({ file }: Scenario, { line, column }: Position, message: string, hint: string): ReplayError =>
  new ReplayError('scenario-bad-value', message, { file, line, column, hint });

const faultOf =
  (background: string): Fault =>
  (message, hint) =>
    new Error(`the background ${background} is broken: ${message} (${hint})`);

function makeStep(
  library: TrafficLibrary,
  { name, parameters }: Pick<ScenarioStep, 'name' | 'parameters'>,
  place: number,
  fail: Fault,
): readonly TrafficRows[] {
  try {
    return library.steps.get(name)?.(parameters, place) ?? [];
  } catch (error) {
    const { message, hint } = error as Error & { readonly hint?: string };
    throw fail(message, hint ?? 'correct the parameters of the step');
  }
}

function partOf({ table, rows, delayMs }: TrafficRows, schemas: Schemas, fail: Fault): Part {
  const columns = schemas.get(table);
  if (columns === undefined) {
    throw fail(`there is no table ${table}`, `the tables are ${[...schemas.keys()].sort().join(', ')}`);
  }
  const batch = batchOfRows(rows, columns);
  if ('hint' in batch) throw fail(`${table}: ${batch.message}`, batch.hint);
  return { table, delayMs, batch };
}

function firstTicks(parts: readonly Part[]): bigint | undefined {
  let first: bigint | undefined;
  for (const { batch } of parts) {
    const timeOf = timeReader(batch, 'TimeGenerated');
    for (let row = 0; row < batch.rowCount; row++) {
      const ticks = timeOf(row);
      if (ticks !== null && (first === undefined || ticks < first)) first = ticks;
    }
  }
  return first;
}

function byTable(parts: readonly Part[]): ReadonlyMap<string, readonly Part[]> {
  const tables = new Map<string, Part[]>();
  for (const part of parts) {
    const same = tables.get(part.table);
    if (same === undefined) tables.set(part.table, [part]);
    else same.push(part);
  }
  return tables;
}

function buildTable(parts: readonly Part[], columns: readonly ColumnDefinition[]): MemoryTable {
  const rows = concatBatches(
    columns,
    parts.map(({ batch }) => batch),
  );
  if (parts.every(({ delayMs }) => delayMs === 0)) return createMemoryTable(inTimeOrder(rows));
  const delays = parts.flatMap(({ batch, delayMs }) => new Array<number>(batch.rowCount).fill(delayMs));
  return createMemoryTable(inTimeOrder(withDelays(rows, (row) => BigInt(delays[row] ?? 0) * 10_000n)));
}

/** A table that is given its rows in order leaves them as they are, and computes only the columns that a query reads. */
function inTimeOrder(rows: Batch): Batch {
  const timeOf = timeReader(rows, 'TimeGenerated');
  const times = Array.from({ length: rows.rowCount }, (_, row) => timeOf(row) ?? Number.NEGATIVE_INFINITY);
  const order = Int32Array.from(times, (_, row) => row).sort((a, b) => {
    const [x, y] = [times[a] as bigint, times[b] as bigint];
    return x < y ? -1 : x > y ? 1 : a - b;
  });
  return rows.gather(order);
}

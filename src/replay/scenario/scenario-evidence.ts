import { type MemoryTable, rowsOf, type Value } from '../../kql/index.ts';
import type { Alert } from '../build-alerts.ts';
import { windowOf } from '../execute-run.ts';
import { formatValue } from '../format-value.ts';
import { logTable } from '../log-table.ts';
import type { RunResult } from '../query-engine.ts';
import type { RuleReplay } from '../replay-result.ts';
import type { RuleRun } from '../schedule.ts';
import type { ScenarioTables } from './scenario-tables.ts';

/** The rows of one run that mattered: what it looked at, and what it found. */
export type RunEvidence = {
  readonly run: RuleRun;
  readonly tables: readonly TableEvidence[];
  /** The results behind the alerts of the run. */
  readonly results: readonly TextRow[];
  readonly resultCount: number;
};

export type TableEvidence = {
  readonly name: string;
  /** Rows in the run's window. */
  readonly rows: number;
  /** Of these the ones that the scenario gives besides its backgrounds. */
  readonly own: number;
  /** The last few of its own. */
  readonly sample: readonly TextRow[];
};

/** Values by column as text, empty ones left out. */
export type TextRow = Readonly<Record<string, string>>;

const SHOWN_ROWS = 3;

/** What the runs at these times looked at and found. */
export async function collectEvidence(
  { rule, tables, runs, alerts }: RuleReplay,
  logs: ScenarioTables,
  executedMs: ReadonlySet<number>,
): Promise<readonly RunEvidence[]> {
  const columnsNamed = new Set(rule.query.match(/\w+/g));
  const evidence: RunEvidence[] = [];
  for (const { run } of runs) {
    if (!executedMs.has(run.executedMs)) continue;
    const own = alerts.filter((alert) => alert.run === run);
    const looked: TableEvidence[] = [];
    for (const { name } of tables) looked.push(await tableEvidence(name, logs, run, columnsNamed));
    const resultCount = own.reduce((count, { results }) => count + results.rows.length, 0);
    evidence.push({ run, tables: looked, results: own.flatMap(resultRows).slice(0, SHOWN_ROWS), resultCount });
  }
  return evidence;
}

const resultRows = ({ results }: Alert): readonly TextRow[] => textRows(results.columns, results.rows);

async function tableEvidence(
  name: string,
  { tables, own }: ScenarioTables,
  run: RuleRun,
  columnsNamed: ReadonlySet<string>,
): Promise<TableEvidence> {
  const seen = await visibleRows(tables.get(name), run);
  const mine = await visibleRows(own.get(name), run);
  const { columns, rows } = mine;
  const sample = textRows(columns, rows.slice(-SHOWN_ROWS)).map((row) =>
    Object.fromEntries(Object.entries(row).filter(([column]) => columnsNamed.has(column))),
  );
  return { name, rows: seen.rows.length, own: rows.length, sample };
}

async function visibleRows(table: MemoryTable | undefined, run: RuleRun): Promise<RunResult> {
  if (table === undefined) return { columns: [], rows: [] };
  const rows: Value[][] = [];
  for await (const batch of logTable(table).visibleIn(windowOf(run), []).scan()) rows.push(...rowsOf(batch));
  return { columns: table.columns, rows };
}

const textRows = (columns: RunResult['columns'], rows: RunResult['rows']): readonly TextRow[] =>
  rows.map((cells) =>
    Object.fromEntries(
      columns
        .map(({ name, type }, index) => [name, formatValue(cells[index] ?? null, type)] as const)
        .filter(([, text]) => text !== ''),
    ),
  );

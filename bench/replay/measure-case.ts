import { writeSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { monthPlans } from '../../data/generator/months/index.ts';
import { monthTables } from '../../data/generator/to-tables.ts';
import { knownSchemas, loadLogs } from '../../scripts/load-logs.ts';
import { type MemoryTable, runQuery, ticksFromUnixMs } from '../../src/kql/index.ts';
import { setClock } from '../../src/replay/clock.ts';
import { createKqlQueryEngine } from '../../src/replay/kql-query-engine.ts';
import { loadRuleFiles } from '../../src/replay/load-rule-files.ts';
import { replay } from '../../src/replay/replay.ts';
import type { BenchCase, CaseOutcome, RuleOutcome } from './bench-case.ts';

const SEED = 20_260_601;
const DAY_MS = 86_400_000;
/** The last 28 days of the month; what lies before them is baseline. */
const LAST_DAYS = 28;

/** One reading of what the traffic rules read, as a query over the whole table. */
const SCAN = `ApiManagementGatewayLogs
| summarize Calls = count() by bin(TimeGenerated, 20m), OperationId, ResponseCode
| summarize sum(Calls)`;

type Tables = ReadonlyMap<string, MemoryTable>;

/** Processor time of this process, all threads, in milliseconds. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

type Cost = { readonly cpuMs: number; readonly wallMs: number };

async function costOf<T>(work: () => Promise<T> | T): Promise<readonly [T, Cost]> {
  const [cpu, wall] = [cpuMs(), performance.now()];
  const result = await work();
  return [result, { cpuMs: cpuMs() - cpu, wallMs: performance.now() - wall }];
}

function residentMb(): number {
  globalThis.gc?.();
  return process.memoryUsage().rss / 1e6;
}

async function measureCase({ scale, days, rules, files }: BenchCase): Promise<CaseOutcome> {
  const [tables, making] = await costOf<Tables>(async () =>
    files === undefined
      ? monthTables(monthPlans.benchmark, { seed: SEED, scale }).tables
      : (await loadLogs([files])).tables,
  );
  const tablesMb = residentMb();
  // The first query of a process loads the language service.
  await runQuery('print 1', { tables }, { nowTicks: 0n });
  const [, scanning] = await costOf(() => scanOnce(tables));
  const outcomes: RuleOutcome[] = [];
  for (const file of await loadRuleFiles('analytics-rules', rules)) {
    outcomes.push(await replayOne(file, tables, days));
  }
  return {
    rows: [...tables.values()].reduce((sum, { rows }) => sum + rows.rowCount, 0),
    making,
    scanning,
    rules: outcomes,
    tablesMb,
    peakMb: process.resourceUsage().maxRSS / 1000,
  };
}

async function scanOnce(tables: Tables): Promise<void> {
  await runQuery(SCAN, { tables }, { nowTicks: ticksFromUnixMs(Date.UTC(2026, 6, 1)) });
}

async function replayOne(
  file: Parameters<typeof replay>[0][number],
  tables: Tables,
  days: number,
): Promise<RuleOutcome> {
  const { untilMs } = monthPlans.benchmark.span;
  const clock = setClock({ fromMs: untilMs - Math.min(days, LAST_DAYS) * DAY_MS, toMs: untilMs });
  const engine = createKqlQueryEngine(tables, knownSchemas);
  const [result, replaying] = await costOf(() => replay([file], engine, { clock }));
  const [rule] = result.rules;
  const scanned = (rule?.runs ?? []).map((run) => (run.status === 'completed' ? (run.rowsScanned ?? 0) : 0));
  return {
    slug: rule?.rule.slug ?? '',
    runs: scanned.length,
    rowsScanned: scanned.reduce((sum, rows) => sum + rows, 0),
    alerts: rule?.alerts.length ?? 0,
    replaying,
  };
}

const given: unknown = JSON.parse(process.argv[2] ?? '{}');
writeSync(1, JSON.stringify(await measureCase(given as BenchCase)));

import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { DuckDBConnection } from '@duckdb/node-api';
import { createMemoryTable, type MemoryTable } from '../src/kql/columns/memory-table.ts';
import { findDifference } from './compare-results.ts';
import { duckDbEngine, type Engine, kqlEngine } from './engines.ts';
import { generateGatewayLogs, toBatch } from './gateway-logs.ts';
import { loadDuckDb } from './load-duckdb.ts';
import { measure, type Sides } from './measure.ts';
import { type BenchQuery, readQueries } from './read-queries.ts';
import { formatResults, type Measured } from './report.ts';

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '10000000' },
    repetitions: { type: 'string', default: '7' },
    only: { type: 'string', default: '' },
    write: { type: 'boolean', default: false },
  },
});

const log = (text: string): void => void process.stdout.write(`${text}\n`);
const loadOfLastMinute = (): number => loadavg()[0] ?? 0;

const usedBytes = (): number => {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

type Loaded = {
  readonly table: MemoryTable;
  readonly connection: DuckDBConnection;
  readonly urlCount: number;
  readonly ourBytes: number;
};

/** The rows in both engines, and nowhere else. */
async function load(rowCount: number): Promise<Loaded> {
  const before = usedBytes();
  let logs: ReturnType<typeof generateGatewayLogs> | undefined = generateGatewayLogs(rowCount);
  const urlCount = logs.texts.Url.values.length;
  const table = createMemoryTable(toBatch(logs));
  const connection = await loadDuckDb(logs);
  logs = undefined;
  return { table, connection, urlCount, ourBytes: usedBytes() - before };
}

async function describeDuckDb(connection: DuckDBConnection) {
  const memory = await connection.runAndReadAll(
    "SELECT memory_usage_bytes FROM duckdb_memory() WHERE tag = 'IN_MEMORY_TABLE'",
  );
  const setting = await connection.runAndReadAll("SELECT version(), current_setting('threads')");
  const [version, threads] = setting.getRows()[0] ?? [];
  return { bytes: Number(memory.getRows()[0]?.[0]), version: String(version), threads: Number(threads) };
}

/** Runs the query once on both sides: it must mean the same, and the first run is no measurement. How many rows it gives. */
async function refuseDifferences(query: BenchQuery, { ours, theirs }: Sides<Engine>): Promise<number> {
  const [our, their] = [(await ours.run(query))(), (await theirs.run(query))()];
  const difference = findDifference(our, their);
  if (difference !== undefined) throw new Error(`${query.name} gives different results: ${difference}`);
  return our.rows.length;
}

if (options.write && options.only !== '') throw new Error('--write takes the results of all queries: leave --only out');
const rowCount = Number(options.rows);
const repetitions = Number(options.repetitions);
const { table, connection, urlCount, ourBytes } = await load(rowCount);
const duckDb = await describeDuckDb(connection);
const engines: Sides<Engine> = {
  ours: kqlEngine({ tables: new Map([['ApiManagementGatewayLogs', table]]) }),
  theirs: duckDbEngine(connection),
};
const measured: Measured[] = [];
const loadBefore = loadOfLastMinute();
for (const query of readQueries().filter(({ name }) => new RegExp(options.only).test(name))) {
  const resultRows = await refuseDifferences(query, engines);
  const timing = await measure(query, engines, repetitions);
  measured.push({ query, resultRows, timing });
  const [ours, theirs] = [timing.ours, timing.theirs].map((side) => `${side.clockMs.toFixed()} ms`);
  log(`${query.name}: ${ours}, DuckDB ${theirs}`);
}
const results = formatResults(
  {
    rowCount,
    urlCount,
    repetitions,
    bytes: { ours: ourBytes, theirs: duckDb.bytes },
    nodeVersion: process.version,
    duckDbVersion: duckDb.version,
    duckDbThreads: duckDb.threads,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    processorCount: cpus().length,
    load: { before: loadBefore, after: loadOfLastMinute() },
  },
  measured,
);
log(`\n${results}`);
if (options.write) writeFileSync(new URL('RESULTS.md', import.meta.url), results);

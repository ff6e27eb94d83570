import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createMemoryTable } from '../src/kql/columns/memory-table.ts';
import { findDifference } from './compare-results.ts';
import { duckDbEngine, type Engine, kqlEngine } from './engines.ts';
import { generateGatewayLogs, toBatch } from './gateway-logs.ts';
import { loadDuckDb } from './load-duckdb.ts';
import { measure } from './measure.ts';
import { type BenchQuery, readQueries } from './read-queries.ts';
import { type Measured, type Setting, writeReport } from './report.ts';

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '10000000' },
    repetitions: { type: 'string', default: '7' },
    only: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});

const usedBytes = (): number => {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

const log = (text: string): void => void process.stdout.write(`${text}\n`);

/** Runs every query once on both sides: it must mean the same, and the first run is no measurement. */
async function refuseDifferences(query: BenchQuery, engines: readonly Engine[]): Promise<number> {
  const [ours, theirs] = await Promise.all(engines.map(async (engine) => (await engine.run(query))()));
  const difference = findDifference(ours as never, theirs as never);
  if (difference !== undefined) throw new Error(`${query.name} gives different results: ${difference}`);
  return ours?.rows.length ?? 0;
}

const rowCount = Number(options.rows);
const before = usedBytes();
let logs: ReturnType<typeof generateGatewayLogs> | undefined = generateGatewayLogs(rowCount);
const urlCount = logs.texts.Url.values.length;
const table = createMemoryTable(toBatch(logs));
const connection = await loadDuckDb(logs);
logs = undefined;
const ourBytes = usedBytes() - before;
const memory = await connection.runAndReadAll(
  "SELECT memory_usage_bytes FROM duckdb_memory() WHERE tag = 'IN_MEMORY_TABLE'",
);
const version = await connection.runAndReadAll("SELECT version(), current_setting('threads')");
const setting: Setting = {
  rowCount,
  urlCount,
  repetitions: Number(options.repetitions),
  ourBytes,
  duckDbBytes: Number(memory.getRows()[0]?.[0]),
  duckDbVersion: String(version.getRows()[0]?.[0]),
  duckDbThreads: Number(version.getRows()[0]?.[1]),
};
const engines = [kqlEngine({ tables: new Map([['ApiManagementGatewayLogs', table]]) }), duckDbEngine(connection)];
const measured: Measured[] = [];
for (const query of readQueries().filter(
  ({ name }) => options.only === undefined || new RegExp(options.only).test(name),
)) {
  const resultRows = await refuseDifferences(query, engines);
  const [ours, theirs] = await measure(query, engines, setting.repetitions);
  measured.push({ query, resultRows, ours: ours as never, theirs: theirs as never });
  log(
    `${query.name.padEnd(28)} ours ${ours?.clockMs.toFixed(0)} ms (cpu ${ours?.cpuMs.toFixed(0)}), DuckDB ${theirs?.clockMs.toFixed(0)} ms (cpu ${theirs?.cpuMs.toFixed(0)}), ratio ${((ours?.clockMs ?? 0) / (theirs?.clockMs ?? 1)).toFixed(2)}, ${resultRows} rows`,
  );
}
const report = writeReport(setting, measured);
log(report);
if (options.write) writeFileSync(new URL('RESULTS.md', import.meta.url), report);

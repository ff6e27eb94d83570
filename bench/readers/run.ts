import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { SchemaElement } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { type GatewayLogs, generateGatewayLogs, intNames, longNames, textNames } from '../gateway-logs.ts';
import { createRandom } from '../random.ts';
import type { ReadFigures } from './read-file.ts';

/**
 * Reads the same rows of ApiManagementGatewayLogs from each file format, each in a process of its own, and prints the
 * time, that of the processors and its ratio to NDJSON, and the peak of memory (Linux). Usage: tsx bench/readers/run.ts [ROWS]
 * [REPETITIONS] [ENDINGS], as in 1000000 3 ndjson,parquet
 */
const [rowsText = '1000000', repetitionsText = '3', endings = 'ndjson,ndjson.gz,csv,parquet'] = process.argv.slice(2);
const rowCount = Number(rowsText);
const SEED = 20260302;

type LogRow = Readonly<Record<string, string | number>>;

/** What makes a row as long as it is in a workspace: an id of its own, and headers. */
function rowReader(logs: GatewayLogs): (row: number) => LogRow {
  const random = createRandom(SEED);
  const hex = (digits: number): string =>
    Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('');
  return (row) => ({
    TimeGenerated: new Date((logs.time[row] as number) / 1000).toISOString(),
    CorrelationId: `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`,
    ...Object.fromEntries(
      textNames.filter((name) => name !== 'UserAgent').map((name) => [name, textAt(logs, name, row)]),
    ),
    ...Object.fromEntries(intNames.map((name) => [name, logs.ints[name][row] as number])),
    ...Object.fromEntries(longNames.map((name) => [name, logs.longs[name][row] as number])),
    RequestHeaders: `{"X-Forwarded-For":"${textAt(logs, 'CallerIpAddress', row)}","User-Agent":"${textAt(logs, 'UserAgent', row)}"}`,
  });
}

const textAt = (logs: GatewayLogs, name: (typeof textNames)[number], row: number): string =>
  logs.texts[name].values[logs.texts[name].codes[row] as number] as string;

async function writeFiles(folder: string): Promise<readonly string[]> {
  const logs = generateGatewayLogs(rowCount);
  const read = rowReader(logs);
  const columns = new Map<string, (string | number | bigint)[]>();
  const ndjson = createWriteStream(join(folder, 'ApiManagementGatewayLogs.ndjson'));
  const csv = createWriteStream(join(folder, 'ApiManagementGatewayLogs.csv'));
  const packed: Buffer[] = [];
  let lines: string[] = [];
  const flush = async (): Promise<void> => {
    const text = lines.map((line) => `${line}\n`).join('');
    packed.push(gzipSync(text));
    if (!ndjson.write(text)) await once(ndjson, 'drain');
    lines = [];
  };
  for (let row = 0; row < rowCount; row++) {
    const values = read(row);
    if (row === 0) csv.write(`${Object.keys(values).join(',')}\n`);
    lines.push(JSON.stringify(values));
    const fields = Object.values(values).map((value) => `"${String(value).replaceAll('"', '""')}"`);
    if (!csv.write(`${fields.join(',')}\n`)) await once(csv, 'drain');
    for (const [name, value] of Object.entries(values)) addValue(columns, name, value);
    if (lines.length === 50_000) await flush();
  }
  await flush();
  for (const stream of [ndjson, csv]) stream.end();
  await Promise.all([ndjson, csv].map((stream) => once(stream, 'close')));
  await writeFile(join(folder, 'ApiManagementGatewayLogs.ndjson.gz'), Buffer.concat(packed));
  await writeFile(join(folder, 'ApiManagementGatewayLogs.parquet'), parquetOf(columns));
  return endings.split(',').map((ending) => join(folder, `ApiManagementGatewayLogs.${ending}`));
}

function addValue(columns: Map<string, (string | number | bigint)[]>, name: string, value: string | number): void {
  const data = columns.get(name) ?? [];
  columns.set(name, data);
  data.push(name === 'TimeGenerated' ? BigInt(Date.parse(String(value))) * 1000n : value);
}

function parquetOf(columns: ReadonlyMap<string, (string | number | bigint)[]>): Buffer {
  const elementOf = (name: string, data: readonly unknown[]): SchemaElement => {
    const common = { name, repetition_type: 'OPTIONAL' } as const;
    if (name === 'TimeGenerated') return { ...common, type: 'INT64', converted_type: 'TIMESTAMP_MICROS' };
    return typeof data[0] === 'string'
      ? { ...common, type: 'BYTE_ARRAY', converted_type: 'UTF8' }
      : { ...common, type: 'INT32' };
  };
  const schema = [...columns].map(([name, data]) => elementOf(name, data));
  const columnData = [...columns].map(([name, data]) => ({ name, data }));
  const root = { name: 'root', num_children: schema.length };
  return Buffer.from(parquetWriteBuffer({ schema: [root, ...schema], columnData, rowGroupSize: 200_000 }));
}

function readInProcess(path: string, wanted: string): ReadFigures {
  const script = join(import.meta.dirname, 'read-file.ts');
  const args = ['--max-old-space-size=8192', '--import', 'tsx', script, path, wanted];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as ReadFigures;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

const folder = await mkdtemp(join(tmpdir(), 'pack-bench-'));
try {
  const paths = await writeFiles(folder);
  const few = 'TimeGenerated,Method,OperationId,ResponseCode,CallerIpAddress';
  console.log(`${rowCount} rows, medians of ${repetitionsText} readings in turn`);
  const samples = new Map<string, ReadFigures[]>();
  for (let repetition = 0; repetition < Number(repetitionsText); repetition++) {
    for (const path of paths) {
      for (const wanted of ['', few]) {
        const key = `${path.slice(folder.length + 1)}${wanted === '' ? '' : ' (5 columns)'}`;
        samples.set(key, [...(samples.get(key) ?? []), readInProcess(path, wanted)]);
      }
    }
  }
  const baseMs = median((samples.get('ApiManagementGatewayLogs.ndjson') ?? []).map(({ cpuMs }) => cpuMs));
  for (const [key, figures] of samples) {
    const middle = (read: (figure: ReadFigures) => number): number => median(figures.map(read));
    const { size } = await stat(join(folder, key.replace(' (5 columns)', '')));
    const cells = [
      key.padEnd(52),
      `${(size / 1e6).toFixed(0).padStart(5)} MB`,
      `${(middle(({ elapsedMs }) => elapsedMs) / 1000).toFixed(2).padStart(7)} s`,
      `${(middle(({ cpuMs }) => cpuMs) / 1000).toFixed(2).padStart(7)} s of processors`,
      `${(middle(({ cpuMs }) => cpuMs) / baseMs).toFixed(2).padStart(5)} × NDJSON`,
      `${(middle(({ peakBytes }) => peakBytes) / 1e6).toFixed(0).padStart(6)} MB peak`,
    ];
    console.log(cells.join(' '));
  }
} finally {
  await rm(folder, { recursive: true });
}

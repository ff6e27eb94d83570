import { readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import {
  type Catalog,
  formatKqlError,
  KqlError,
  parseDatetime,
  runQuery,
  type TableSource,
  tableToJson,
  ticksFromUnixMs,
  writeJson,
} from '../../src/kql/index.ts';
import { knownSchemas, loadLogs, reportProblems } from '../load-logs.ts';
import { formatCsv } from '../query/format-csv.ts';
import { formatTable } from '../query/format-table.ts';
import { runBatchFile } from '../query/run-batch-file.ts';
import { UsageError } from '../usage-error.ts';

type Options = {
  readonly query?: string;
  readonly data: readonly string[];
  readonly now?: string;
  readonly format: 'table' | 'json' | 'csv';
  readonly batch?: string;
  readonly maxRows: number;
  readonly timeout: number;
};

const examples = `
Examples:
  npm run -s pack -- query --data logs 'ApiManagementGatewayLogs | summarize count() by ResponseCode'
  npm run -s pack -- query --data logs rule.kql --now 2026-03-24T11:00:00Z --format csv
  npm run -s pack -- query --batch cases.jsonl > results.jsonl`;

export function registerQuery(program: Command): void {
  program
    .command('query')
    .description('run KQL over log files (.ndjson, .csv, .json, each also .gz)')
    .argument('[query]', 'KQL text, the path of a .kql file, or - for standard input')
    .option('--data <paths...>', 'files or folders of logs', [])
    .option('--now <time>', 'what now() says; the present by default')
    .addOption(
      new Option('--format <format>', 'how the result is printed').choices(['table', 'json', 'csv']).default('table'),
    )
    .option('--batch <file>', 'run each line {"id", "query"} of a file; print a line of results for each')
    .addOption(
      new Option('--max-rows <n>', 'stop a query that holds more rows').argParser(positive).default(50_000_000),
    )
    .addOption(new Option('--timeout <seconds>', 'stop a query that runs longer').argParser(positive).default(600))
    .addHelpText('after', examples)
    .action((query: string | undefined, options: Omit<Options, 'query'>) =>
      runCommand({ ...options, ...(query === undefined ? {} : { query }) }),
    );
}

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0)
    throw new UsageError(`'${text}' is no positive number`, 'give a number above zero');
  return value;
}

async function runCommand(options: Options): Promise<void> {
  const nowTicks = readNow(options.now);
  const loaded = await loadLogs(options.data);
  const incomplete = reportProblems(loaded);
  const catalog: Catalog = { tables: withKnownTables(loaded.tables) };
  if (options.batch !== undefined) {
    await runBatchFile(options.batch, catalog, {
      nowTicks,
      maxTimeMs: options.timeout * 1000,
      maxRows: options.maxRows,
    });
  } else {
    await printQuery(readQuery(options.query), catalog, nowTicks, options);
  }
  if (incomplete) process.exitCode = 1;
}

/** Every known table exists, with no rows where no file gave any: content must bind in a clean workspace. */
function withKnownTables(tables: Catalog['tables']): Catalog['tables'] {
  const empty = [...knownSchemas].map(([name, columns]): [string, TableSource] => [name, { columns, scan: () => [] }]);
  return new Map([...empty, ...tables]);
}

async function printQuery(text: string, catalog: Catalog, nowTicks: bigint, options: Options): Promise<void> {
  const abort = new AbortController();
  process.once('SIGINT', () => abort.abort());
  try {
    const { table } = await runQuery(text, catalog, {
      nowTicks,
      limits: { maxRows: options.maxRows, maxTimeMs: options.timeout * 1000 },
      clockMs: () => performance.now(),
      signal: abort.signal,
    });
    if (options.format === 'json') console.log(writeJson(tableToJson(table), '  '));
    else if (options.format === 'csv') console.log(formatCsv(table));
    else console.log(formatTable(table, process.stdout.columns ?? 160));
  } catch (error) {
    if (!(error instanceof KqlError)) throw error;
    console.error(formatKqlError(error, text));
    process.exitCode = 2;
  }
}

function readQuery(given: string | undefined): string {
  if (given === undefined)
    throw new UsageError(
      'there is no query',
      "give KQL text, a .kql file, or - for standard input; 'pack query --help' shows examples",
    );
  if (given === '-') return readFileSync(0, 'utf8');
  if (!given.endsWith('.kql')) return given;
  try {
    return readFileSync(given, 'utf8');
  } catch {
    throw new UsageError(`the file ${given} cannot be read`, 'check the path, or give the query as text');
  }
}

function readNow(text: string | undefined): bigint {
  if (text === undefined) return ticksFromUnixMs(Date.now());
  const ticks = parseDatetime(text);
  if (ticks === null) throw new UsageError(`--now ${text} is no time`, 'give a time such as 2026-03-24T11:00:00Z');
  return ticks;
}

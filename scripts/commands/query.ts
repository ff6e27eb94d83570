import { existsSync, readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { parseDatetime, type QueryOptions, ticksFromUnixMs } from '../../src/kql/index.ts';
import { formatColumns, formatTables } from '../query/format-schemas.ts';
import { openWorkspace, type Workspace } from '../query/open-workspace.ts';
import { historyPath, readHistory, writeHistory } from '../query/prompt/history.ts';
import { runPrompt } from '../query/prompt/run-prompt.ts';
import { addQueryOptions, type QuerySettings } from '../query/query-settings.ts';
import { runBatchFile } from '../query/run-batch-file.ts';
import { runOne } from '../query/run-one.ts';
import { UsageError } from '../usage-error.ts';

const examples = `
Examples:
  npm run -s pack -- query --data logs 'ApiManagementGatewayLogs | summarize count() by ResponseCode'
  npm run -s pack -- query --data logs rule.kql --now 2026-03-24T11:00:00Z --format csv
  npm run -s pack -- query --data logs                     a prompt, with completion by Tab
  npm run -s pack -- query --data logs rule.kql --explain  rows and time of each operator
  npm run -s pack -- query --tables AGWFirewallLogs        the columns of a table
  npm run -s pack -- query --batch cases.jsonl > results.jsonl`;

export function registerQuery(program: Command): void {
  const command = program
    .command('query')
    .description('run KQL over log files (.ndjson, .csv, .json, each also .gz, .parquet)')
    .argument('[query]', 'KQL text, the path of a .kql file, or - for standard input');
  addQueryOptions(command).addHelpText('after', examples).action(runCommand);
}

async function runCommand(given: string | undefined, options: QuerySettings): Promise<void> {
  const { query, settings } = takeQuery(given, options);
  const nowTicks = readNow(settings.now);
  // Before the logs are read: a wrong path is told at once.
  const text = settings.batch === undefined && settings.tables === undefined ? readQuery(query, settings) : undefined;
  const workspace = await openWorkspace(settings, nowTicks);
  if (settings.batch !== undefined)
    await runBatchFile(settings.batch, workspace.catalog, runOptions(settings, nowTicks));
  else if (settings.tables !== undefined) printSchemas(settings.tables, workspace);
  else if (text === undefined) await openPrompt(workspace, settings, nowTicks);
  else await printQuery(text, workspace, settings, nowTicks);
  if (workspace.isIncomplete && process.exitCode === undefined) process.exitCode = 1;
}

/** `--data` takes every word behind it, the query among them: what is no path of logs and stands last is the query. */
function takeQuery(query: string | undefined, settings: QuerySettings) {
  const last = settings.data.at(-1);
  const isQuery = last !== undefined && settings.data.length > 1 && (last.endsWith('.kql') || !existsSync(last));
  if (query !== undefined || !isQuery) return { query, settings };
  return { query: last, settings: { ...settings, data: settings.data.slice(0, -1) } };
}

const runOptions = (settings: QuerySettings, nowTicks: bigint): QueryOptions & { clockMs: () => number } => ({
  nowTicks,
  limits: {
    maxRows: settings.maxRows,
    maxBytes: settings.maxMemory * 2 ** 20,
    maxTimeMs: settings.timeout * 1000,
  },
  clockMs: () => performance.now(),
  heldBytes: () => {
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  },
});

function printSchemas(tables: true | string, { catalog, rowCounts }: Workspace): void {
  console.log(tables === true ? formatTables(catalog, rowCounts) : formatColumns(tables, catalog));
}

async function printQuery(
  text: string,
  { catalog }: Workspace,
  settings: QuerySettings,
  nowTicks: bigint,
): Promise<void> {
  const abort = new AbortController();
  // Once: a second Ctrl-C ends the process.
  process.once('SIGINT', () => abort.abort());
  const printed = await runOne(text, {
    catalog,
    options: { ...runOptions(settings, nowTicks), signal: abort.signal },
    format: settings.format,
    explain: settings.explain === true,
    layout: { width: process.stdout.columns || 160 },
  });
  if (printed.error === undefined) console.log(printed.text);
  else {
    console.error(printed.text);
    // 130 is what a shell expects of a program that Ctrl-C ended.
    process.exitCode = printed.error.code === 'cancelled' ? 130 : 2;
  }
}

async function openPrompt(workspace: Workspace, settings: QuerySettings, nowTicks: bigint): Promise<void> {
  const isTerminal = process.stdin.isTTY === true;
  const path = historyPath(process.env);
  const run = (signal: AbortSignal) => ({
    catalog: workspace.catalog,
    options: { ...runOptions(settings, settings.now === undefined ? readNow(undefined) : nowTicks), signal },
  });
  const history = await runPrompt(workspace, run, {
    input: process.stdin,
    output: process.stdout,
    isTerminal,
    history: isTerminal ? readHistory(path) : [],
  });
  if (isTerminal) writeHistory(path, history);
}

/** The query's text; undefined where a prompt is to read queries. */
function readQuery(given: string | undefined, { interactive }: QuerySettings): string | undefined {
  if (interactive === true) return undefined;
  if (given === undefined && process.stdin.isTTY === true) return undefined;
  if (given === undefined || given === '-') {
    const text = readFileSync(0, 'utf8');
    if (text.trim() !== '') return text;
    throw new UsageError(
      'there is no query',
      "give KQL text, a .kql file, or - for standard input; 'pack query --help' shows examples",
    );
  }
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

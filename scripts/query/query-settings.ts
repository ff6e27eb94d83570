import { getHeapStatistics } from 'node:v8';
import { type Command, Option } from 'commander';
import { UsageError } from '../usage-error.ts';

export type OutputFormat = 'table' | 'json' | 'csv';

/** What the options of `pack query` say. */
export type QuerySettings = {
  readonly data: readonly string[];
  readonly now?: string;
  readonly format: OutputFormat;
  readonly explain?: boolean;
  /** true for all tables, or the name of one. */
  readonly tables?: true | string;
  readonly interactive?: boolean;
  readonly schema: readonly string[];
  readonly function: readonly string[];
  readonly functions: readonly string[];
  readonly watchlist: readonly string[];
  readonly externalData: readonly string[];
  readonly geoDatabase?: string;
  readonly batch?: string;
  readonly maxRows: number;
  readonly maxMemory: number;
  readonly timeout: number;
};

/** Adds the options to the command. */
export function addQueryOptions(command: Command): Command {
  command
    .option('--data <paths...>', 'files or folders of logs', [])
    .option('--now <time>', 'what now() says; the present by default')
    .addOption(
      new Option('--format <format>', 'how the result is printed').choices(['table', 'json', 'csv']).default('table'),
    )
    .option('--explain', 'print the plan with the rows and the time of each operator, and not the result')
    .option('--tables [name]', 'list the tables, or the columns of one')
    .option('-i, --interactive', 'a prompt; the default on a terminal where there is no query');
  return addWorkspaceOptions(command)
    .option('--batch <file>', 'run each line {"id", "query"} of a file; print a line of results for each')
    .addOption(
      new Option('--max-rows <n>', 'stop a query that holds more rows').argParser(positive).default(50_000_000),
    )
    .addOption(
      new Option('--max-memory <MB>', 'stop a query that holds more').argParser(positive).default(defaultMemory()),
    )
    .addOption(new Option('--timeout <seconds>', 'stop a query that runs longer').argParser(positive).default(600));
}

/** What a workspace has besides its logs. */
export type WorkspaceSettings = Pick<
  QuerySettings,
  'schema' | 'function' | 'functions' | 'watchlist' | 'externalData' | 'geoDatabase'
>;

export function addWorkspaceOptions(command: Command): Command {
  return command
    .addOption(repeated('--schema <name=schema>', "declare a table: 'MyLogs_CL=(TimeGenerated:datetime, Url:string)'"))
    .addOption(repeated('--function <name=file>', 'a saved function from a .kql or .yaml file'))
    .option('--functions <paths...>', 'folders of saved functions, each named by its file', [])
    .addOption(repeated('--watchlist <alias=file>', 'a watchlist from a .csv file; its first column is the search key'))
    .addOption(repeated('--external-data <uri=file>', 'the local file that externaldata reads for an address'))
    .option('--geo-database <file>', 'the MaxMind file (.mmdb) that geo_info_from_ip_address reads');
}

function repeated(flags: string, what: string): Option {
  return new Option(flags, what).argParser(collect).default([], 'none');
}

const collect = (value: string, previous: readonly string[]): readonly string[] => [...previous, value];

/** Most of what the process may take: beyond it Node.js ends without a word about the query. */
const defaultMemory = (): number => Math.floor((getHeapStatistics().heap_size_limit * 0.8) / 2 ** 20);

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0)
    throw new UsageError(`'${text}' is no positive number`, 'give a number above zero');
  return value;
}

/** `NAME=VALUE` as its parts; `at` says which of several equal signs parts them. */
export function readPair(option: string, text: string, at: 'first' | 'last' = 'first'): readonly [string, string] {
  const index = at === 'first' ? text.indexOf('=') : text.lastIndexOf('=');
  const [name, value] = [text.slice(0, index).trim(), text.slice(index + 1).trim()];
  if (index > 0 && name !== '' && value !== '') return [name, value];
  throw new UsageError(`${option} '${text}' names nothing`, `write ${option} NAME=VALUE`);
}

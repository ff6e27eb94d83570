import { geometricMean, type Sides, type Timing } from './measure.ts';
import type { BenchQuery } from './read-queries.ts';

export type Measured = {
  readonly query: BenchQuery;
  readonly resultRows: number;
  readonly timing: Sides<Timing>;
};

/** Where and over what the queries ran. */
export type Setting = {
  readonly rowCount: number;
  readonly urlCount: number;
  readonly repetitions: number;
  /** What the rows take in memory. */
  readonly bytes: Sides<number>;
  readonly nodeVersion: string;
  readonly duckDbVersion: string;
  readonly duckDbThreads: number;
  readonly processor: string;
  readonly processorCount: number;
  /** Processes that wanted a processor, on average over a minute: before the first query and after the last. */
  readonly load: { readonly before: number; readonly after: number };
};

/** The page of results, in Markdown. */
export function formatResults(setting: Setting, measured: readonly Measured[]): string {
  return `${[
    '# The query engine beside DuckDB',
    summary(setting, measured),
    ...busyNotice(setting),
    '## Queries',
    timesTable(measured),
    'Times are in milliseconds. *clock* is the time until the whole result is there, *processor* the time of all threads together; a *ratio* is ours to theirs, so that below 1.00 this engine is the faster one.',
    '## Where DuckDB is faster, and why',
    slowerQueries(measured),
    oneThread(setting, measured),
    '## Setting',
    settingList(setting),
    '## Method',
    method(setting),
  ].join('\n\n')}\n`;
}

const clockRatio = ({ timing: { ours, theirs } }: Measured): number => ours.clockMs / theirs.clockMs;
const cpuRatio = ({ timing: { ours, theirs } }: Measured): number => ours.cpuMs / theirs.cpuMs;

const count = (value: number): string => Math.round(value).toLocaleString('en-US');
const ratio = (value: number): string => value.toFixed(2);

function summary({ rowCount, bytes }: Setting, measured: readonly Measured[]): string {
  const [ours, theirs] = [bytes.ours, bytes.theirs].map((total) => count(total / rowCount));
  return `${measured.length} detection-style queries over ${count(rowCount)} rows of a gateway's log take, in the geometric mean, **${ratio(geometricMean(measured.map(clockRatio)))}** times as long by the clock as hand-written SQL on DuckDB, and **${ratio(geometricMean(measured.map(cpuRatio)))}** times the processor time. A row takes ${ours} bytes here and ${theirs} bytes there. The aim is 1.00 or less; ${count(measured.filter((one) => clockRatio(one) <= 1).length)} of the ${measured.length} queries reach it.`;
}

/** The benchmark itself makes up to two of it. */
const QUIET_LOAD = 2.5;

/** What to think of the figures where other work ran beside them. */
function busyNotice({ load, duckDbThreads }: Setting): readonly string[] {
  if (Math.max(load.before, load.after) <= QUIET_LOAD) return [];
  return [
    `**The machine was not quiet** (its load is told below). Other work takes more from ${duckDbThreads} threads than from one, so that by the clock this engine looks better here than it is; the processor times, and their ratios, hold.`,
  ];
}

function timesTable(measured: readonly Measured[]): string {
  const titles = [
    'query',
    'what it asks',
    'rows out',
    'clock: ours',
    'DuckDB',
    '**ratio**',
    'processor: ours',
    'DuckDB',
    'ratio',
  ];
  const rows = measured.map((one) => {
    const { query, resultRows, timing } = one;
    return [
      `[${query.name}](queries/${query.name}.kql)`,
      query.title,
      count(resultRows),
      count(timing.ours.clockMs),
      count(timing.theirs.clockMs),
      `**${ratio(clockRatio(one))}**`,
      count(timing.ours.cpuMs),
      count(timing.theirs.cpuMs),
      ratio(cpuRatio(one)),
    ];
  });
  const alignment = titles.map((_, index) => (index < 2 ? ':--' : '--:'));
  return [titles, alignment, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function slowerQueries(measured: readonly Measured[]): string {
  const slower = measured.filter((one) => clockRatio(one) > 1);
  if (slower.length === 0) return 'Nowhere.';
  return slower.map((one) => `- **${one.query.name}** (${ratio(clockRatio(one))}): ${one.query.cost}`).join('\n');
}

const oneThread = ({ duckDbThreads }: Setting, measured: readonly Measured[]): string =>
  `What they share: a query runs on one thread here and on ${duckDbThreads} there, so that equal work would show as ${ratio(duckDbThreads)} by the clock; the ratio of processor time, ${ratio(geometricMean(measured.map(cpuRatio)))}, is that of the work. Why there are no worker threads is in [decision 0072](../docs/decisions/0072-a-query-runs-on-one-thread.md). Each run also parses and binds its query with Microsoft's language service, which takes 5 to 15 ms of processor time.`;

function settingList(setting: Setting): string {
  const { rowCount, urlCount, processor, processorCount, load } = setting;
  return [
    `- Machine: ${processor}, ${processorCount} processors. Load (processes that want a processor, average over a minute): ${load.before.toFixed(1)} before the first query, ${load.after.toFixed(1)} after the last.`,
    `- This engine: Node.js ${setting.nodeVersion}, one thread besides the collector's. Columns in memory: a dictionary and 32-bit codes for text, doubles for times and longs, 32-bit integers for ints.`,
    `- DuckDB ${setting.duckDbVersion}, ${setting.duckDbThreads} threads, through \`@duckdb/node-api\` in the same process. A table in memory in the order of time: TIMESTAMP, INTEGER, BIGINT; an ENUM for each text column with fewer than 65,536 different values, VARCHAR for the URL.`,
    `- Rows: ${count(rowCount)} over 28 days, shaped like ApiManagementGatewayLogs, with ${count(urlCount)} different URLs, 24,000 addresses and 60 operations; from a seeded generator, the same in every run.`,
  ].join('\n');
}

const method = ({ repetitions }: Setting): string =>
  `Both sides run in one process over the same rows. Each query runs once on both to begin with, and the results must be the same, row by row; that run is no measurement. Then the sides take turns ${repetitions} times, so that what else the machine does meets both, and the medians are shown. Parsing, planning and reading the whole result are part of every run. The SQL in \`queries/\` is written for DuckDB by hand, not translated: it groups by whole numbers where that is faster than by timestamps, and searches substrings before patterns.`;

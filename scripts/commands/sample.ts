import { type Command, InvalidArgumentError, Option } from 'commander';
import type { WrittenTable } from '../../data/generator/write-aside.ts';
import { UsageError } from '../usage-error.ts';

type SampleOptions = {
  readonly month: 'sample' | 'benchmark' | 'benign';
  readonly out?: string;
  readonly seed?: number;
  readonly scale?: number;
};

/** What the months have in common for somebody who wrote one. */
type Written = {
  readonly title: string;
  readonly tables: readonly WrittenTable[];
  /** What is in it, a line each. */
  readonly contents: readonly string[];
};

type Writing = { readonly signal: AbortSignal; readonly onProgress: (table: string, rows: number) => void };

const sampleSeed = 20_260_301;
/** Of the months that are labelled attack by attack. */
export const monthSeed = 20_260_601;

export function registerSample(program: Command): void {
  program
    .command('sample')
    .description('generate a month of sample logs with labelled attacks in it')
    .addOption(
      new Option(
        '--month <month>',
        'sample: the month of npm start; benchmark: attacks of every family at several intensities; benign: no attack, and everything that raises false alarms',
      )
        .choices(['sample', 'benchmark', 'benign'])
        .default('sample'),
    )
    .option('--scale <factor>', 'traffic of benchmark and benign; 1 is more than two million requests', readScale)
    .option('--out <directory>', 'where to write <Table>.ndjson.gz and labels.json (default: .cache/<month>-month)')
    .option(
      '--seed <number>',
      `another seed gives other traffic around the same attacks (default: ${sampleSeed}, ${monthSeed} for benchmark and benign)`,
      readSeed,
    )
    .addHelpText(
      'after',
      `
Examples:
  npm run -s pack -- sample --out logs --seed 7
  npm run -s pack -- sample --month benchmark --scale 0.1 --out logs`,
    )
    .action(sample);
}

export function readSeed(text: string): number {
  if (!/^\d{1,10}$/.test(text)) {
    throw new InvalidArgumentError('Use a whole number from 0 to 4294967295.');
  }
  return Number(text);
}

export function readScale(text: string): number {
  const scale = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || scale < 0.001 || scale > 20) {
    throw new InvalidArgumentError('Use a number from 0.001 to 20, such as 0.1.');
  }
  return scale;
}

async function sample(options: SampleOptions): Promise<void> {
  const { GeneratorError } = await import('../../data/generator/generator-error.ts');
  const out = options.out ?? `.cache/${options.month}-month`;
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  process.once('SIGINT', interrupt);
  try {
    const write = options.month === 'sample' ? writeSample : writeMonth;
    const written = await write(out, options, { signal: interruption.signal, onProgress: showProgress });
    clearProgress();
    console.log(describe(written));
  } catch (error) {
    clearProgress();
    if (error instanceof GeneratorError && error.code === 'cancelled') {
      console.error(error.message);
      process.exitCode = 130;
    } else if (error instanceof GeneratorError) {
      throw new UsageError(error.message, error.hint);
    } else {
      throw error;
    }
  } finally {
    process.off('SIGINT', interrupt);
  }
}

async function writeSample(out: string, { seed, scale }: SampleOptions, writing: Writing): Promise<Written> {
  if (scale !== undefined) {
    throw new UsageError(
      'the sample month has one size: the figures of its attacks are fixed',
      'Leave --scale away, or choose --month benchmark or --month benign.',
    );
  }
  const { writeSampleLogs } = await import('../../data/generator/write-sample-logs.ts');
  const { tables, month } = await writeSampleLogs(out, { seed: seed ?? sampleSeed, ...writing });
  return {
    title: `Sample month ${month.from.slice(0, 10)} to ${month.until.slice(0, 10)} (seed ${month.seed}) in ${out}`,
    tables,
    contents: [
      'Attacks (UTC), as labelled in labels.json',
      ...month.labels.map(({ startsAt, attack, description }) => `  ${shortTime(startsAt)}  ${attack}: ${description}`),
    ],
  };
}

async function writeMonth(
  out: string,
  { month: name, seed, scale }: SampleOptions,
  writing: Writing,
): Promise<Written> {
  const [{ writeMonth: write }, { monthPlans }] = await Promise.all([
    import('../../data/generator/write-month.ts'),
    import('../../data/generator/months/index.ts'),
  ]);
  const plan = name === 'benign' ? monthPlans.benign : monthPlans.benchmark;
  const { tables, month } = await write(out, plan, { seed: seed ?? monthSeed, scale: scale ?? 1, ...writing });
  const { traffic } = month;
  const attacks = month.attacks.map(({ startsAt, attack, threshold, description, notExpectedBecause }) => {
    const reason = notExpectedBecause === undefined ? '' : ` Not expected: ${notExpectedBecause}.`;
    return `  ${shortTime(startsAt)}  ${threshold.padEnd(5)}  ${attack}: ${description}${reason}`;
  });
  const events = month.events.flatMap(({ spans, event, description }) => {
    const [first] = spans;
    return first === undefined ? [] : [`  ${shortTime(first.startsAt)}  ${event}: ${description}`];
  });
  return {
    title: `${name === 'benign' ? 'Benign' : 'Benchmark'} month ${month.from.slice(0, 10)} to ${month.until.slice(0, 10)} (seed ${month.seed}, scale ${month.scale}) in ${out}`,
    tables,
    contents: [
      `${formatCount(traffic.requests)} requests to ${traffic.endpoints} endpoints from ${formatCount(traffic.clients)} addresses`,
      ...(attacks.length === 0 ? [] : ['Attacks (UTC): above, at or below the threshold of their rule', ...attacks]),
      'Events that are no attacks (UTC, the first time)',
      ...events,
    ],
  };
}

function shortTime(time: string): string {
  return time.slice(0, 16).replace('T', ' ');
}

function showProgress(table: string, rows: number): void {
  if (process.stderr.isTTY) {
    process.stderr.write(`\r\u001b[2K${table} ${formatCount(rows)} rows`);
  }
}

function clearProgress(): void {
  if (process.stderr.isTTY) {
    process.stderr.write('\r\u001b[2K');
  }
}

function describe({ title, tables, contents }: Written): string {
  const width = Math.max(...tables.map(({ table }) => table.length));
  const tableLines = tables.map(
    ({ table, rows, bytes }) =>
      `  ${table.padEnd(width)}  ${formatCount(rows).padStart(9)} rows  ${(bytes / 1e6).toFixed(1).padStart(5)} MB`,
  );
  return [title, ...tableLines, ...contents].join('\n');
}

function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

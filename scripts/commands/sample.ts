import { type Command, InvalidArgumentError } from 'commander';
import type { WrittenSample } from '../../data/generator/write-sample-logs.ts';
import { UsageError } from '../usage-error.ts';

type SampleOptions = { readonly out: string; readonly seed: number };

export function registerSample(program: Command): void {
  program
    .command('sample')
    .description('generate a month of sample logs with labelled attacks in it')
    .option('--out <directory>', 'where to write <Table>.ndjson.gz and labels.json', '.cache/sample-month')
    .option('--seed <number>', 'another seed gives other traffic around the same attacks', readSeed, 20260301)
    .addHelpText('after', '\nExample:\n  npm run -s pack -- sample --out logs --seed 7')
    .action(sample);
}

function readSeed(text: string): number {
  if (!/^\d{1,10}$/.test(text)) {
    throw new InvalidArgumentError('Use a whole number from 0 to 4294967295.');
  }
  return Number(text);
}

async function sample({ out, seed }: SampleOptions): Promise<void> {
  const [{ writeSampleLogs }, { GeneratorError }] = await Promise.all([
    import('../../data/generator/write-sample-logs.ts'),
    import('../../data/generator/generator-error.ts'),
  ]);
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  process.once('SIGINT', interrupt);
  try {
    const written = await writeSampleLogs(out, { seed, signal: interruption.signal, onProgress: showProgress });
    clearProgress();
    console.log(describe(out, written));
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

function showProgress(table: string, rows: number): void {
  if (process.stderr.isTTY) {
    process.stderr.write(`\r\u001b[2K${table} ${rows.toLocaleString('en-US')} rows`);
  }
}

function clearProgress(): void {
  if (process.stderr.isTTY) {
    process.stderr.write('\r\u001b[2K');
  }
}

function describe(out: string, { tables, month }: WrittenSample): string {
  const width = Math.max(...tables.map(({ table }) => table.length));
  const tableLines = tables.map(
    ({ table, rows, bytes }) =>
      `  ${table.padEnd(width)}  ${rows.toLocaleString('en-US').padStart(9)} rows  ${(bytes / 1e6).toFixed(1).padStart(5)} MB`,
  );
  const attackLines = month.labels.map(({ startsAt, attack, description }) => {
    return `  ${startsAt.slice(0, 16).replace('T', ' ')}  ${attack}: ${description}`;
  });
  return [
    `Sample month ${month.from.slice(0, 10)} to ${month.until.slice(0, 10)} (seed ${month.seed}) in ${out}`,
    ...tableLines,
    'Attacks (UTC), as labelled in labels.json',
    ...attackLines,
  ].join('\n');
}

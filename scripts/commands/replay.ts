import { type Command, InvalidArgumentError, Option } from 'commander';
import { LogSourceError } from '../../src/logs/log-source-error.ts';
import { assumptionRegistry } from '../../src/replay/assumptions.ts';
import { parseDurationMs } from '../../src/replay/duration.ts';
import { delayProfileNames } from '../../src/replay/ingestion-delay.ts';
import { printable } from '../../src/replay/printable.ts';
import { ReplayError } from '../../src/replay/replay-error.ts';
import { knownSchemas } from '../load-logs.ts';
import { addWorkspaceOptions } from '../query/query-settings.ts';
import { createProgressLine } from '../replay/progress-line.ts';
import { replayLogs } from '../replay/replay-logs.ts';
import { type ReplayCommandOptions, RULES_FOLDER } from '../replay/replay-options.ts';
import { writeOutcome } from '../replay/write-outcome.ts';
import { writeRaised } from '../replay/write-raised.ts';
import { UsageError } from '../usage-error.ts';

const examples = `
Examples:
  npm run -s pack -- replay --data logs
  npm run -s pack -- replay --data logs --format html --out report/replay.html
  npm run -s pack -- replay --data logs --rules waf-sql-injection --from 2026-03-24 --to 2026-03-25 --format json
  npm run -s pack -- replay --workspace 00000000-0000-4000-8000-000000000001 --timespan 7d --save logs`;

function describeAssumptions(): string {
  const lines = Object.entries(assumptionRegistry).map(
    ([name, { choices, doc }]) => `  ${name}=${choices.join('|')}\n      ${doc}`,
  );
  return ['', 'Assumptions (the first choice is the default):', ...lines].join('\n');
}

export function registerReplay(program: Command): void {
  const command = program
    .command('replay')
    .description("run the generated rules over logs as Sentinel's scheduler would: what fires, when and why");
  addSourceOptions(command);
  addReplayOptions(command);
  addOutputOptions(command);
  addWorkspaceOptions(command);
  command.addHelpText('after', `${describeDelays()}\n${describeAssumptions()}\n${examples}`).action(run);
}

function addSourceOptions(command: Command): void {
  command
    .option('--data <paths...>', 'files or folders of logs: <Table>.ndjson, .json, .csv, each also .gz, or .parquet')
    .option('--workspace <id>', 'a Log Analytics workspace; only what the rules read is fetched')
    .option('--timespan <duration>', 'of the workspace: so long before --to or now, as in 7d', readDuration)
    .addOption(
      new Option('--cloud <cloud>', 'where the workspace is')
        .choices(['public', 'government', 'china'])
        .default('public'),
    )
    .option('--save <dir>', 'keep what was fetched as NDJSON, for --data')
    .option('--rules <names>', 'a folder of rules, or slugs and files with commas between them', RULES_FOLDER);
}

function addReplayOptions(command: Command): void {
  command
    .option('--from <time>', 'first scheduled time in UTC (default: the first row)')
    .option(
      '--to <time>',
      'last scheduled time in UTC (default: when the last row has arrived, and two more runs of each rule)',
    )
    .option(
      '--start <time>',
      'when rules start: their first run, and from then on in steps of their frequency; SLUG=TIME for one rule',
      append,
      [],
    )
    .option('--now <time>', 'leave out runs that would be executed later')
    .option(
      '--close-incidents-after <duration>',
      'analysts close every incident so long after it was opened',
      readDuration,
    )
    .option('--ingestion-delay <profile>', 'logs arrive late; tells what is lost or duplicated, see below')
    .option('--seed <number>', 'of the ingestion delay', readCount, 1)
    .option('--assume <name=choice>', 'choose where Microsoft documents nothing, see below', append, []);
}

function addOutputOptions(command: Command): void {
  command
    .addOption(
      new Option('--format <format>', 'how the outcome is printed; html is one page with pictures')
        .choices(['table', 'json', 'html'])
        .default('table'),
    )
    .option('--out <file>', 'write it there instead')
    .option(
      '--write-raised <dir>',
      'also write what the rules raised, as SecurityAlert.ndjson and SecurityIncident.ndjson',
    )
    .option('--alerts <count>', 'alerts listed for each rule in the table', readCount, 5)
    .option('--top <count>', 'entities listed', readCount, 10)
    .option('--no-misses', 'do not look how near the rules came that raised nothing')
    .option('--runs', 'list every run (json)');
}

function describeDelays(): string {
  const lines = delayProfileNames.map(({ name, doc }) => `  ${name}\n      ${doc}`);
  return ['', 'Ingestion delays:', ...lines, '  MEDIAN,P99\n      both for all tables, as in 3m,20m'].join('\n');
}

const append = (value: string, before: readonly string[]): readonly string[] => [...before, value];

async function run(options: ReplayCommandOptions): Promise<void> {
  const progress = createProgressLine(process.stderr);
  try {
    const replayed = await replayLogs(options, progress);
    progress.clear();
    await writeOutcome(replayed, options);
    if (options.writeRaised !== undefined) await writeRaised(options.writeRaised, replayed.result.raised, knownSchemas);
    const { result } = replayed;
    const problems = [...result.problems, ...result.rules.flatMap((rule) => rule.problems)];
    process.exitCode = problems.some(({ severity }) => severity === 'error') ? 1 : 0;
  } catch (error) {
    progress.clear();
    if (!isCancelled(error)) throw explain(error);
    console.error('cancelled: nothing was kept');
    // What a shell expects of a program that Ctrl-C ended.
    process.exitCode = 130;
  }
}

const isCancelled = (error: unknown): boolean => error instanceof LogSourceError && error.code === 'cancelled';

/** What a person can do something about is told in a message and a hint; everything else is a fault of ours. */
function explain(error: unknown): unknown {
  if (error instanceof LogSourceError) return new UsageError(printable(error.message), error.hint);
  if (!(error instanceof ReplayError)) return error;
  const place = error.file === undefined ? '' : `${error.file}: `;
  return new UsageError(place + error.message, error.hint ?? 'see: npm run -s pack -- replay --help');
}

function readDuration(text: string): number {
  const durationMs = parseDurationMs(text);
  if (durationMs === undefined || durationMs === 0)
    throw new InvalidArgumentError('Give a duration such as 30m or 8h.');
  return durationMs;
}

function readCount(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Give a number such as 5.');
  return Number(text);
}

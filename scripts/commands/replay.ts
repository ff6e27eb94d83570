import { type Command, InvalidArgumentError, Option } from 'commander';
import { type LoadedTables, ticksFromUnixMs } from '../../src/kql/index.ts';
import { assumptionRegistry, readAssumptions } from '../../src/replay/assumptions.ts';
import { parseTimeMs, setClock } from '../../src/replay/clock.ts';
import { compareDetections, type DelayEffect } from '../../src/replay/compare-detections.ts';
import { parseDurationMs } from '../../src/replay/duration.ts';
import { type DelayName, delayEffectsJson, formatDelayEffects } from '../../src/replay/format-delay-effects.ts';
import { formatReplay } from '../../src/replay/format-replay.ts';
import { delayProfileNames, delayTables, readDelayProfile } from '../../src/replay/ingestion-delay.ts';
import { clockProblems, inputProblems, timeSpan } from '../../src/replay/input-logs.ts';
import { createKqlQueryEngine, type QueryPlans } from '../../src/replay/kql-query-engine.ts';
import { isFolder, isRuleFile, loadRuleFile, loadRuleFiles } from '../../src/replay/load-rule-files.ts';
import type { RuleFile } from '../../src/replay/read-rules.ts';
import { replay } from '../../src/replay/replay.ts';
import { ReplayError } from '../../src/replay/replay-error.ts';
import { formatReplayJson } from '../../src/replay/replay-json.ts';
import type { ReplayOptions, ReplayProgress, ReplayResult } from '../../src/replay/replay-result.ts';
import { type LoadedWorkspace, loadWorkspace } from '../query/open-workspace.ts';
import { addWorkspaceOptions, type WorkspaceSettings } from '../query/query-settings.ts';
import { UsageError } from '../usage-error.ts';

const RULES_FOLDER = 'analytics-rules';

type Options = WorkspaceSettings & {
  readonly data: readonly string[];
  readonly rules: string;
  readonly from?: string;
  readonly to?: string;
  readonly start?: string;
  readonly now?: string;
  readonly closeIncidentsAfter?: number;
  readonly ingestionDelay?: string;
  readonly seed: number;
  readonly format: 'table' | 'json';
  readonly alerts: number;
  readonly runs?: boolean;
  readonly assume: readonly string[];
};

const examples = `
Examples:
  npm run -s pack -- replay --data logs
  npm run -s pack -- replay --data logs --rules waf-sql-injection --from 2026-03-24 --to 2026-03-25 --format json`;

function describeAssumptions(): string {
  const lines = Object.entries(assumptionRegistry).map(
    ([name, { choices, doc }]) => `  ${name}=${choices.join('|')}\n      ${doc}`,
  );
  return ['', 'Assumptions (the first choice is the default):', ...lines].join('\n');
}

export function registerReplay(program: Command): void {
  const command = program
    .command('replay')
    .description("run the generated rules over logs as Sentinel's scheduler would: what fires, when and why")
    .requiredOption(
      '--data <paths...>',
      'files or folders of logs: <Table>.ndjson, .json, .csv, each also .gz, or .parquet',
    )
    .option('--rules <names>', 'a folder of rules, or slugs and files with commas between them', RULES_FOLDER)
    .option('--from <time>', 'first scheduled time in UTC (default: the first row)')
    .option(
      '--to <time>',
      'last scheduled time in UTC (default: when the last row has arrived, and two more runs of each rule)',
    )
    .option('--start <time>', 'when rules start: their first run, and from then on in steps of their frequency')
    .option('--now <time>', 'leave out runs that would be executed later')
    .option(
      '--close-incidents-after <duration>',
      'analysts close every incident so long after it was opened',
      readDuration,
    )
    .option('--ingestion-delay <profile>', 'logs arrive late; tells what is lost or duplicated, see below')
    .option('--seed <number>', 'of the ingestion delay', readCount, 1)
    .addOption(
      new Option('--format <format>', 'how the outcome is printed').choices(['table', 'json']).default('table'),
    )
    .option('--alerts <count>', 'alerts listed for each rule in the table', readCount, 5)
    .option('--runs', 'list every run (json)')
    .option('--assume <name=choice>', 'choose where Microsoft documents nothing, see below', append, []);
  addWorkspaceOptions(command)
    .addHelpText('after', `${describeDelays()}\n${describeAssumptions()}\n${examples}`)
    .action(run);
}

function describeDelays(): string {
  const lines = delayProfileNames.map(({ name, doc }) => `  ${name}\n      ${doc}`);
  return ['', 'Ingestion delays:', ...lines, '  MEDIAN,P99\n      both for all tables, as in 3m,20m'].join('\n');
}

const append = (value: string, before: readonly string[]): readonly string[] => [...before, value];

async function run(options: Options): Promise<void> {
  const progress = createProgress(process.stderr);
  try {
    const replayed = await replayLogs(options, progress);
    const { result } = replayed;
    progress.clear();
    process.stdout.write(options.format === 'json' ? formatJson(replayed, options) : formatText(replayed, options));
    const problems = [...result.problems, ...result.rules.flatMap((rule) => rule.problems)];
    process.exitCode = problems.some(({ severity }) => severity === 'error') ? 1 : 0;
  } catch (error) {
    progress.clear();
    if (!(error instanceof ReplayError)) throw error;
    const place = error.file === undefined ? '' : `${error.file}: `;
    throw new UsageError(place + error.message, error.hint ?? 'see: npm run -s pack -- replay --help');
  }
}

function formatJson({ result, delay }: ReplayedLogs, { runs = false }: Options): string {
  return formatReplayJson(result, runs, delay === undefined ? undefined : delayEffectsJson(delay.effects, delay.name));
}

function formatText({ result, elapsedMs, delay }: ReplayedLogs, { alerts }: Options): string {
  const text = formatReplay(result, { alertsPerRule: alerts, elapsedMs });
  return delay === undefined ? text : `${text}\n${formatDelayEffects(delay.effects, delay.name)}`;
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

type ReplayedLogs = {
  readonly result: ReplayResult;
  readonly elapsedMs: ReadonlyMap<string, number>;
  /** Where an ingestion delay was asked for: the result is that of the late logs, and this is what they changed. */
  readonly delay?: { readonly effects: readonly DelayEffect[]; readonly name: DelayName };
};

async function replayLogs(options: Options, progress: Progress): Promise<ReplayedLogs> {
  const assumptions = readAssumptions(options.assume);
  const profile = options.ingestionDelay === undefined ? undefined : readDelayProfile(options.ingestionDelay);
  const times = {
    fromMs: timeOf(options.from),
    toMs: timeOf(options.to),
    startMs: timeOf(options.start),
    nowMs: timeOf(options.now),
  };
  const files = await findRules(options.rules);
  const { logs, schemas, functions } = await findLogs(options);
  const delayed = profile === undefined ? undefined : delayTables(logs.tables, profile, options.seed);
  // Late rows need later runs, and what is compared has one clock.
  const span = timeSpan(delayed ?? logs.tables);
  const clock = setClock({ ...times, data: span });
  const plans: QueryPlans = new Map();
  const replayOver = async (tables: LoadedTables['tables']) => {
    const { onProgress, elapsedMs } = measureRules(progress);
    const settings = { clock, assumptions, closeAfterMs: options.closeIncidentsAfter, onProgress };
    const engine = createKqlQueryEngine(tables, schemas, { plans, functions });
    return { result: await replay(files, engine, settings), elapsedMs };
  };
  const onTime = await replayOver(logs.tables);
  const withInput = (result: ReplayResult): ReplayResult => ({
    ...result,
    problems: [...inputProblems(logs.problems), ...clockProblems(clock, span), ...result.problems],
  });
  if (profile === undefined || delayed === undefined) {
    return { result: withInput(onTime.result), elapsedMs: onTime.elapsedMs };
  }
  const { result, elapsedMs } = await replayOver(delayed);
  const effects = compareDetections(onTime.result, result);
  return {
    result: withInput(result),
    elapsedMs,
    delay: { effects, name: { profile: profile.name, seed: options.seed } },
  };
}

/** Shows the progress of a replay and notes how long each of its rules takes. */
function measureRules(progress: Progress): {
  readonly onProgress: NonNullable<ReplayOptions['onProgress']>;
  readonly elapsedMs: ReadonlyMap<string, number>;
} {
  const elapsedMs = new Map<string, number>();
  const startedMs = new Map<string, number>();
  const onProgress = (step: ReplayProgress): void => {
    progress.show(describeStep(step));
    const nowMs = performance.now();
    if (!startedMs.has(step.slug)) startedMs.set(step.slug, nowMs);
    elapsedMs.set(step.slug, nowMs - (startedMs.get(step.slug) ?? nowMs));
  };
  return { onProgress, elapsedMs };
}

const timeOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : parseTimeMs(text));

const describeStep = ({ slug, done, total }: ReplayProgress): string => `${slug}: run ${done} of ${total}`;

async function findRules(rules: string): Promise<readonly RuleFile[]> {
  const files = (await isFolder(rules)) ? await loadRuleFiles(rules) : await findNamedRules(rules);
  if (files.length === 0) throw new UsageError(`${rules} holds no rules`, 'Run: npm run -s pack -- generate');
  return files;
}

async function findNamedRules(rules: string): Promise<readonly RuleFile[]> {
  const names = [...new Set(rules.split(',').map((name) => name.trim()))];
  const slugs = names.filter((name) => !isRuleFile(name));
  const named = await Promise.all(names.filter(isRuleFile).map(loadRuleFile));
  return slugs.length === 0 ? named : [...named, ...(await loadRuleFiles(RULES_FOLDER, slugs))];
}

/** Watchlists are seen whole whenever they were uploaded, so the time of that can be any. */
async function findLogs({ data, ...settings }: Options): Promise<LoadedWorkspace> {
  const loaded = await loadWorkspace(data, settings, ticksFromUnixMs(0));
  if (loaded.logs.files.length > 0) return loaded;
  const hint = 'Put <Table>.ndjson, .json or .csv there, each also as .gz, or .parquet.';
  throw new UsageError(`${data.join(', ')} holds no log files`, hint);
}

type Progress = { readonly show: (text: string) => void; readonly clear: () => void };

/** One line on a terminal that is written over, ten times a second at most; nothing where there is no terminal. */
function createProgress(stream: NodeJS.WriteStream): Progress {
  if (!stream.isTTY) return { show: () => undefined, clear: () => undefined };
  let shownMs = Number.NEGATIVE_INFINITY;
  return {
    show(text) {
      const nowMs = performance.now();
      if (nowMs - shownMs < 100) return;
      shownMs = nowMs;
      stream.write(`\r\u001b[2K${text.slice(0, stream.columns - 1)}`);
    },
    clear: () => stream.write('\r\u001b[2K'),
  };
}

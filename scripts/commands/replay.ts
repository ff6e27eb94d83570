import { type Command, InvalidArgumentError, Option } from 'commander';
import type { LoadedTables } from '../../src/kql/index.ts';
import { assumptionRegistry, readAssumptions } from '../../src/replay/assumptions.ts';
import { parseTimeMs, setClock } from '../../src/replay/clock.ts';
import { formatReplay } from '../../src/replay/format-replay.ts';
import { inputProblems, timeSpan } from '../../src/replay/input-logs.ts';
import { createKqlQueryEngine } from '../../src/replay/kql-query-engine.ts';
import { isFolder, loadRuleFiles } from '../../src/replay/load-rule-files.ts';
import type { RuleFile } from '../../src/replay/read-rules.ts';
import { replay } from '../../src/replay/replay.ts';
import { ReplayError } from '../../src/replay/replay-error.ts';
import { formatReplayJson } from '../../src/replay/replay-json.ts';
import type { ReplayOptions, ReplayProgress, ReplayResult } from '../../src/replay/replay-result.ts';
import { knownSchemas, loadLogs } from '../load-logs.ts';
import { UsageError } from '../usage-error.ts';

const RULES_FOLDER = 'analytics-rules';

type Options = {
  readonly data: readonly string[];
  readonly rules: string;
  readonly from?: string;
  readonly to?: string;
  readonly now?: string;
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
  program
    .command('replay')
    .description("run the generated rules over logs as Sentinel's scheduler would: what fires, when and why")
    .requiredOption('--data <paths...>', 'files or folders of logs: <Table>.ndjson, .json, .csv, each also .gz')
    .option('--rules <dir-or-slugs>', 'a folder of rules, or slugs with commas between them', RULES_FOLDER)
    .option('--from <time>', 'first scheduled time in UTC (default: the first row)')
    .option('--to <time>', 'last scheduled time in UTC (default: the last row, and two more runs of each rule)')
    .option('--now <time>', 'leave out runs that would be executed later')
    .addOption(
      new Option('--format <format>', 'how the outcome is printed').choices(['table', 'json']).default('table'),
    )
    .option('--alerts <count>', 'alerts listed for each rule in the table', readCount, 5)
    .option('--runs', 'list every run (json)')
    .option('--assume <name=choice>', 'choose where Microsoft documents nothing, see below', append, [])
    .addHelpText('after', `${describeAssumptions()}\n${examples}`)
    .action(run);
}

const append = (value: string, before: readonly string[]): readonly string[] => [...before, value];

async function run(options: Options): Promise<void> {
  const progress = createProgress(process.stderr);
  try {
    const { result, elapsedMs } = await replayLogs(options, progress);
    progress.clear();
    process.stdout.write(
      options.format === 'json'
        ? formatReplayJson(result, options.runs === true)
        : formatReplay(result, { alertsPerRule: options.alerts, elapsedMs }),
    );
    const problems = [...result.problems, ...result.rules.flatMap((rule) => rule.problems)];
    process.exitCode = problems.some(({ severity }) => severity === 'error') ? 1 : 0;
  } catch (error) {
    progress.clear();
    if (!(error instanceof ReplayError)) throw error;
    const place = error.file === undefined ? '' : `${error.file}: `;
    throw new UsageError(place + error.message, error.hint ?? 'see: npm run -s pack -- replay --help');
  }
}

function readCount(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Give a number such as 5.');
  return Number(text);
}

async function replayLogs(
  options: Options,
  progress: Progress,
): Promise<{ readonly result: ReplayResult; readonly elapsedMs: ReadonlyMap<string, number> }> {
  const assumptions = readAssumptions(options.assume);
  const times = { fromMs: timeOf(options.from), toMs: timeOf(options.to), nowMs: timeOf(options.now) };
  const files = await findRules(options.rules);
  const logs = await findLogs(options.data);
  const clock = setClock({ ...times, data: timeSpan(logs.tables) });
  const elapsedMs = new Map<string, number>();
  const startedMs = new Map<string, number>();
  const onProgress: ReplayOptions['onProgress'] = (step) => {
    progress.show(describeStep(step));
    const nowMs = performance.now();
    if (!startedMs.has(step.slug)) startedMs.set(step.slug, nowMs);
    elapsedMs.set(step.slug, nowMs - (startedMs.get(step.slug) ?? nowMs));
  };
  const engine = createKqlQueryEngine(logs.tables, knownSchemas);
  const result = await replay(files, engine, { clock, assumptions, onProgress });
  return { result: { ...result, problems: [...inputProblems(logs.problems), ...result.problems] }, elapsedMs };
}

const timeOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : parseTimeMs(text));

const describeStep = ({ slug, done, total }: ReplayProgress): string => `${slug}: run ${done} of ${total}`;

async function findRules(rules: string): Promise<readonly RuleFile[]> {
  const slugs = (await isFolder(rules)) ? undefined : rules.split(',').map((slug) => slug.trim());
  const files = await loadRuleFiles(slugs === undefined ? rules : RULES_FOLDER, slugs);
  if (files.length === 0) throw new UsageError(`${rules} holds no rules`, 'Run: npm run -s pack -- generate');
  return files;
}

async function findLogs(paths: readonly string[]): Promise<LoadedTables> {
  const logs = await loadLogs(paths);
  if (logs.files.length > 0) return logs;
  const hint = 'Put <Table>.ndjson, .json or .csv there, each also as .gz.';
  throw new UsageError(`${paths.join(', ')} holds no log files`, hint);
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

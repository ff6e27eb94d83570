import { availableParallelism } from 'node:os';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Mutated, RuleMutations } from '../../src/mutate/mutation-report.ts';
import { UsageError } from '../usage-error.ts';

type Options = {
  readonly minimum: number;
  readonly format: keyof typeof formatters;
  readonly threads: number;
  readonly list?: boolean;
  readonly write?: boolean;
  readonly check?: boolean;
  readonly rules: string;
  readonly scenarios: string;
};

const formatters = {
  table: async () => (await import('../../src/mutate/format-mutations.ts')).formatMutations,
  json: async () => (await import('../../src/mutate/mutations-json.ts')).formatMutationsJson,
} as const satisfies Readonly<Record<string, () => Promise<(mutated: Mutated, minimum: number) => string>>>;

const notes = `
A mutant is a rule with one small mistake in it. It is killed when a scenario of the rule fails on it. One that Sentinel
would not save is invalid and does not count. One that is the same rule in other words can be declared, with a reason,
in data/scenarios/<rule>/equivalent-mutants.yaml (schemas/equivalent-mutants.schema.json). One whose query fails in a
run of a scenario is killed by it; one that the engine cannot run counts as survived. Exit code 2: a rule has no score,
because it fails a scenario itself or a declaration fits no survivor.

Examples:
  npm run -s pack -- mutate
  npm run -s pack -- mutate waf-sql-injection --format json
  npm run -s pack -- mutate --list`;

export function registerMutate(program: Command): void {
  program
    .command('mutate [slugs...]')
    .description('change each rule in small ways and list the changes that no scenario notices')
    .option('--minimum <percent>', 'exit with 1 where a rule has a lower score', readPercent, 95)
    .addOption(new Option('--format <format>', 'how to report').choices(Object.keys(formatters)).default('table'))
    .option(
      '--threads <count>',
      'how many mutants are judged at once',
      readThreads,
      Math.min(4, availableParallelism()),
    )
    .option('--rules <dir>', 'where the rules lie', 'analytics-rules')
    .option('--scenarios <dir>', 'where their scenarios lie, in a folder for each rule', 'data/scenarios')
    .option('--write', `write docs/mutation-score.md too, where every rule is mutated`)
    .option('--check', 'judge nothing; exit with 1 where docs/mutation-score.md is about other rules or scenarios')
    .option('--list', 'list the kinds of changes and judge nothing')
    .addHelpText('after', notes)
    .action(run);
}

function readPercent(text: string): number {
  const percent = /^\d{1,3}(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!(percent <= 100)) throw new InvalidArgumentError('Give a number from 0 to 100.');
  return percent;
}

function readThreads(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new InvalidArgumentError('Give a number from 1 to 99.');
  return Number(text);
}

async function run(slugs: readonly string[], options: Options): Promise<void> {
  if (options.list === true) {
    process.stdout.write(await describeMutations());
    return;
  }
  if (options.check === true) {
    const { checkScorePage } = await import('../mutate/score-page-file.ts');
    process.exitCode = (await checkScorePage(options)) ? 0 : 1;
    return;
  }
  if (options.write === true && slugs.length > 0) throw new UsageError('--write is about all rules', 'Name no rule.');
  const [{ mutateRules }, { createProgressBar }, { rulesBelow }, { MutateError }, { ReplayError }, format] =
    await Promise.all([
      import('../mutate/mutate-rules.ts'),
      import('../progress-bar.ts'),
      import('../../src/mutate/mutation-report.ts'),
      import('../../src/mutate/mutate-error.ts'),
      import('../../src/replay/replay-error.ts'),
      formatters[options.format](),
    ]);
  const { threads, rules, scenarios, minimum } = options;
  const progress = createProgressBar(process.stderr);
  const { signal, stop } = interruption();
  const startMs = performance.now();
  try {
    const mutated = await mutateRules({ slugs, threads, folders: { rules, scenarios }, signal }, progress);
    progress.clear();
    process.stdout.write(format(mutated, minimum));
    console.error(formatSpeed(mutated.rules, performance.now() - startMs));
    if (options.write === true && mutated.problems.length === 0) {
      const { writeScorePage } = await import('../mutate/score-page-file.ts');
      await writeScorePage(mutated.rules, options);
    }
    const isBelow = rulesBelow(mutated.rules, minimum).length > 0;
    process.exitCode = mutated.problems.length > 0 ? 2 : isBelow ? 1 : 0;
  } catch (error) {
    progress.clear();
    if (signal.aborted) {
      console.error('interrupted: the score of a part would say nothing, so there is none');
      process.exitCode = INTERRUPTED;
      return;
    }
    if (!(error instanceof MutateError || error instanceof ReplayError)) throw error;
    const place = [error.file, error.line].filter((part) => part !== undefined).join(':');
    throw new UsageError(
      `${place === '' ? '' : `${place}: `}${error.message}`,
      error.hint ?? 'see: pack mutate --help',
    );
  } finally {
    stop();
  }
}

/** As shells say it: 128 and the number of SIGINT. */
const INTERRUPTED = 130;

/** Ctrl-C as a signal that ends the work; the second one ends the process. */
function interruption(): { readonly signal: AbortSignal; readonly stop: () => void } {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  process.once('SIGINT', abort);
  return { signal: controller.signal, stop: () => process.off('SIGINT', abort) };
}

/** Apart from the report, which has the same bytes every time. */
function formatSpeed(mutated: readonly RuleMutations[], elapsedMs: number): string {
  const count = mutated.reduce((sum, { mutants }) => sum + mutants.length, 0);
  return `${count} mutants in ${(elapsedMs / 1000).toFixed(1)} s, ${((1000 * count) / elapsedMs).toFixed(1)} a second`;
}

async function describeMutations(): Promise<string> {
  const [{ queryMutations }, { ruleMutations }, { formatTextTable }] = await Promise.all([
    import('../../src/mutate/query/index.ts'),
    import('../../src/mutate/rule/index.ts'),
    import('../../src/replay/text-table.ts'),
  ]);
  const columns = ['mutation', 'what it changes'].map((title) => ({ title, align: 'left' as const }));
  const rows = [...queryMutations, ...ruleMutations].map(({ name, changes }) => [name, changes]);
  return `${formatTextTable(columns, rows)}\n`;
}

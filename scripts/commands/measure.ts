import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Command, Option } from 'commander';
import type { RuleFile } from '../../src/replay/read-rules.ts';
import type { MonthQuality } from '../measure/format-quality.ts';
import { UsageError } from '../usage-error.ts';
import { monthSeed, readScale, readSeed } from './sample.ts';

const qualityPage = 'docs/detection-quality.md';

type MeasureCommand = {
  readonly month: 'benchmark' | 'benign' | 'both';
  readonly scale: number;
  readonly seed: number;
  readonly rules: string;
  readonly format: 'markdown' | 'json';
  readonly write?: boolean;
};

export function registerMeasure(program: Command): void {
  program
    .command('measure')
    .description('replay the generated rules over labelled months: recall, precision, delay, false alarms')
    .addOption(new Option('--month <month>', 'which month').choices(['benchmark', 'benign', 'both']).default('both'))
    .option(
      '--scale <factor>',
      'traffic of the months, from 0.001 to 20; 1 is more than two million requests in each',
      readScale,
      1,
    )
    .option('--seed <number>', 'another seed gives other traffic around the same attacks', readSeed, monthSeed)
    .option('--rules <directory>', 'the folder of the generated rules', 'analytics-rules')
    .addOption(
      new Option('--format <format>', 'how the outcome is printed').choices(['markdown', 'json']).default('markdown'),
    )
    .option('--write', `write the outcome to ${qualityPage} and not to the terminal`)
    .addHelpText(
      'after',
      `
Exit code 1: an attack above its threshold was missed, or a label and a rule contradict each other. At full size it takes ten minutes and 2.3 GB of memory.

Examples:
  npm run -s pack -- measure --month benchmark --scale 0.05
  npm run -s pack -- measure --write`,
    )
    .action(measure);
}

async function measure(options: MeasureCommand): Promise<void> {
  const { format, write } = options;
  const [{ formatQuality }, { qualityJson }] = await Promise.all([
    import('../measure/format-quality.ts'),
    import('../measure/quality-json.ts'),
  ]);
  const qualities = await measureMonths(options);
  if (write === true) {
    await writePage(qualityPage, formatQuality(qualities));
    console.log(`wrote ${qualityPage}`);
  } else {
    process.stdout.write(format === 'json' ? qualityJson(qualities) : formatQuality(qualities));
  }
  process.exitCode = (await hasFindings(qualities)) ? 1 : 0;
}

async function measureMonths({ month, scale, seed, rules }: MeasureCommand): Promise<readonly MonthQuality[]> {
  const [{ makeMonth, runRules }, { allowAnnounced }, { createProgressBar }, { withConfigFile }] = await Promise.all([
    import('../measure/measured-month.ts'),
    import('../measure/allow-announced.ts'),
    import('../progress-bar.ts'),
    import('../config-file.ts'),
  ]);
  const files = await readRules(rules);
  const config = await withConfigFile(undefined, (read) => read);
  const progress = createProgressBar(process.stderr);
  const qualities: MonthQuality[] = [];
  for (const name of ['benchmark', 'benign'] as const) {
    if (month === name || month === 'both') {
      const made = makeMonth(name, { scale, seed, onStep: progress.show });
      const measured = await runRules(made, files, progress.show);
      const allowed = await allowAnnounced(made, {
        config,
        slugs: measured.result.rules.map(({ rule }) => rule.slug),
        onStep: (share, text) => progress.show(share, `${text}, allow list`),
      });
      qualities.push({ month: measured, allowed });
    }
  }
  progress.clear();
  return qualities;
}

async function readRules(directory: string): Promise<readonly RuleFile[]> {
  const [{ loadRuleFiles }, { ReplayError }] = await Promise.all([
    import('../../src/replay/load-rule-files.ts'),
    import('../../src/replay/replay-error.ts'),
  ]);
  try {
    return await loadRuleFiles(directory);
  } catch (error) {
    if (error instanceof ReplayError) {
      throw new UsageError(`${directory}: ${error.message}`, error.hint ?? 'run: npm run -s pack -- generate');
    }
    throw error;
  }
}

/** Tells what went wrong with rules; true where an attack was missed or a label and a rule contradict each other too. */
async function hasFindings(qualities: readonly MonthQuality[]): Promise<boolean> {
  const { scoreAttacks } = await import('../measure/score-rules.ts');
  const results = qualities.flatMap(({ month, allowed }) => [
    month.result,
    ...(allowed === undefined ? [] : [allowed.result]),
  ]);
  const errors = results
    .flatMap(({ rules }) => rules.flatMap(({ problems }) => problems))
    .filter(({ severity }) => severity === 'error');
  for (const { severity, file, message } of errors) {
    console.error(`${severity}: ${file}: ${message}`);
  }
  const isWrong = qualities.some(({ month }) =>
    scoreAttacks(month).some(({ outcome, others }) => {
      return outcome === 'missed' || outcome === 'contradicted' || others.found < others.expected;
    }),
  );
  return isWrong || errors.length > 0;
}

/** Aside first, so that an interrupted run leaves the page as it was. */
async function writePage(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const aside = `${path}.partial`;
  await writeFile(aside, text);
  await rename(aside, path);
}

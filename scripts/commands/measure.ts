import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Command, Option } from 'commander';
import { readScale, readSeed } from './sample.ts';

const qualityPage = 'docs/detection-quality.md';
const monthSeed = 20_260_601;

type MeasureCommand = {
  readonly month: 'benchmark' | 'benign' | 'both';
  readonly scale: number;
  readonly seed: number;
  readonly rules: string;
  readonly write?: boolean;
};

export function registerMeasure(program: Command): void {
  program
    .command('measure')
    .description('replay the generated rules over labelled months: recall, precision, delay, false alarms')
    .addOption(new Option('--month <month>', 'which month').choices(['benchmark', 'benign', 'both']).default('both'))
    .option('--scale <factor>', 'traffic of the months; 1 is more than two million requests in each', readScale, 1)
    .option('--seed <number>', 'another seed gives other traffic around the same attacks', readSeed, monthSeed)
    .option('--rules <directory>', 'the folder of the generated rules', 'analytics-rules')
    .option('--write', `write the outcome to ${qualityPage} and not to the terminal`)
    .addHelpText(
      'after',
      `
Exit code 1: an attack above its threshold was missed, or a label and a rule contradict each other.

Examples:
  npm run -s pack -- measure --month benchmark --scale 0.05
  npm run -s pack -- measure --write`,
    )
    .action(measure);
}

async function measure({ month, scale, seed, rules, write }: MeasureCommand): Promise<void> {
  const [{ measureMonth }, { formatQuality }, { scoreAttacks }, { loadRuleFiles }, { createProgressBar }] =
    await Promise.all([
      import('../measure/measured-month.ts'),
      import('../measure/format-quality.ts'),
      import('../measure/score-rules.ts'),
      import('../../src/replay/load-rule-files.ts'),
      import('../progress-bar.ts'),
    ]);
  const files = await loadRuleFiles(rules);
  const progress = createProgressBar(process.stderr);
  const months = [];
  for (const name of ['benchmark', 'benign'] as const) {
    if (month === name || month === 'both') {
      months.push(await measureMonth(name, files, { scale, seed, onStep: progress.show }));
    }
  }
  progress.clear();
  const text = formatQuality(months);
  if (write === true) {
    await writePage(qualityPage, text);
    console.log(`wrote ${qualityPage}`);
  } else {
    process.stdout.write(text);
  }
  const failures = months.flatMap(({ result }) => result.rules.flatMap(({ problems }) => problems));
  for (const { severity, file, message } of failures.filter((problem) => problem.severity === 'error')) {
    console.error(`${severity}: ${file}: ${message}`);
  }
  const isWrong = months.some((measured) =>
    scoreAttacks(measured).some(({ outcome, others }) => {
      return outcome === 'missed' || outcome === 'contradicted' || others.found < others.expected;
    }),
  );
  process.exitCode = isWrong || failures.some(({ severity }) => severity === 'error') ? 1 : 0;
}

/** Aside first, so that an interrupted run leaves the page as it was. */
async function writePage(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const aside = `${path}.partial`;
  await writeFile(aside, text);
  await rename(aside, path);
}

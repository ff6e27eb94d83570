import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Calibration } from '../../src/calibrate/calibrate.ts';
import { type CriterionName, criteria } from '../../src/calibrate/recommend.ts';

type Options = {
  readonly data?: string;
  readonly set: ReadonlyMap<string, string>;
  readonly criterion: CriterionName;
  readonly format: keyof typeof formatters;
  readonly all?: boolean;
  readonly config?: string;
  readonly write?: boolean;
};

const formatters = {
  table: async () => (await import('../../src/calibrate/format-calibration.ts')).formatCalibration,
  json: async () => (await import('../../src/calibrate/calibration-json.ts')).formatCalibrationJson,
  html: async () => (await import('../../src/calibrate/calibration-page.ts')).renderCalibration,
} as const satisfies Readonly<Record<string, () => Promise<(calibration: Calibration, all: boolean) => string>>>;

const notes = `
Without --set every parameter goes from half of its current value to twice; with it the others stay as they are.

Criteria:
${Object.entries(criteria)
  .map(([name, { doc }]) => `  ${name.padEnd(12)} ${doc}`)
  .join('\n')}
Ties go to the widest margin, then to the setting nearest to the current one.

Examples:
  npm run -s pack -- calibrate api-traffic-population-spike
  npm run -s pack -- calibrate waf-sql-injection --set minimumTransactions=1..10 --write
  npm run -s pack -- calibrate api-traffic-population-spike --data logs --set deviations=3..12/0.5 --format html > deviations.html`;

export function registerCalibrate(program: Command): void {
  program
    .command('calibrate <slug>')
    .description("try a rule's parameters over labelled logs: precision, recall, delay, alerts a day")
    .option('--data <dir>', 'logs with labels.json, as pack sample writes them (default: the sample month, made anew)')
    .option('--set <name=values>', 'values to try: 3,4,5 or 3..12 or 3..12/0.5; may be repeated', addValues, new Map())
    .addOption(
      new Option('--criterion <name>', 'what is recommended').choices(Object.keys(criteria)).default('full-recall'),
    )
    .addOption(new Option('--format <format>', 'how to report').choices(Object.keys(formatters)).default('table'))
    .option('--all', 'list every setting (table)')
    .option('--config <file>', 'the configuration (default: pack.config.yaml, where it exists)')
    .option('--write', 'put the recommended values into the configuration')
    .addHelpText('after', notes)
    .action(run);
}

function addValues(text: string, before: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const [name = '', values = ''] = text.split(/=(.*)/s);
  if (name === '' || values === '') throw new InvalidArgumentError('Write it as deviations=3,4,5.');
  return new Map([...before, [name, values]]);
}

async function run(slug: string, { set, ...options }: Options): Promise<void> {
  const [{ calibrateRule }, { createProgressBar }, format] = await Promise.all([
    import('../calibrate/calibrate-rule.ts'),
    import('../progress-bar.ts'),
    formatters[options.format](),
  ]);
  const { data, config, criterion } = options;
  const progress = createProgressBar(process.stderr);
  let calibration: Calibration;
  try {
    calibration = await calibrateRule({ slug, data, config, criterion, asked: set }, progress);
  } finally {
    progress.clear();
  }
  process.stdout.write(format(calibration, options.all === true));
  if (options.write === true) {
    const { writeRecommended } = await import('../calibrate/write-recommended.ts');
    console.error(await writeRecommended(calibration, config));
  }
}

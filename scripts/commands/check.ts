import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Command, Option } from 'commander';
import type { RowVolumes } from '../../src/check/rule-costs.ts';
import type { CheckReport } from '../../src/check/run-checks.ts';
import { UsageError } from '../usage-error.ts';

type CheckOptions = {
  readonly format: keyof typeof formatters;
  readonly dir: string;
  readonly strict?: boolean;
  readonly costs?: boolean;
  readonly sample?: string;
  readonly release?: boolean;
};

const formatters = {
  text: async () => (await import('../../src/check/formats/text.ts')).formatText,
  json: async () => (await import('../../src/check/formats/json.ts')).formatJson,
  sarif: async () => (await import('../../src/check/formats/sarif.ts')).formatSarif,
  junit: async () => (await import('../../src/check/formats/junit.ts')).formatJunit,
} as const satisfies Readonly<Record<string, () => Promise<(report: CheckReport) => string>>>;

const examples = `
Example:
  npm run -s pack -- check --format sarif > pack.sarif
  npm run -s pack -- check --costs --sample logs`;

export function registerCheck(program: Command): void {
  program
    .command('check')
    .description('check the generated content as Sentinel and its repository would; exits with 1 on an error')
    .addOption(new Option('--format <format>', 'how to report').choices(Object.keys(formatters)).default('text'))
    .option('--dir <directory>', 'where the content was generated', '.')
    .option('--strict', 'exit with 1 on a warning too')
    .option('--costs', 'show what each rule reads, estimated from assumed volumes (always in --format json)')
    .option('--sample <path>', 'take the volumes of --costs from a file or folder of logs')
    .option('--release', 'record the rules as released: from now on a changed rule needs a new version')
    .addHelpText('after', examples)
    .action(check);
}

async function check({ format, dir, strict, costs, sample, release }: CheckOptions): Promise<void> {
  const [{ readContent }, { runChecks }, formatReport] = await Promise.all([
    import('../../src/check/read-content.ts'),
    import('../../src/check/run-checks.ts'),
    formatters[format](),
  ]);
  const sources = await readContent(dir);
  if (sources.length === 0) {
    throw new UsageError(
      `${dir} holds no generated content`,
      'Run npm run -s pack -- generate first, or name its --out with --dir.',
    );
  }
  const volumes = sample === undefined ? undefined : await readVolumes(sample);
  const report = await runChecks(sources, volumes);
  process.stdout.write(formatReport(report));
  if (costs === true && format === 'text') await printCosts(report, sample);
  const found = report.issues.some(({ severity }) => severity === 'error' || strict === true);
  process.exitCode = found ? 1 : 0;
  if (release === true && !found) await recordRelease(dir, report);
}

async function printCosts(report: CheckReport, sample: string | undefined): Promise<void> {
  const { formatCosts } = await import('../../src/check/formats/costs.ts');
  const basis = sample === undefined ? 'assuming a million API requests a day' : `at the volumes of ${sample}`;
  process.stdout.write(formatCosts(report.costs, basis));
}

async function readVolumes(path: string): Promise<RowVolumes> {
  const [{ loadLogs, reportProblems }, { rowsADay }] = await Promise.all([
    import('../load-logs.ts'),
    import('../../src/check/rule-costs.ts'),
  ]);
  const logs = await loadLogs([path]);
  reportProblems(logs);
  return rowsADay(logs.tables);
}

/** A release that was refused is not recorded: the record says what workspaces have. */
async function recordRelease(dir: string, { releasedVersions }: CheckReport): Promise<void> {
  const { releasedVersionsPath } = await import('../../src/check/released-versions.ts');
  const path = join(dir, releasedVersionsPath);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, releasedVersions);
  process.stderr.write(`recorded the release in ${path}\n`);
}

import { type Command, Option } from 'commander';
import type { CheckReport } from '../../src/check/run-checks.ts';
import { UsageError } from '../usage-error.ts';

type CheckOptions = { readonly format: keyof typeof formatters; readonly dir: string; readonly strict?: boolean };

const formatters = {
  text: async () => (await import('../../src/check/formats/text.ts')).formatText,
  json: async () => (await import('../../src/check/formats/json.ts')).formatJson,
  sarif: async () => (await import('../../src/check/formats/sarif.ts')).formatSarif,
  junit: async () => (await import('../../src/check/formats/junit.ts')).formatJunit,
} as const satisfies Readonly<Record<string, () => Promise<(report: CheckReport) => string>>>;

export function registerCheck(program: Command): void {
  program
    .command('check')
    .description('check the generated content as Sentinel and its repository would; exits with 1 on an error')
    .addOption(new Option('--format <format>', 'how to report').choices(Object.keys(formatters)).default('text'))
    .option('--dir <directory>', 'where the content was generated', '.')
    .option('--strict', 'exit with 1 on a warning too')
    .addHelpText('after', '\nExample:\n  npm run -s pack -- check --format sarif > pack.sarif')
    .action(check);
}

async function check({ format, dir, strict }: CheckOptions): Promise<void> {
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
  const report = await runChecks(sources);
  process.stdout.write(formatReport(report));
  const found = report.issues.some(({ severity }) => severity === 'error' || strict === true);
  process.exitCode = found ? 1 : 0;
}

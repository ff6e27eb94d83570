import { existsSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { ReplayError } from '../../src/replay/replay-error.ts';
import { formatCounts, formatLists, formatScenarios } from '../../src/replay/scenario/format-scenarios.ts';
import type { ScenarioResult } from '../../src/replay/scenario/scenario-result.ts';
import { formatScenariosJson } from '../../src/replay/scenario/scenarios-json.ts';
import { formatScenariosJunit } from '../../src/replay/scenario/scenarios-junit.ts';
import { createProgressBar } from '../progress-bar.ts';
import { openSuite, type ScenarioSuite } from '../scenarios/scenario-suite.ts';
import { watchSuite } from '../scenarios/watch-suite.ts';
import { UsageError } from '../usage-error.ts';

type Options = {
  readonly scenarios: string;
  readonly rules: string;
  readonly format: 'text' | 'json' | 'junit';
  readonly margins?: boolean;
  readonly watch?: boolean;
  readonly update?: boolean;
};

/** What rules are generated from, as far as it exists here. */
const definitions = ['src/content', 'src/emit', 'pack.config.yaml'];

const examples = `
Examples:
  npm run -s pack -- test
  npm run -s pack -- test waf-sql-injection api-traffic-population-spike/quiet-at-199-calls --margins
  npm run -s pack -- test --watch`;

export function registerTest(program: Command): void {
  program
    .command('test')
    .description('replay the scenarios of the rules: alerts and incidents against what is expected, and the margin')
    .argument('[slugs...]', 'rules, or single scenarios as <rule>/<scenario>; all without any')
    .option('--scenarios <dir>', 'where the scenarios are', 'data/scenarios')
    .option('--rules <dir>', 'where the generated rules are', 'analytics-rules')
    .addOption(new Option('--format <format>', 'how to report').choices(['text', 'json', 'junit']).default('text'))
    .option('--margins', 'list how far every threshold was in every scenario (text)')
    .option('--update', 'rewrite what the failed scenarios expect to what their rules do; look at the difference after')
    .option('--watch', 'go on, and run again what a change of a scenario, a rule or a definition touches')
    .addHelpText('after', examples)
    .action(run);
}

async function run(slugs: readonly string[], options: Options): Promise<void> {
  const { scenarios, rules, format } = options;
  if (options.watch === true && format !== 'text') throw new UsageError('--watch prints text', 'Leave out --format.');
  if (options.watch === true && options.update === true) {
    throw new UsageError('--watch does not update', 'Run pack test --update first.');
  }
  const suite = await openSuite({ scenarios, rules }, slugs, options.watch === true).catch(refuse);
  const results = await runAll(suite, options.update === true);
  process.stdout.write(formatters[format](results, options.margins === true));
  process.exitCode = codeOf(results);
  if (options.watch === true) await watchUntilInterrupted(suite, results, options);
}

function refuse(error: unknown): never {
  if (!(error instanceof ReplayError)) throw error;
  const place = error.file === undefined ? '' : `${error.file}: `;
  throw new UsageError(place + error.message, error.hint ?? 'see: npm run -s pack -- test --help');
}

const formatters: Readonly<
  Record<Options['format'], (results: readonly ScenarioResult[], margins: boolean) => string>
> = {
  text: (results, allMargins) => formatScenarios(results, { allMargins }),
  json: formatScenariosJson,
  junit: formatScenariosJunit,
};

const codeOf = (results: readonly ScenarioResult[]): number =>
  results.every(({ status }) => status === 'passed') ? 0 : 1;

async function runAll(suite: ScenarioSuite, update: boolean): Promise<readonly ScenarioResult[]> {
  const bar = createProgressBar(process.stderr);
  const results = await suite.run(suite.scenarios(), (done, total, scenario) =>
    bar.show(total === 0 ? 1 : done / total, `${done} of ${total} ${scenario}`),
  );
  bar.clear();
  if (!update) return results;
  const updated: ScenarioResult[] = [];
  for (const result of results) {
    const after = await suite.update(result);
    if (after !== result) console.error(`updated ${after.file}`);
    updated.push(after);
  }
  return updated;
}

async function watchUntilInterrupted(
  suite: ScenarioSuite,
  results: readonly ScenarioResult[],
  { scenarios, rules }: Options,
): Promise<void> {
  const latest = new Map(results.map((result) => [result.file, result]));
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  console.log('\nwatching; press Ctrl-C to stop');
  await watchSuite(suite, {
    paths: { scenarios, rules },
    definitions: definitions.filter((path) => existsSync(path)),
    signal: stop.signal,
    onProblem: (message) => console.error(message),
    onResults(changed, elapsedMs) {
      for (const result of changed) latest.set(result.file, result);
      const files = new Set(suite.scenarios().map(({ file }) => file));
      const all = [...latest.values()].filter(({ file }) => files.has(file));
      process.stdout.write(`\n${formatLists(changed, { allMargins: false })}\n`);
      console.log(`${changed.length} run in ${Math.round(elapsedMs)} ms; of all: ${formatCounts(all)}`);
      process.exitCode = codeOf(all);
    },
  });
}

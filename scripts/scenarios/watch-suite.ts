import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import type { ScenarioFile } from '../../src/replay/scenario/load-scenarios.ts';
import type { ScenarioResult } from '../../src/replay/scenario/scenario-result.ts';
import type { ScenarioSuite, SuitePaths } from './scenario-suite.ts';

export type WatchOptions = {
  readonly paths: SuitePaths;
  /** Folders and files from which rules are generated; a change there generates them again. */
  readonly definitions: readonly string[];
  /** What was run because of a change, and in how many milliseconds from when it was noticed. */
  readonly onResults: (results: readonly ScenarioResult[], elapsedMs: number) => void;
  readonly onProblem: (message: string) => void;
  /** Ends the watch. */
  readonly signal: AbortSignal;
};

/** Editors write a file in several steps; so long after the last of them it is read. */
const SETTLE_MS = 40;

/**
 * Runs again what a change touches: a scenario whose file changes, every scenario of a rule whose generated YAML
 * changes. Resolves when the signal ends the watch.
 */
export async function watchSuite(suite: ScenarioSuite, options: WatchOptions): Promise<void> {
  const { paths, definitions, onResults, onProblem, signal } = options;
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  let generate = false;
  const notice = (fromDefinitions: boolean): void => {
    generate ||= fromDefinitions;
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(runTouched).catch((error: unknown) => onProblem(messageOf(error)));
    }, SETTLE_MS);
  };
  const runTouched = async (): Promise<void> => {
    const startMs = performance.now();
    if (generate) {
      generate = false;
      await generateRules(onProblem);
    }
    const changedRules = await suite.reloadRules();
    const changed = new Set(await suite.reloadScenarios());
    const touched = suite.scenarios().filter((file) => changed.has(file) || readsRule(file, changedRules));
    if (touched.length > 0) onResults(await suite.runQuickly(touched), performance.now() - startMs);
  };
  const watched: readonly (readonly [path: string, isDefinition: boolean])[] = [
    [paths.scenarios, false],
    [paths.rules, false],
    ...definitions.map((path) => [path, true] as const),
  ];
  const watchers = watched.map(([path, isDefinition]) => watch(path, { recursive: true }, () => notice(isDefinition)));
  // What changed between the first run and now has not been noticed yet.
  notice(false);
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  clearTimeout(timer);
  for (const watcher of watchers) watcher.close();
  await running;
}

const readsRule = ({ rule, scenario }: ScenarioFile, rules: ReadonlySet<string>): boolean =>
  rules.has(rule) || (scenario?.alongside ?? []).some((slug) => rules.has(slug));

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Definitions are modules that this process has loaded, so another one generates; it takes less than a second. */
function generateRules(onProblem: (message: string) => void): Promise<void> {
  return new Promise((resolve) => {
    const args = ['--import', 'tsx', 'scripts/pack.ts', 'generate'];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (data: Buffer) => {
      errors += data.toString();
    });
    child.on('close', (code) => {
      if (code !== 0) onProblem(`pack generate ended with ${code}\n${errors.trim()}`);
      resolve();
    });
  });
}

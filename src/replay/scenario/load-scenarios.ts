import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ReplayError } from '../replay-error.ts';
import { readScenario } from './read-scenario.ts';
import { brokenScenario } from './run-scenario.ts';
import type { Scenario } from './scenario.ts';
import type { ScenarioResult } from './scenario-result.ts';

/** A scenario's file: what stands in it, or why that cannot be read. */
export type ScenarioFile = {
  readonly file: string;
  readonly rule: string;
  readonly name: string;
  readonly text: string;
} & ({ readonly scenario: Scenario } | { readonly scenario: undefined; readonly broken: ScenarioResult });

const FILE_NAME = 'scenario.yaml';

/**
 * The scenarios of a folder with their files, `<rule>/<name>/scenario.yaml`, sorted by rule and name. A folder without
 * the file, and a file that cannot be read, are scenarios that are broken.
 * @param known what was loaded before: a file whose text is the same stays the same object, and is not read anew
 * @throws ReplayError `scenario-unreadable` where the folder itself cannot be read
 */
export async function loadScenarios(
  directory: string,
  known: readonly ScenarioFile[] = [],
): Promise<readonly ScenarioFile[]> {
  const rules = await listFolders(directory);
  return (await Promise.all(rules.map((rule) => loadScenariosOf(directory, rule, known)))).flat();
}

/** As loadScenarios, of one rule only. */
export async function loadScenariosOf(
  directory: string,
  rule: string,
  known: readonly ScenarioFile[] = [],
): Promise<readonly ScenarioFile[]> {
  const before = new Map(known.map((one) => [one.file, one]));
  const names = await listFolders(join(directory, rule));
  const files = names.map((name) => join(directory, rule, name, FILE_NAME));
  return Promise.all(files.map((file) => loadScenario(file, before.get(file))));
}

export async function loadScenario(file: string, known?: ScenarioFile): Promise<ScenarioFile> {
  const [rule = '', name = ''] = file.split(/[\\/]/).slice(-3, -1);
  let text = '';
  try {
    text = await readText(file);
    if (known?.text === text) return known;
    return { file, rule, name, text, scenario: readScenario(text, file) };
  } catch (error) {
    if (!(error instanceof ReplayError)) throw error;
    return { file, rule, name, text, scenario: undefined, broken: brokenScenario(file, error) };
  }
}

async function listFolders(directory: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(directory, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  } catch (cause) {
    throw unreadable(directory, cause, 'name the folder of scenarios with --scenarios');
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw unreadable(file, cause, `write ${FILE_NAME} there, or remove the folder`);
  }
}

function unreadable(file: string, cause: unknown, hint: string): ReplayError {
  const reason = (cause as NodeJS.ErrnoException).code ?? String(cause);
  return new ReplayError('scenario-unreadable', `cannot be read (${reason})`, { file, hint, cause });
}

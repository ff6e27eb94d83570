import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Calibration, calibrate } from '../../src/calibrate/calibrate.ts';
import { CalibrateError } from '../../src/calibrate/calibrate-error.ts';
import { readLabels } from '../../src/calibrate/labels.ts';
import type { CriterionName } from '../../src/calibrate/recommend.ts';
import { planSweep, type Setting } from '../../src/calibrate/sweep.ts';
import type { AnyRuleDefinition } from '../../src/content/define-rule.ts';
import { definitions } from '../../src/content/index.ts';
import type { PackConfig } from '../../src/content/pack-config.ts';
import { resolveRule } from '../../src/content/resolve-rule.ts';
import { emitRuleYaml } from '../../src/emit/rule-yaml.ts';
import { batchOf, createMemoryTable, KqlError } from '../../src/kql/index.ts';
import { setClock } from '../../src/replay/clock.ts';
import { timeSpan } from '../../src/replay/input-logs.ts';
import { createKqlQueryEngine } from '../../src/replay/kql-query-engine.ts';
import { ReplayError } from '../../src/replay/replay-error.ts';
import { withConfigFile } from '../config-file.ts';
import { knownSchemas, loadLogs, reportProblems } from '../load-logs.ts';
import type { ProgressBar } from '../progress-bar.ts';
import { writeSampleMonth } from '../start/sample-month.ts';
import { UsageError } from '../usage-error.ts';

export type CalibrateRequest = {
  readonly slug: string;
  /** A folder of logs with labels.json; undefined: the sample month. */
  readonly data: string | undefined;
  readonly asked: ReadonlyMap<string, string>;
  readonly criterion: CriterionName;
  readonly config: string | undefined;
};

/**
 * Calibrates one rule over a folder of labelled logs.
 * @throws UsageError for a rule, values, labels or logs that cannot be used
 */
export async function calibrateRule(request: CalibrateRequest, progress: ProgressBar): Promise<Calibration> {
  const definition = findDefinition(request.slug);
  try {
    const settings = await withConfigFile(request.config, (read) => settingsOf(definition, read));
    // What cannot be swept is told before the logs are made and read.
    planSweep(definition.parameters, settings.current, request.asked);
    return await withLogs(request.data, (folder) => calibrateOver(folder, { definition, settings, request }, progress));
  } catch (error) {
    if (error instanceof CalibrateError) throw new UsageError(`${request.slug}: ${error.message}`, error.hint);
    if (error instanceof ReplayError || error instanceof KqlError) {
      throw new UsageError(`${request.slug}: ${error.message}`, error.hint ?? 'run it with pack replay to see more');
    }
    throw error;
  }
}

function findDefinition(slug: string): AnyRuleDefinition {
  const definition = definitions.rules.find((rule) => rule.slug === slug);
  if (definition !== undefined) return definition;
  const slugs = definitions.rules.map((rule) => rule.slug).join(', ');
  throw new UsageError(`there is no rule '${slug}'`, `the rules are ${slugs}`);
}

async function withLogs<T>(folder: string | undefined, use: (folder: string) => Promise<T>): Promise<T> {
  if (folder !== undefined) return use(folder);
  const made = await mkdtemp(join(tmpdir(), 'sample-month-'));
  try {
    await writeSampleMonth(made);
    return await use(made);
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}

type Settings = { readonly current: Setting; readonly ruleTextOf: (setting: Setting) => string };

type CalibrationTask = {
  readonly definition: AnyRuleDefinition;
  readonly settings: Settings;
  readonly request: CalibrateRequest;
};

async function calibrateOver(
  folder: string,
  { definition, settings, request }: CalibrationTask,
  progress: ProgressBar,
): Promise<Calibration> {
  const { slug, asked, criterion } = request;
  const detections = readLabels(await readLabelFile(folder), slug);
  const logs = await loadLogs([folder]);
  if (reportProblems(logs)) throw new UsageError(`${folder} has rows that cannot be read`, 'correct or remove them');
  const data = timeSpan(logs.tables);
  const clock = setClock({ data });
  const empty = [...knownSchemas].map(([name, columns]) => [name, createMemoryTable(batchOf(columns, []))] as const);
  return calibrate({
    slug,
    parameters: definition.parameters,
    ...settings,
    asked,
    criterion,
    engine: createKqlQueryEngine(logs.tables, knownSchemas),
    catalog: { tables: new Map([...empty, ...logs.tables]) },
    clock,
    days: data === undefined ? 0 : (data.lastMs - data.firstMs) / 86_400_000,
    detections,
    onProgress: (share) => progress.show(share, `replaying ${slug}`),
  });
}

async function readLabelFile(folder: string): Promise<string> {
  try {
    return await readFile(join(folder, 'labels.json'), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`${folder}/labels.json cannot be read (${code})`, 'name a folder as pack sample writes it');
  }
}

/** What the rule runs with now, and its YAML with other values. */
function settingsOf(definition: AnyRuleDefinition, config: PackConfig): Settings {
  const { slug } = definition;
  const settings = config.rules[slug] ?? {};
  const current = Object.fromEntries(
    Object.entries(definition.parameters).map(([name, parameter]) => [
      name,
      settings.parameters?.[name] ?? parameter.default,
    ]),
  );
  const ruleTextOf = (parameters: Setting): string =>
    emitRuleYaml(resolveRule(definition, { ...config, rules: { [slug]: { ...settings, parameters } } }));
  return { current, ruleTextOf };
}

import { type LoadedTables, ticksFromUnixMs } from '../../src/kql/index.ts';
import { readAssumptions } from '../../src/replay/assumptions.ts';
import { parseTimeMs, type ReplayClock, readStarts, setClock } from '../../src/replay/clock.ts';
import { compareDetections, type DelayEffect } from '../../src/replay/compare-detections.ts';
import type { DelayName } from '../../src/replay/format-delay-effects.ts';
import { delayTables, readDelayProfile } from '../../src/replay/ingestion-delay.ts';
import { clockProblems, inputProblems, timeSpan } from '../../src/replay/input-logs.ts';
import { createKqlQueryEngine, type QueryPlans } from '../../src/replay/kql-query-engine.ts';
import { isFolder, isRuleFile, loadRuleFile, loadRuleFiles } from '../../src/replay/load-rule-files.ts';
import { findNeeds } from '../../src/replay/log-needs.ts';
import { findNearestMisses, type RuleMisses } from '../../src/replay/nearest-misses.ts';
import type { RuleFile } from '../../src/replay/read-rules.ts';
import { replay } from '../../src/replay/replay.ts';
import type { ReplayOptions, ReplayProgress, ReplayResult } from '../../src/replay/replay-result.ts';
import { ruleSlug } from '../../src/replay/rule-document.ts';
import { declareWorkspace, withWatchlists } from '../query/open-workspace.ts';
import { UsageError } from '../usage-error.ts';
import { openSource } from './open-source.ts';
import type { ProgressLine } from './progress-line.ts';
import { type ReplayCommandOptions, RULES_FOLDER } from './replay-options.ts';

export type ReplayedLogs = {
  readonly sourceName: string;
  readonly logs: LoadedTables;
  readonly result: ReplayResult;
  /** Milliseconds that each rule took, by slug. */
  readonly elapsedMs: ReadonlyMap<string, number>;
  /** How near the rules came that raised nothing. */
  readonly misses: readonly RuleMisses[];
  /** Where an ingestion delay was asked for: the result is that of the late logs, and this is what they changed. */
  readonly delay?: { readonly effects: readonly DelayEffect[]; readonly name: DelayName };
};

/** Loads what the rules read and replays them over it. @throws ReplayError, LogSourceError, UsageError */
export async function replayLogs(options: ReplayCommandOptions, progress: ProgressLine): Promise<ReplayedLogs> {
  const assumptions = readAssumptions(options.assume);
  const profile = options.ingestionDelay === undefined ? undefined : readDelayProfile(options.ingestionDelay);
  const files = await findRules(options.rules);
  const { source, logs, range, presentMs, schemas, surroundings } = await loadNeeded(options, files, progress);
  const times = {
    fromMs: range?.fromMs ?? timeOf(options.from),
    toMs: range?.toMs ?? timeOf(options.to),
    ...readStarts(options.start),
    nowMs: timeOf(options.now) ?? presentMs,
  };
  const delayed = profile === undefined ? undefined : delayTables(logs.tables, profile, options.seed);
  // Late rows need later runs, and what is compared has one clock.
  const span = timeSpan(delayed ?? logs.tables);
  const clock = setClock({ ...times, data: span });
  checkStarts(clock, files);
  const plans: QueryPlans = new Map();
  const replayOver = async (tables: LoadedTables['tables']) => {
    const { onProgress, elapsedMs } = measureRules(progress);
    const settings = { clock, assumptions, closeAfterMs: options.closeIncidentsAfter, onProgress };
    const engine = createKqlQueryEngine(tables, schemas, { plans, surroundings });
    return { result: await replay(files, engine, settings), elapsedMs, engine };
  };
  const onTime = await replayOver(logs.tables);
  const late = delayed === undefined ? undefined : await replayOver(delayed);
  const { result, elapsedMs, engine } = late ?? onTime;
  const misses = options.misses
    ? await findNearestMisses(result, engine, (slug, share) =>
        progress.show(`${slug}: nearest misses ${Math.floor(share * 100)} %`),
      )
    : [];
  return {
    sourceName: source,
    logs,
    result: {
      ...result,
      problems: [...inputProblems(logs.problems), ...clockProblems(clock, span), ...result.problems],
    },
    elapsedMs,
    misses,
    ...(profile === undefined || late === undefined
      ? {}
      : {
          delay: {
            effects: compareDetections(onTime.result, late.result),
            name: { profile: profile.name, seed: options.seed },
          },
        }),
  };
}

async function loadNeeded(options: ReplayCommandOptions, files: readonly RuleFile[], progress: ProgressLine) {
  const declared = declareWorkspace(options);
  const { schemas, surroundings } = declared;
  const { source, range, nowMs: presentMs, close } = await openSource(options, progress);
  try {
    const loaded = await source.load(findNeeds(files, schemas, surroundings.functions ?? new Map()), schemas);
    // Watchlists are seen whole whenever they were uploaded, so the time of that can be any.
    const logs = withWatchlists(loaded, options, schemas, ticksFromUnixMs(0));
    return { ...declared, source: source.name, logs, range, presentMs };
  } finally {
    close();
    progress.clear();
  }
}

function checkStarts({ ruleStartsMs }: ReplayClock, files: readonly RuleFile[]): void {
  const slugs = files.map(({ file }) => ruleSlug(file));
  const unknown = [...(ruleStartsMs?.keys() ?? [])].find((slug) => !slugs.includes(slug));
  if (unknown === undefined) return;
  throw new UsageError(
    `--start names '${unknown}', which is no rule of this replay`,
    `the rules are ${slugs.join(', ')}`,
  );
}

async function findRules(rules: string): Promise<readonly RuleFile[]> {
  const files = (await isFolder(rules)) ? await loadRuleFiles(rules) : await findNamedRules(rules);
  if (files.length === 0) throw new UsageError(`${rules} holds no rules`, 'Run: npm run -s pack -- generate');
  return files;
}

async function findNamedRules(rules: string): Promise<readonly RuleFile[]> {
  const names = [...new Set(rules.split(',').map((name) => name.trim()))];
  const slugs = names.filter((name) => !isRuleFile(name));
  const named = await Promise.all(names.filter(isRuleFile).map(loadRuleFile));
  return slugs.length === 0 ? named : [...named, ...(await loadRuleFiles(RULES_FOLDER, slugs))];
}

/** Shows the progress of a replay and notes how long each of its rules takes. */
function measureRules(progress: ProgressLine): {
  readonly onProgress: NonNullable<ReplayOptions['onProgress']>;
  readonly elapsedMs: ReadonlyMap<string, number>;
} {
  const elapsedMs = new Map<string, number>();
  const startedMs = new Map<string, number>();
  const onProgress = (step: ReplayProgress): void => {
    progress.show(`${step.slug}: run ${step.done} of ${step.total}`);
    const nowMs = performance.now();
    if (!startedMs.has(step.slug)) startedMs.set(step.slug, nowMs);
    elapsedMs.set(step.slug, nowMs - (startedMs.get(step.slug) ?? nowMs));
  };
  return { onProgress, elapsedMs };
}

const timeOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : parseTimeMs(text));

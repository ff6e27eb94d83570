import type { AnalyticsRule, RuleKind } from './analytics-rule.ts';
import { defaultAssumptions, type ReplayAssumptions } from './assumptions.ts';
import { alignUpMs, formatTimeMs, type ReplayClock } from './clock.ts';
import { ReplayError } from './replay-error.ts';
import { serviceLimits } from './service-limits.ts';

/** One run of a rule before it takes place; times in milliseconds since 1970. */
export type RuleRun = {
  readonly scheduledMs: number;
  /** What now() is in the query (assumption now). */
  readonly nowMs: number;
  /** When the query is executed and alerts are created: T and the service's delay. */
  readonly executedMs: number;
  /** Every table the query reads is cut to the rows of that time. */
  readonly window: RunWindow;
};

/** From one end to the other, without one of the ends: a row lies in one of two windows that meet. */
export type RunWindow = {
  readonly fromMs: number;
  readonly toMs: number;
  /** The end at which a row still belongs to the window (assumption windowEnd). */
  readonly includes: 'from' | 'to';
  /** Rows of NRT rules that took longer from their generation to their arrival are not seen (assumption oldRows). */
  readonly longestDelayMs?: number;
  /** Scheduled rules select by TimeGenerated, NRT rules by the time of ingestion. */
  readonly by: 'TimeGenerated' | 'ingestion_time';
};

export type ScheduleAssumptions = Pick<ReplayAssumptions, 'firstRun' | 'now' | 'windowEnd' | 'oldRows'>;

/** Almost two years of an NRT rule; a single row with a time in another century would ask for millions. */
const MAX_RUNS = 1_000_000;

/**
 * The runs that Sentinel's scheduler would start, in order of time. Planning knows nothing of queries, so that an
 * executor is free to share work between runs that overlap.
 * @throws ReplayError `clock` where the clock spans more than a million runs
 */
export function planRuns(
  rule: Pick<AnalyticsRule, 'kind' | 'queryFrequencyMs' | 'queryPeriodMs'>,
  clock: ReplayClock,
  assumptions: ScheduleAssumptions = defaultAssumptions,
): readonly RuleRun[] {
  const { queryFrequencyMs: frequencyMs, queryPeriodMs: periodMs } = rule;
  const delayMs = serviceLimits.runDelayMs[rule.kind];
  const firstMs = firstRunMs(clock, frequencyMs, assumptions);
  const untilMs = clock.toMs + clock.furtherRuns * frequencyMs;
  const lastMs = Math.min(untilMs, (clock.nowMs ?? Number.POSITIVE_INFINITY) - delayMs);
  const count = Math.max(0, Math.floor((lastMs - firstMs) / frequencyMs) + 1);
  if (count > MAX_RUNS) {
    const hint = 'give --from and --to, or look for rows with a wrong TimeGenerated';
    const span = `${formatTimeMs(clock.fromMs)} to ${formatTimeMs(clock.toMs)}`;
    throw new ReplayError('clock', `${count} runs would be needed from ${span}`, { hint });
  }
  const selection = selectionOf(rule.kind, assumptions);
  return Array.from({ length: count }, (_, index) => {
    const scheduledMs = firstMs + index * frequencyMs;
    const executedMs = scheduledMs + delayMs;
    return {
      scheduledMs,
      nowMs: assumptions.now === 'scheduled' ? scheduledMs : executedMs,
      executedMs,
      window: { fromMs: scheduledMs - periodMs, toMs: scheduledMs, ...selection },
    };
  });
}

/**
 * The first run that the clock covers. A rule with a start time runs then and every frequency later, as Sentinel's "Start
 * running: at specific time" does; without one the assumption says where the steps begin.
 */
function firstRunMs(
  { fromMs, startMs }: ReplayClock,
  frequencyMs: number,
  { firstRun }: Pick<ReplayAssumptions, 'firstRun'>,
): number {
  if (startMs !== undefined) {
    return startMs + Math.max(0, Math.ceil((fromMs - startMs) / frequencyMs)) * frequencyMs;
  }
  return firstRun === 'aligned' ? alignUpMs(fromMs, frequencyMs) : fromMs;
}

/** What the windows of a rule have in common. */
function selectionOf(kind: RuleKind, assumptions: ScheduleAssumptions): Omit<RunWindow, 'fromMs' | 'toMs'> {
  const includes = assumptions.windowEnd === 'excluded' ? 'from' : 'to';
  if (kind === 'Scheduled') return { includes, by: 'TimeGenerated' };
  const { nrtLongestDelayMs } = serviceLimits;
  return {
    includes,
    by: 'ingestion_time',
    ...(assumptions.oldRows === 'seen' ? {} : { longestDelayMs: nrtLongestDelayMs }),
  };
}

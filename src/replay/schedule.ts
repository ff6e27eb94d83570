import type { AnalyticsRule } from './analytics-rule.ts';
import { defaultAssumptions, type ReplayAssumptions } from './assumptions.ts';
import { alignUpMs, formatTimeMs, type ReplayClock } from './clock.ts';
import { ReplayError } from './replay-error.ts';
import { serviceLimits } from './service-limits.ts';

/** One run of a rule before it takes place; times in milliseconds since 1970. */
export type RuleRun = {
  /** T: what now() is in the query. */
  readonly scheduledMs: number;
  /** When the query is executed and alerts are created: T and the service's delay. */
  readonly executedMs: number;
  /** Every table the query reads is cut to rows with fromMs ≤ time < toMs. */
  readonly window: RunWindow;
};

export type RunWindow = {
  readonly fromMs: number;
  readonly toMs: number;
  /** Scheduled rules select by TimeGenerated, NRT rules by the time of ingestion. */
  readonly by: 'TimeGenerated' | 'ingestion_time';
};

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
  assumptions: Pick<ReplayAssumptions, 'firstRun'> = defaultAssumptions,
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
  return Array.from({ length: count }, (_, index) => {
    const scheduledMs = firstMs + index * frequencyMs;
    const by = rule.kind === 'NRT' ? 'ingestion_time' : 'TimeGenerated';
    return {
      scheduledMs,
      executedMs: scheduledMs + delayMs,
      window: { fromMs: scheduledMs - periodMs, toMs: scheduledMs, by },
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

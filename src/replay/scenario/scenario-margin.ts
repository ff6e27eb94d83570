import { windowOf } from '../execute-run.ts';
import { type DecidingCondition, findDeciding, type Margin, measureMargins } from '../margin.ts';
import type { QueryCondition, QueryThreshold } from '../query-engine.ts';
import type { RunRecord } from '../replay-result.ts';

/** The margin of a threshold over all runs of a scenario. */
export type ScenarioMargin = Margin & {
  /** The run in which the value was nearest, in milliseconds since 1970. */
  readonly scheduledMs: number;
};

/**
 * For each threshold and each side of it the nearest value of all runs; one that decides goes before one that does not.
 * @returns those that decide first, then by distance
 */
export async function measureScenario(
  thresholds: readonly QueryThreshold[],
  runs: readonly RunRecord[],
): Promise<readonly ScenarioMargin[]> {
  const nearest = new Map<string, ScenarioMargin>();
  for (const record of runs) {
    if (record.status !== 'completed') continue;
    const { scheduledMs } = record.run;
    for (const margin of await measureMargins(thresholds, windowOf(record.run), record.results)) {
      const key = `${margin.threshold}/${margin.side}`;
      const known = nearest.get(key);
      if (known === undefined || compareMargins(margin, known) < 0) nearest.set(key, { ...margin, scheduledMs });
    }
  }
  return [...nearest.values()].sort(compareMargins);
}

/** Those that decide first; a threshold of zero, which asks whether there is any, says less than one that measures. */
const compareMargins = (a: Margin, b: Margin): number =>
  Number(b.decides) - Number(a.decides) || Number(a.limit === 0) - Number(b.limit === 0) || a.relative - b.relative;

/** A condition that alone kept a run silent. */
export type ScenarioCondition = DecidingCondition & { readonly scheduledMs: number };

/**
 * The conditions that alone kept the rule silent in some run, each with the first such run: those that say what is
 * looked for before those that say when, the latest in the query first.
 */
export async function findSilencing(
  conditions: readonly QueryCondition[],
  runs: readonly RunRecord[],
): Promise<readonly ScenarioCondition[]> {
  const silencing = new Map<string, ScenarioCondition>();
  for (const record of runs) {
    if (record.status !== 'completed') continue;
    const { scheduledMs } = record.run;
    for (const condition of await findDeciding(conditions, windowOf(record.run), record.results)) {
      if (!silencing.has(condition.text)) silencing.set(condition.text, { ...condition, scheduledMs });
    }
  }
  const place = (text: string): number => conditions.findIndex((condition) => condition.text === text);
  return [...silencing.values()].sort((a, b) => Number(a.isTime) - Number(b.isTime) || place(b.text) - place(a.text));
}

/** The margin that says most about the scenario: of what stayed silent what it missed, of what fired what held it. */
export function mainMargin(margins: readonly ScenarioMargin[], fires: boolean): ScenarioMargin | undefined {
  return margins.find(({ side }) => side === (fires ? 'holds' : 'misses'));
}

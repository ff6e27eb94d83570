import type { AnalyticsRule } from './analytics-rule.ts';
import { windowOf } from './execute-run.ts';
import { type Margin, measureMargins, unlessFailing } from './margin.ts';
import type { QueryEngine, QueryThreshold, QueryWindow } from './query-engine.ts';
import type { ReplayResult, RuleReplay } from './replay-result.ts';
import type { RuleRun } from './schedule.ts';

/** How near a rule that raised nothing came to it. */
export type RuleMisses = {
  readonly rule: AnalyticsRule;
  /** Of each threshold the nearest value over all runs, the nearest of those that alone decide first. */
  readonly misses: readonly NearestMiss[];
  /** How many runs were looked at, of how many that read rows. */
  readonly runs: { readonly looked: number; readonly read: number };
};

export type NearestMiss = Margin & { readonly scheduledMs: number };

/** Runs that are looked at for one rule; more are thinned out evenly, and the result says so. */
const MAX_RUNS = 500;

/**
 * The nearest misses of the rules that raised no alert. A value that misses a threshold is looked for in every run that
 * read rows; the run that has the nearest is measured as scenarios are (margin.ts), which tells whether the threshold
 * alone decides.
 */
export async function findNearestMisses(
  { rules }: ReplayResult,
  engine: QueryEngine,
  onProgress?: (slug: string, share: number) => void,
): Promise<readonly RuleMisses[]> {
  const found: RuleMisses[] = [];
  for (const replayed of rules) {
    const { slug } = replayed.rule;
    if (replayed.alerts.length === 0 && replayed.runs.some(({ status }) => status === 'completed')) {
      found.push(await missesOf(replayed, engine, (share) => onProgress?.(slug, share)));
    }
  }
  return found;
}

async function missesOf(
  { rule, runs }: RuleReplay,
  engine: QueryEngine,
  onProgress: (share: number) => void,
): Promise<RuleMisses> {
  const read = runs.flatMap((record) => (record.status === 'completed' && record.rowsScanned !== 0 ? [record] : []));
  const step = Math.max(1, Math.ceil(read.length / MAX_RUNS));
  const looked = read.filter((_, index) => index % step === 0);
  const thresholds = engine.prepare(rule.query).thresholds?.() ?? [];
  const nearest = new Map<
    QueryThreshold,
    { readonly distance: number; readonly run: RuleRun; readonly results: number }
  >();
  for (const [index, { run, results }] of looked.entries()) {
    const window = windowOf(run);
    for (const threshold of thresholds) {
      const distance = await missDistance(threshold, window);
      const known = nearest.get(threshold)?.distance ?? Number.POSITIVE_INFINITY;
      if (distance < known) nearest.set(threshold, { distance, run, results });
    }
    onProgress((index + 1) / looked.length);
  }
  const misses: NearestMiss[] = [];
  for (const [threshold, { run, results }] of nearest) {
    const margins = await measureMargins([threshold], windowOf(run), results);
    const miss = margins.find(({ side }) => side === 'misses');
    if (miss !== undefined) misses.push({ ...miss, scheduledMs: run.scheduledMs });
  }
  const order = [...misses].sort((a, b) => Number(b.decides) - Number(a.decides) || a.relative - b.relative);
  return { rule, misses: order, runs: { looked: looked.length, read: read.length } };
}

/** How far the nearest value that misses the threshold is from it; infinite where none misses or it cannot be told. */
async function missDistance({ measure, operator, limit }: QueryThreshold, window: QueryWindow): Promise<number> {
  const bound = Number(limit);
  const rows = (await unlessFailing(() => measure(window))) ?? [];
  let nearest = Number.POSITIVE_INFINITY;
  for (const { value } of rows) {
    const number = value === null ? Number.NaN : Number(value);
    if (misses[operator](number, bound)) nearest = Math.min(nearest, Math.abs(number - bound));
  }
  return nearest;
}

const misses: Readonly<Record<QueryThreshold['operator'], (value: number, bound: number) => boolean>> = {
  '>': (value, bound) => value <= bound,
  '>=': (value, bound) => value < bound,
  '<': (value, bound) => value >= bound,
  '<=': (value, bound) => value > bound,
};

import { formatTimeMs } from './clock.ts';
import type { NearestMiss, RuleMisses } from './nearest-misses.ts';
import type { ReplayResult } from './replay-result.ts';
import { countEntities, countNoise, summarizeCost } from './summarize-noise.ts';

/** Noise, entities, cost and nearest misses for programs; entities are all there are. */
export function noiseJson(result: ReplayResult, misses: readonly RuleMisses[]): object {
  const { days, rules } = countNoise(result);
  return {
    noise: { days, rules },
    topEntities: countEntities(result).map(({ type, identifiers, alerts, rules: slugs }) => ({
      type,
      ...identifiers,
      alerts,
      rules: slugs,
    })),
    cost: summarizeCost(result).map(({ slug, runs, rowsScanned, rowsPerRun, largest }) => ({
      slug,
      runs,
      rowsScanned: rowsScanned ?? null,
      rowsPerRun: rowsPerRun ?? null,
      largestRun: largest === undefined ? null : { scheduled: formatTimeMs(largest.scheduledMs), rows: largest.rows },
    })),
    nearestMisses: misses.map(({ rule, misses: of, runs }) => ({ slug: rule.slug, runs, misses: of.map(missJson) })),
  };
}

const missJson = ({ threshold, value, limit, distance, relative, decides, row, scheduledMs }: NearestMiss): object => ({
  threshold,
  value,
  limit,
  distance,
  relative,
  decides,
  scheduled: formatTimeMs(scheduledMs),
  row,
});

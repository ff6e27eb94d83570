import { performance } from 'node:perf_hooks';
import type { MonthLabels } from '../../data/generator/month-labels.ts';
import { type MonthName, monthPlans } from '../../data/generator/months/index.ts';
import { monthTables } from '../../data/generator/to-tables.ts';
import { setClock } from '../../src/replay/clock.ts';
import { createKqlQueryEngine } from '../../src/replay/kql-query-engine.ts';
import type { RuleFile } from '../../src/replay/read-rules.ts';
import { replay } from '../../src/replay/replay.ts';
import type { ReplayResult } from '../../src/replay/replay-result.ts';
import { knownSchemas } from '../load-logs.ts';
import { type MatchedMonth, matchAlerts } from './match-alerts.ts';

export type MeasureOptions = {
  readonly seed: number;
  readonly scale: number;
  /** Told of each step: its name, and the share of it that is done. */
  readonly onStep?: (share: number, text: string) => void;
};

/** A month that the rules were replayed over, and how their alerts compare with its labels. */
export type MeasuredMonth = {
  readonly name: MonthName;
  readonly labels: MonthLabels;
  readonly rows: number;
  readonly result: ReplayResult;
  readonly matched: MatchedMonth;
  /** Milliseconds on this machine: making the month, and each rule's runs by slug. */
  readonly madeMs: number;
  readonly elapsedMs: ReadonlyMap<string, number>;
};

/** Makes a month in memory and runs the rules over all of it, as Sentinel's scheduler would. */
export async function measureMonth(
  name: MonthName,
  files: readonly RuleFile[],
  { seed, scale, onStep }: MeasureOptions,
): Promise<MeasuredMonth> {
  const startMs = performance.now();
  const { tables, labels } = monthTables(monthPlans[name], { seed, scale }, (share, requests) =>
    onStep?.(share, `${name} month: ${requests} requests made`),
  );
  const madeMs = performance.now() - startMs;
  const clock = setClock({ data: { firstMs: Date.parse(labels.from), lastMs: Date.parse(labels.until) } });
  const stopwatch = new Stopwatch();
  const result = await replay(files, createKqlQueryEngine(tables, knownSchemas), {
    clock,
    onProgress({ slug, done, total }) {
      stopwatch.turnTo(slug);
      onStep?.(done / total, `${name} month: ${slug}: run ${done} of ${total}`);
    },
  });
  const alerts = result.rules.flatMap((rule) => rule.alerts);
  const rows = [...tables.values()].reduce((sum, table) => sum + table.rows.rowCount, 0);
  return { name, labels, rows, result, matched: matchAlerts(labels, alerts), madeMs, elapsedMs: stopwatch.elapsedMs };
}

/** Gives the time between two steps to the rule of the first. */
class Stopwatch {
  readonly elapsedMs = new Map<string, number>();
  #slug: string | undefined;
  #sinceMs = 0;

  turnTo(slug: string): void {
    const nowMs = performance.now();
    if (this.#slug !== undefined) {
      this.elapsedMs.set(this.#slug, (this.elapsedMs.get(this.#slug) ?? 0) + nowMs - this.#sinceMs);
    }
    this.#slug = slug;
    this.#sinceMs = nowMs;
  }
}

import { performance } from 'node:perf_hooks';
import type { MonthLabels } from '../../data/generator/month-labels.ts';
import { type MonthName, monthPlans } from '../../data/generator/months/index.ts';
import { type MonthTables, monthTables } from '../../data/generator/to-tables.ts';
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

/** A month in memory, before any rule has seen it. */
export type MadeMonth = Pick<MeasuredMonth, 'name' | 'labels' | 'madeMs'> & Pick<MonthTables, 'tables'>;

/** Makes a month in memory and runs the rules over all of it. */
export async function measureMonth(
  name: MonthName,
  files: readonly RuleFile[],
  options: MeasureOptions,
): Promise<MeasuredMonth> {
  return runRules(makeMonth(name, options), files, options.onStep);
}

export function makeMonth(name: MonthName, { seed, scale, onStep }: MeasureOptions): MadeMonth {
  const startMs = performance.now();
  const { tables, labels } = monthTables(monthPlans[name], { seed, scale }, (share, requests) =>
    onStep?.(share, `${name} month: ${requests} requests made`),
  );
  return { name, tables, labels, madeMs: performance.now() - startMs };
}

/** Runs rules over all of a month, as Sentinel's scheduler would. */
export async function runRules(
  { name, tables, labels, madeMs }: MadeMonth,
  files: readonly RuleFile[],
  onStep?: MeasureOptions['onStep'],
): Promise<MeasuredMonth> {
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
  const ofRules = onlyOf(labels, new Set(result.rules.map(({ rule }) => rule.slug)));
  const rows = [...tables.values()].reduce((sum, table) => sum + table.rows.rowCount, 0);
  return {
    name,
    labels: ofRules,
    rows,
    result,
    matched: matchAlerts(ofRules, alerts),
    madeMs,
    elapsedMs: stopwatch.elapsedMs,
  };
}

/** Every attack, with the detections that these rules must make of it or must not. */
function onlyOf(labels: MonthLabels, slugs: ReadonlySet<string>): MonthLabels {
  const attacks = labels.attacks.map((attack) => ({
    ...attack,
    expected: attack.expected.filter(({ rule }) => slugs.has(rule)),
    below: attack.below.filter(({ rule }) => slugs.has(rule)),
  }));
  return { ...labels, attacks };
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

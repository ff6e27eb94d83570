import type { ReplayResult } from './replay-result.ts';

const DAY_MS = 86_400_000;

/** Alerts of each rule on each day, as the person on duty has them. */
export type NoiseByDay = {
  /** The days of the replay in UTC, `2026-03-24`, without gaps. */
  readonly days: readonly string[];
  /** In the order of the replay's rules; one count for each day. */
  readonly rules: readonly { readonly slug: string; readonly counts: readonly number[] }[];
};

/** Counts alerts by the day of their creation. */
export function countNoise({ clock, rules }: ReplayResult): NoiseByDay {
  const created = rules.flatMap(({ alerts }) => alerts.map(({ createdMs }) => createdMs));
  const firstDay = Math.floor(clock.fromMs / DAY_MS);
  const lastDay = Math.floor(created.reduce((last, createdMs) => Math.max(last, createdMs), clock.toMs) / DAY_MS);
  const days = Array.from({ length: lastDay - firstDay + 1 }, (_, index) =>
    new Date((firstDay + index) * DAY_MS).toISOString().slice(0, 10),
  );
  const counts = rules.map(({ rule, alerts }) => {
    const byDay = new Array<number>(days.length).fill(0);
    for (const { createdMs } of alerts) {
      const index = Math.floor(createdMs / DAY_MS) - firstDay;
      byDay[index] = (byDay[index] ?? 0) + 1;
    }
    return { slug: rule.slug, counts: byDay };
  });
  return { days, rules: counts };
}

/** An entity and the alerts that it stands in. */
export type EntityNoise = {
  readonly type: string;
  readonly identifiers: Readonly<Record<string, string>>;
  readonly alerts: number;
  /** The slugs of the rules that raised them, sorted. */
  readonly rules: readonly string[];
};

/** The entities that most alerts name, the noisiest first; those of one number in the order of their text. */
export function countEntities({ rules }: ReplayResult): readonly EntityNoise[] {
  const byKey = new Map<
    string,
    Omit<EntityNoise, 'alerts' | 'rules'> & { alerts: number; readonly rules: Set<string> }
  >();
  for (const { rule, alerts } of rules) {
    for (const { entities } of alerts) {
      // An alert names each entity once.
      for (const { type, identifiers } of entities) {
        const key = JSON.stringify([type, ...Object.entries(identifiers).sort(([a], [b]) => (a < b ? -1 : 1))]);
        const known = byKey.get(key) ?? { type, identifiers, alerts: 0, rules: new Set<string>() };
        known.alerts++;
        known.rules.add(rule.slug);
        byKey.set(key, known);
      }
    }
  }
  return [...byKey]
    .sort(([a, one], [b, other]) => other.alerts - one.alerts || (a < b ? -1 : 1))
    .map(([, entity]) => ({ ...entity, rules: [...entity.rules].sort() }));
}

/** What the runs of one rule read; undefined where the engine does not tell. */
export type RuleCost = {
  readonly slug: string;
  /** Completed runs. */
  readonly runs: number;
  readonly rowsScanned: number | undefined;
  readonly rowsPerRun: number | undefined;
  /** The run that read most. */
  readonly largest: { readonly scheduledMs: number; readonly rows: number } | undefined;
};

/** Rows that each rule's runs read of the tables cut to their windows: what a run costs grows with them. */
export function summarizeCost({ rules }: ReplayResult): readonly RuleCost[] {
  return rules.map(({ rule, runs }) => {
    const completed = runs.flatMap((record) => (record.status === 'completed' ? [record] : []));
    const told = completed.flatMap(({ run, rowsScanned }) =>
      rowsScanned === undefined ? [] : [{ scheduledMs: run.scheduledMs, rows: rowsScanned }],
    );
    const isKnown = told.length === completed.length;
    const rowsScanned = isKnown ? told.reduce((sum, { rows }) => sum + rows, 0) : undefined;
    const largest = told.reduce<RuleCost['largest']>(
      (most, one) => (most === undefined || one.rows > most.rows ? one : most),
      undefined,
    );
    return {
      slug: rule.slug,
      runs: completed.length,
      rowsScanned,
      rowsPerRun: rowsScanned === undefined || completed.length === 0 ? undefined : rowsScanned / completed.length,
      largest,
    };
  });
}

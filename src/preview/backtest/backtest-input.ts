import type { Severity } from '../../replay/analytics-rule.ts';
import type { EntityNoise, NoiseByDay, RuleCost } from '../../replay/summarize-noise.ts';
import type { ReportInput } from '../report-input.ts';

/** What the page of `pack replay` shows; texts are plain and escaped by the page. */
export type BacktestInput = Pick<ReportInput, 'title' | 'summary' | 'run' | 'rules' | 'provenance'> & {
  /** All alerts; those beyond the page's limit are counted and not drawn. */
  readonly alerts: ReportInput['alerts'];
  readonly noise: NoiseByDay;
  readonly incidents: readonly BacktestIncident[];
  readonly entities: readonly EntityNoise[];
  readonly costs: readonly RuleCost[];
  readonly misses: readonly BacktestMisses[];
  /** Where logs were made late. */
  readonly delay?: BacktestDelay | undefined;
};

export type BacktestIncident = {
  readonly number: number;
  readonly title: string;
  readonly ruleSlug: string;
  readonly severity: Severity;
  readonly status: string;
  readonly createdAtMs: number;
  readonly alerts: number;
};

export type BacktestMisses = {
  readonly slug: string;
  readonly runsLooked: number;
  readonly runsRead: number;
  readonly misses: readonly BacktestMiss[];
};

export type BacktestMiss = {
  readonly threshold: string;
  readonly valueText: string;
  readonly distanceText: string;
  /** Of what just passes, from 0 on. */
  readonly relative: number;
  readonly decides: boolean;
  readonly scheduledAtMs: number;
  readonly row: Readonly<Record<string, string>>;
};

export type BacktestDelay = {
  readonly profile: string;
  readonly seed: number;
  readonly rules: readonly {
    readonly slug: string;
    readonly onTime: number;
    readonly delayed: number;
    readonly lost: number;
    readonly duplicated: number;
    readonly appeared: number;
    readonly later: number;
  }[];
};

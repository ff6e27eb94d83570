import type { AnalyticsRule } from './analytics-rule.ts';
import type { ReplayAssumptions } from './assumptions.ts';
import type { Alert } from './build-alerts.ts';
import type { ReplayClock } from './clock.ts';
import type { Incident } from './incidents.ts';
import type { RaisedRows, TableUse } from './query-engine.ts';
import type { ReplayError } from './replay-error.ts';
import type { RuleRun } from './schedule.ts';

/** What became of one planned run. */
export type RunRecord = { readonly run: RuleRun } & (
  | {
      readonly status: 'completed';
      readonly results: number;
      readonly rowsScanned: number | undefined;
      readonly alerts: number;
    }
  | { readonly status: 'suppressed' }
  /** Permanent failures before it have disabled the rule. */
  | { readonly status: 'disabled' }
  | { readonly status: 'failed'; readonly error: ReplayError }
);

/** Something that a person must know to read the result rightly; runs says in how many runs it occurred. */
export type ReplayProblem = {
  readonly severity: 'error' | 'warning' | 'note';
  readonly message: string;
  readonly hint?: string | undefined;
  readonly file: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly runs?: { readonly count: number; readonly firstMs: number } | undefined;
};

export type RuleReplay = {
  readonly rule: AnalyticsRule;
  readonly tables: readonly TableUse[];
  readonly runs: readonly RunRecord[];
  readonly alerts: readonly Alert[];
  readonly incidents: readonly Incident[];
  readonly problems: readonly ReplayProblem[];
};

export type ReplayResult = {
  readonly clock: ReplayClock;
  readonly assumptions: ReplayAssumptions;
  /** Sorted by slug. */
  readonly rules: readonly RuleReplay[];
  /** Rows of SecurityAlert and SecurityIncident as a workspace would hold them afterwards, by table. */
  readonly raised: RaisedRows;
  /** Rules that could not be read, and so did not run. */
  readonly problems: readonly ReplayProblem[];
};

export type ReplayOptions = {
  readonly clock: ReplayClock;
  readonly assumptions?: ReplayAssumptions;
  /** Analysts close every incident so long after it was opened; undefined: never. */
  readonly closeAfterMs?: number | undefined;
  /** Told before each run of a rule, and with done = total after the last. */
  readonly onProgress?: (progress: ReplayProgress) => void;
};

export type ReplayProgress = { readonly slug: string; readonly done: number; readonly total: number };

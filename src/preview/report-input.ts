import type { Severity } from '../replay/analytics-rule.ts';
import type { WorkbookRun } from './workbook/workbook-run.ts';

/**
 * Everything that the report page shows. Times (`…AtMs`, `fromMs`, `toMs`) are milliseconds since 1970 in UTC. All
 * texts are plain: they may come from logs and are escaped by the page.
 */
export type ReportInput = {
  readonly title: string;
  /** One sentence under the title: what was run on what. */
  readonly summary: string;
  readonly run: ReportRun;
  readonly rules: readonly ReportRule[];
  readonly alerts: readonly ReportAlert[];
  readonly workbooks: readonly WorkbookRun[];
  /** Playbooks that automation rules start for incidents of these alerts, whether or not they ran here. */
  readonly answers: readonly ReportPlaybookAnswer[];
  readonly playbooks: readonly ReportPlaybookRun[];
  /** "How this was made", a row each: what, and how (versions, commands, seeds, assumptions). */
  readonly provenance: readonly ReportFact[];
};

export type ReportFact = { readonly term: string; readonly text: string };

export type ReportRun = {
  /** The span of scheduled times that was replayed. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly tables: readonly ReportTable[];
  readonly problems: readonly ReportProblem[];
};

export type ReportTable = {
  readonly name: string;
  readonly rows: number;
  /** First and last TimeGenerated, where the table has rows. */
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
};

export type ReportProblem = {
  readonly severity: 'error' | 'warning' | 'note';
  readonly message: string;
  readonly hint?: string | undefined;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  /** How often it occurred, where more than once. */
  readonly count?: number | undefined;
};

export type ReportRule = {
  readonly slug: string;
  readonly name: string;
  readonly kind: 'Scheduled' | 'NRT';
  readonly severity: Severity;
  readonly frequencyMs: number;
  readonly periodMs: number;
  readonly runs: number;
  /** Runs that failed; their problems are among the run's. */
  readonly failedRuns: number;
  readonly alerts: number;
  readonly firstAlertAtMs?: number | undefined;
  /** Of the alert that deviates most. */
  readonly figures?: ReportFigures | undefined;
};

/** How far a value is from what is usual; as the alert's custom details say it. */
export type ReportFigures = {
  readonly observed: number;
  readonly mean?: number | undefined;
  readonly standardDeviation?: number | undefined;
  readonly deviation?: number | undefined;
  /** What `deviation` counts: standard deviations, or multiples of the mean. */
  readonly deviationUnit?: 'standard-deviations' | 'times-mean' | undefined;
};

export type ReportAlert = {
  /** Unique in the report; links point to it. */
  readonly id: string;
  readonly ruleSlug: string;
  readonly name: string;
  readonly description: string;
  readonly severity: Severity;
  /** When the alert was created. */
  readonly detectedAtMs: number;
  /** First and last event that the alert stands for. */
  readonly startAtMs: number;
  readonly endAtMs: number;
  readonly tactics: readonly string[];
  readonly techniques: readonly string[];
  readonly entities: readonly ReportEntity[];
  readonly customDetails: readonly { readonly key: string; readonly values: readonly string[] }[];
  readonly figures?: ReportFigures | undefined;
  readonly picture?: AlertPicture | undefined;
  /** What the limits of the service cut off, a sentence each. */
  readonly cutOff: readonly string[];
};

export type ReportEntity = {
  readonly type: string;
  readonly properties: readonly { readonly name: string; readonly value: string }[];
};

/** What an alert saw: a measured value against its baseline, or single events where the rule measures nothing. */
export type AlertPicture = MeasuredSeries | EventTimeline;

export type MeasuredSeries = {
  readonly kind: 'measured-series';
  /** What is measured, as an axis says it: `calls per 20 min`. */
  readonly measure: string;
  readonly windowMs: number;
  /** From when on the value is known. */
  readonly fromMs: number;
  /** The value of each window that had any, by the window's start; windows without one count as zero. */
  readonly points: readonly { readonly atMs: number; readonly value: number }[];
  /** The time that the baseline was taken from; no deviation where the rule has none, no baseline neither. */
  readonly baseline?: {
    readonly fromMs: number;
    readonly toMs: number;
    readonly mean: number;
    readonly standardDeviation?: number | undefined;
  };
  /** The smallest value that fires. */
  readonly threshold: number;
  /** The start of the window that the alert is about. */
  readonly windowAtMs: number;
  readonly detectedAtMs: number;
};

export type EventTimeline = {
  readonly kind: 'event-timeline';
  readonly events: readonly { readonly atMs: number; readonly label: string; readonly isCause: boolean }[];
  readonly detectedAtMs: number;
};

/** Which alerts a playbook answers. */
export type ReportPlaybookAnswer = { readonly playbook: string; readonly alertIds: readonly string[] };

/** What a playbook did, or would have done, about one alert. */
export type ReportPlaybookRun = {
  readonly playbook: string;
  readonly alertId: string;
  /** The address or other entity that it acted on. */
  readonly target: string;
  readonly mode: 'dry-run' | 'simulated';
  readonly outcome: { readonly status: 'done' | 'no-change' | 'refused' | 'failed'; readonly text: string };
  readonly steps: readonly ReportPlaybookStep[];
  /** The change as JSON text before and after, where there is one. */
  readonly change?: { readonly resource: string; readonly before: string; readonly after: string } | undefined;
  /** The comment that it leaves on the incident. */
  readonly comment?: string | undefined;
};

export type ReportPlaybookStep = {
  readonly name: string;
  readonly status: 'Succeeded' | 'Failed' | 'Skipped' | 'TimedOut' | 'Cancelled';
  readonly text: string;
};

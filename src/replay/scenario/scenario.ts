import type { Severity } from '../analytics-rule.ts';
import type { ReplayAssumptions } from '../assumptions.ts';
import type { ReplayClock } from '../clock.ts';
import type { IncidentStatus } from '../incidents.ts';
import type { Position } from '../yaml-document.ts';

/** What happens, and what Sentinel must say about it; times in milliseconds since 1970. */
export type Scenario = {
  /** The name of its folder, which begins with `fires-` or `quiet-`. */
  readonly name: string;
  readonly file: string;
  /** The slug of the rule that it is about. */
  readonly rule: string;
  readonly description: string;
  readonly given: ScenarioLogs;
  readonly clock: ReplayClock;
  /** Slugs of rules that run too. */
  readonly alongside: readonly string[];
  readonly assumptions: ReplayAssumptions;
  readonly closeAfterMs: number | undefined;
  readonly expect: Expectation;
  /** Where the parts stand in the file, for errors. */
  readonly positions: ScenarioPositions;
};

export type ScenarioLogs = {
  readonly backgrounds: readonly string[];
  readonly steps: readonly ScenarioStep[];
  readonly rows: readonly ScenarioRows[];
};

/** A step by its name in the traffic library, with parameters that the schema has checked. */
export type ScenarioStep = {
  readonly name: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly position: Position;
};

export type ScenarioRows = {
  readonly table: string;
  readonly rows: readonly JsonRow[];
  readonly delayMs: number;
  readonly position: Position;
};

/** A row by columns, values as in JSON; TimeGenerated is text. */
export type JsonRow = Readonly<Record<string, unknown>>;

export type Expectation = {
  readonly alerts: readonly ExpectedAlert[];
  /** Undefined: incidents are not compared. */
  readonly incidents: readonly ExpectedIncident[] | undefined;
};

/** What is undefined is not compared. */
export type ExpectedAlert = {
  readonly atMs: number | undefined;
  readonly betweenMs: readonly [firstMs: number, lastMs: number] | undefined;
  readonly count: number;
  readonly severity: Severity | undefined;
  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly tactics: readonly string[] | undefined;
  readonly entities: readonly ExpectedEntity[] | undefined;
  readonly details: Readonly<Record<string, readonly Scalar[]>> | undefined;
};

export type ExpectedEntity = {
  /** As in the rule's entity mappings. */
  readonly type: string;
  readonly identifiers: Readonly<Record<string, Scalar>>;
};

export type Scalar = string | number | boolean;

export type ExpectedIncident = {
  readonly atMs: number | undefined;
  readonly title: string | undefined;
  readonly severity: Severity | undefined;
  readonly status: IncidentStatus | undefined;
  readonly alerts: number | undefined;
  readonly count: number;
};

export type ScenarioPositions = {
  readonly rule: Position;
  readonly clock: Position;
  readonly expect: Position;
  readonly alerts: readonly Position[];
  readonly incidents: readonly Position[];
};

import type { Alert } from '../build-alerts.ts';
import type { Incident } from '../incidents.ts';
import type { ReplayProblem } from '../replay-result.ts';
import type { Difference } from './difference.ts';
import type { ExpectedAlert, ExpectedIncident, Scenario } from './scenario.ts';
import type { RunEvidence } from './scenario-evidence.ts';
import type { ScenarioCondition, ScenarioMargin } from './scenario-margin.ts';

/** What became of one scenario. */
export type ScenarioResult = {
  /** Of its rule and its folder; what can be said of a file that cannot be read. */
  readonly rule: string;
  readonly name: string;
  readonly file: string;
} & (
  | { readonly status: 'broken'; readonly problem: ReplayProblem }
  | ({ readonly status: 'passed' | 'failed' } & ScenarioRun)
);

export type ScenarioRun = {
  readonly scenario: Scenario;
  /** What the rule raised, in the order of creation. */
  readonly alerts: readonly Alert[];
  readonly incidents: readonly Incident[];
  readonly alertDifferences: readonly Difference<ExpectedAlert, Alert>[];
  readonly incidentDifferences: readonly Difference<ExpectedIncident, Incident>[];
  /** Errors and warnings of the rules: each of them fails the scenario. */
  readonly problems: readonly ReplayProblem[];
  /** The runs that the differences are about; empty where there are none. */
  readonly evidence: readonly RunEvidence[];
  /** How far the thresholds of the rule were; undefined where nobody asked. */
  readonly margins: readonly ScenarioMargin[] | undefined;
  /** Of a rule that stayed silent without a threshold that decides: the conditions that alone kept it so. */
  readonly conditions: readonly ScenarioCondition[] | undefined;
};

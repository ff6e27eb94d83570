import { KqlError, type KqlErrorCode } from '../kql/index.ts';
import type { ReplayAssumptions } from './assumptions.ts';
import type { RunOutcome } from './execute-run.ts';
import type { ReplayError } from './replay-error.ts';
import type { RuleRun } from './schedule.ts';

/** The run whose failure disabled a rule, and how many of its type came in a row. */
export type Disabling = { readonly run: RuleRun; readonly failures: number };

/** Counts the failures of a rule in the order of its runs. */
export type FailureCount = {
  readonly count: (run: RuleRun, outcome: RunOutcome) => void;
  readonly disabledBy: () => Disabling | undefined;
};

/**
 * A rule is disabled by so many permanent failures of one type in a row as the assumption says.
 * Source: learn.microsoft.com/azure/sentinel/troubleshoot-analytics-rules.
 */
export function createFailureCount({ autoDisable }: Pick<ReplayAssumptions, 'autoDisable'>): FailureCount {
  const limit = autoDisable === 'never' ? undefined : Number(autoDisable.slice('after-'.length));
  let type: KqlErrorCode | undefined;
  let inRow = 0;
  let disabling: Disabling | undefined;
  return {
    disabledBy: () => disabling,
    count(run, outcome) {
      const failure = outcome.status === 'failed' ? permanentFailure(outcome.error) : undefined;
      inRow = failure === undefined ? 0 : failure === type ? inRow + 1 : 1;
      type = failure;
      if (failure !== undefined && inRow === limit) disabling = { run, failures: inRow };
    },
  };
}

/** Failures that pass by themselves: Sentinel tries again and never disables a rule because of them. */
const transient: ReadonlySet<KqlErrorCode> = new Set(['cancelled', 'internal']);

/** The type of a permanent failure, which a person has to put right; undefined for a transient one. */
function permanentFailure({ cause }: ReplayError): KqlErrorCode | undefined {
  return cause instanceof KqlError && !transient.has(cause.code) ? cause.code : undefined;
}

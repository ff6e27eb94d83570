import { KqlError, type KqlErrorCode } from '../kql/index.ts';
import type { ReplayAssumptions } from './assumptions.ts';
import type { ReplayError } from './replay-error.ts';

/** Failures that pass by themselves: Sentinel tries again and never disables a rule because of them. */
const transient: ReadonlySet<KqlErrorCode> = new Set(['cancelled', 'internal']);

/**
 * The type of a permanent failure, which a person has to put right; undefined for a transient one.
 * Source: learn.microsoft.com/azure/sentinel/troubleshoot-analytics-rules.
 */
export function permanentFailure({ cause }: ReplayError): KqlErrorCode | undefined {
  return cause instanceof KqlError && !transient.has(cause.code) ? cause.code : undefined;
}

/** So many permanent failures of one type in a row disable a rule; undefined: none do. */
export function disablingFailures({ autoDisable }: Pick<ReplayAssumptions, 'autoDisable'>): number | undefined {
  return autoDisable === 'never' ? undefined : Number(autoDisable.slice('after-'.length));
}

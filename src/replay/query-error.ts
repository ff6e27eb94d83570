import { KqlError, type KqlErrorCode, positionOf } from '../kql/index.ts';
import type { AnalyticsRule } from './analytics-rule.ts';
import { ReplayError, type ReplayErrorCode } from './replay-error.ts';
import type { ReplayProblem } from './replay-result.ts';

/** An engine's error as one of the rule's file: its place in the query becomes the place in the YAML. */
export function describeQueryError(
  code: Extract<ReplayErrorCode, 'query-rejected' | 'query-failed'>,
  cause: unknown,
  rule: AnalyticsRule,
): ReplayError {
  const { file, queryPosition } = rule;
  if (!(cause instanceof KqlError)) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const hint = 'a fault of the engine: report it with the rule and the run';
    return new ReplayError(code, reason, { file, ...queryPosition, hint, cause });
  }
  const inQuery = cause.span === undefined ? { line: 1, column: 1 } : positionOf(rule.query, cause.span.start);
  const position = {
    line: queryPosition.line + inQuery.line - 1,
    column: queryPosition.column + inQuery.column - 1,
  };
  const hint = cause.hint ?? 'correct the query in the definition of the rule, then generate again';
  return new ReplayError(code, `${cause.code}: ${cause.message}`, { file, ...position, hint, cause });
}

/** What this engine cannot do; the service may well run the query. */
const faultsOfEngine: readonly KqlErrorCode[] = ['unsupported', 'unavailable', 'limit', 'internal'];

export const isFaultOfEngine = ({ message }: Pick<ReplayProblem, 'message'>): boolean =>
  faultsOfEngine.some((code) => message.startsWith(`${code}: `));

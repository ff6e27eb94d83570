import { LogSourceError } from '../log-source-error.ts';
import type { QueryOutcome } from './query-service.ts';

/** What the service answered with, where it answered at all. */
export type HttpAnswer = {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly body: string | undefined;
};

type ErrorInfo = {
  readonly code: string;
  readonly message: string;
  readonly details?: readonly ErrorInfo[] | undefined;
  readonly innererror?: ErrorInfo | undefined;
};

/**
 * What an answer that is no success means (learn.microsoft.com/azure/azure-monitor/logs/api/errors): whether to ask
 * for less, to ask later, or not to ask again.
 * @throws LogSourceError
 */
export function readRefusal({ status, retryAfter, body }: HttpAnswer, nowMs: number): QueryOutcome {
  const reason = describeError(errorIn(body)) || `HTTP ${status}`;
  if (status === 429 || status === 503) return { status: 'later', reason, afterMs: readRetryAfter(retryAfter, nowMs) };
  // The query took too long, or its answer is too large.
  if (status === 408 || status === 504 || status === 413) return { status: 'too-much', reason };
  if (status >= 500) return { status: 'later', reason, afterMs: readRetryAfter(retryAfter, nowMs) };
  if (status === 400 && /Failed to resolve table/i.test(reason)) return { status: 'no-table' };
  throw refusal(status, reason);
}

function refusal(status: number, reason: string): LogSourceError {
  if (status === 401 || /InvalidAuthenticationToken|AuthenticationFailed/.test(reason)) {
    return new LogSourceError('sign-in', `the service does not take the credential (${reason})`, signInHint);
  }
  if (status === 403) {
    const hint = 'ask for the role Log Analytics Reader on the workspace';
    return new LogSourceError('forbidden', `the workspace may not be read (${reason})`, hint);
  }
  if (status === 404) {
    const hint = 'give its id: az monitor log-analytics workspace show -g GROUP -n NAME --query customerId';
    return new LogSourceError('workspace-unknown', `there is no such workspace (${reason})`, hint);
  }
  return new LogSourceError('query', `the service rejects a query (${reason})`, 'report it: the query should be valid');
}

export const signInHint =
  'run: az login (another cloud: az cloud set first), or set AZURE_TENANT_ID, AZURE_CLIENT_ID and a secret';

/** A partial answer says what is missing in `error`, beside the rows that are there. */
export const readPartial = (error: unknown): QueryOutcome => ({
  status: 'too-much',
  reason: describeError(isErrorInfo(error) ? error : undefined) || 'a partial answer',
});

/** Seconds, or a date; undefined where it is neither. */
function readRetryAfter(text: string | undefined, nowMs: number): number | undefined {
  if (text === undefined) return undefined;
  const ms = /^\d{1,6}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

function errorIn(body: string | undefined): ErrorInfo | undefined {
  try {
    const { error } = JSON.parse(body ?? '') as { readonly error?: unknown };
    return isErrorInfo(error) ? error : undefined;
  } catch {
    return undefined;
  }
}

const isErrorInfo = (value: unknown): value is ErrorInfo =>
  typeof value === 'object' && value !== null && 'message' in value;

/** `code: message`, from the outside in: the innermost says what it was. */
function describeError(error: ErrorInfo | undefined): string {
  const parts: string[] = [];
  for (
    let info = error;
    info !== undefined && parts.length < 5;
    info = info.innererror ?? info.details?.[0] ?? undefined
  ) {
    parts.push([info.code, info.message].filter(Boolean).join(': '));
  }
  return parts.join('; ').slice(0, 400);
}

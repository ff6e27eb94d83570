import { LogSourceError } from '../log-source-error.ts';
import type { QueryOutcome } from './query-service.ts';
import { signInHint } from './read-response.ts';

/** Names of the errors of @azure/identity. */
const signInErrors = [
  'CredentialUnavailableError',
  'AuthenticationError',
  'AggregateAuthenticationError',
  'AuthenticationRequiredError',
];
const noConnection = ['ENOTFOUND', 'ECONNREFUSED', 'CERT_HAS_EXPIRED', 'SELF_SIGNED_CERT_IN_CHAIN'];

/**
 * What it means that a query has no answer: no token, no connection, or not in time.
 * @throws LogSourceError, and what is none of these
 */
export function readFailure(error: unknown): QueryOutcome {
  if (!(error instanceof Error) || error instanceof LogSourceError) throw error;
  const { name, message } = error;
  const code = 'code' in error ? String(error.code) : '';
  const reason = (message.split('\n')[0] ?? '').slice(0, 300);
  if (signInErrors.includes(name)) {
    throw new LogSourceError('sign-in', `no sign-in to Azure: ${signInReason(message)}`, signInHint, error);
  }
  if (noConnection.includes(code)) {
    const hint = 'check the network, a proxy and --cloud';
    throw new LogSourceError('unreachable', `no connection to the service: ${reason}`, hint, error);
  }
  if (name === 'AbortError') return { status: 'too-much', reason: 'no answer in time' };
  if (name === 'RestError') return { status: 'later', reason, afterMs: undefined };
  throw error;
}

/** Every way to sign in says why it failed; most people use the Azure CLI, so its line is the one to show. */
function signInReason(message: string): string {
  const lines = message.split('\n').map((line) => line.trim());
  return (lines.find((line) => /AzureCliCredential|Azure CLI/.test(line)) ?? lines[0] ?? '').slice(0, 300);
}

/** Why a source of logs gave nothing, as a closed set. */
export type LogSourceErrorCode =
  | 'sdk-missing' // the optional packages for Azure are not installed
  | 'sign-in' // no credential, or one that the service does not take
  | 'forbidden' // the credential may not read the workspace
  | 'workspace-unknown' // there is no workspace of that id
  | 'unreachable' // no connection to the service
  | 'throttled' // the service still refuses after waiting as long as it asked for
  | 'too-large' // a slice of time that cannot be cut further has more than the service gives
  | 'incomplete' // fewer rows came than the service counted
  | 'query' // the service rejects a query that it should not
  | 'save' // rows cannot be kept where they were asked to be
  | 'cancelled';

/** The one error class of log sources: a code, and what to do about it. */
export class LogSourceError extends Error {
  override readonly name = 'LogSourceError';
  readonly code: LogSourceErrorCode;
  readonly hint: string;

  constructor(code: LogSourceErrorCode, message: string, hint: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.hint = hint;
  }
}

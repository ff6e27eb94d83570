/** What went wrong, as a closed set; each code has one meaning for programs that read it. */
export type ReplayErrorCode =
  | 'rule-unreadable' // the file is missing or cannot be read
  | 'rule-syntax' // the text is no YAML, or has more than one document
  | 'rule-unknown-key' // a key that Sentinel does not know at this place
  | 'rule-missing-key' // a key without which Sentinel rejects the rule
  | 'rule-bad-value' // a value that Sentinel rejects
  | 'rule-duplicate' // two files with one rule id
  | 'rule-unknown' // a rule that was asked for and is not there
  | 'query-rejected' // the query does not parse or bind; no run can succeed
  | 'query-failed' // the query failed in a run
  | 'scenario-unreadable' // a scenario's file is missing or cannot be read
  | 'scenario-syntax' // a scenario's text is no YAML, or has more than one document
  | 'scenario-unknown-key' // a key that scenarios do not have at this place
  | 'scenario-missing-key' // a key without which a scenario says too little
  | 'scenario-bad-value' // a value that means nothing at its place
  | 'scenario-contradiction' // what a scenario expects cannot be, or its rows cannot matter
  | 'scenario-unknown' // a scenario or rule that was asked for and is not there
  | 'clock' // the time range is empty or cannot be read
  | 'delay' // an ingestion delay that cannot be read
  | 'assumption'; // a switch or a value of it that does not exist

export type ReplayErrorDetails = {
  /** As the caller named it. */
  readonly file?: string | undefined;
  /** Line in the file, counted from 1. */
  readonly line?: number | undefined;
  /** Column in the line, counted from 1. */
  readonly column?: number | undefined;
  /** What to do about it. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
};

/** The one error class of replay: a code, a position where there is one, and what to do about it. */
export class ReplayError extends Error {
  override readonly name = 'ReplayError';
  readonly code: ReplayErrorCode;
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly hint: string | undefined;

  constructor(code: ReplayErrorCode, message: string, details: ReplayErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.file = details.file;
    this.line = details.line;
    this.column = details.column;
    this.hint = details.hint;
  }
}

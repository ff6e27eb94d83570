/** What went wrong, as a closed set; each code has one meaning for programs that read it. */
export type MutateErrorCode =
  | 'equivalents-syntax' // the file of equivalent mutants is no YAML
  | 'equivalents-shape' // an entry lacks a key, has an unknown one, or holds a wrong value
  | 'equivalents-mutation' // an entry names a mutation that does not exist
  | 'equivalents-unmatched' // an entry fits no mutant that survives
  | 'equivalents-ambiguous' // an entry fits several mutants and does not say which
  | 'rule-fails' // a scenario fails on the rule itself, so that nothing can be said about its mutants
  | 'no-scenario'; // a rule without scenarios, whose mutants nothing could kill

export type MutateErrorDetails = {
  /** As the caller named it. */
  readonly file?: string | undefined;
  /** Counted from 1. */
  readonly line?: number | undefined;
  readonly hint: string;
};

/** The one error class of mutation testing: a code, a place where there is one, and what to do about it. */
export class MutateError extends Error {
  override readonly name = 'MutateError';
  readonly code: MutateErrorCode;
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly hint: string;

  constructor(code: MutateErrorCode, message: string, details: MutateErrorDetails) {
    super(message);
    this.code = code;
    this.file = details.file;
    this.line = details.line;
    this.hint = details.hint;
  }
}

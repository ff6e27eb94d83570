export type EmitErrorCode =
  | 'conflicting-template'
  | 'unknown-playbook'
  | 'duplicate-file'
  | 'unsafe-path'
  | 'broken-manifest';

/** Definitions that cannot be printed together, or files that cannot be written. */
export class EmitError extends Error {
  readonly code: EmitErrorCode;
  readonly hint: string;

  constructor(code: EmitErrorCode, message: string, hint: string) {
    super(message);
    this.name = 'EmitError';
    this.code = code;
    this.hint = hint;
  }
}

export type ContentErrorCode =
  | 'kql-value'
  | 'timespan'
  | 'schedule'
  | 'attack-technique'
  | 'duplicate-slug'
  | 'duplicate-id';

/** A definition that cannot become Sentinel content: a mistake in this repository, not in a workspace's settings. */
export class ContentError extends Error {
  readonly code: ContentErrorCode;
  readonly hint: string;

  constructor(code: ContentErrorCode, message: string, hint: string) {
    super(message);
    this.name = 'ContentError';
    this.code = code;
    this.hint = hint;
  }
}

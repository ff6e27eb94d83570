/** What went wrong, as a closed set; each code has one meaning for programs that read it. */
export type KqlErrorCode =
  | 'syntax' // the text is no KQL
  | 'binding' // a name, a type or an argument does not fit
  | 'unsupported' // KQL that this engine refuses by name
  | 'unavailable' // data that the query names and nobody provides (externaldata without a local file)
  | 'evaluation' // the query runs into a value it must reject, as the service does
  | 'limit' // a result size, memory, time or recursion limit
  | 'cancelled' // the caller gave up
  | 'internal'; // a fault of the engine itself

/** Offsets into the query text, in UTF-16 code units. */
export type Span = { readonly start: number; readonly end: number };

/** Whether a part of the text lies in another, or is it. */
export const spanContains = (outer: Span, inner: Span): boolean => outer.start <= inner.start && inner.end <= outer.end;

export type KqlErrorDetails = {
  readonly span?: Span | undefined;
  readonly hint?: string | undefined;
  readonly cause?: unknown;
};

/** The one error class of the engine: a code, a position in the query where there is one, and what to do about it. */
export class KqlError extends Error {
  override readonly name = 'KqlError';
  readonly code: KqlErrorCode;
  readonly span: Span | undefined;
  readonly hint: string | undefined;

  constructor(code: KqlErrorCode, message: string, details: KqlErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.span = details.span;
    this.hint = details.hint;
  }
}

/** Whether an error of the JavaScript engine says that calls nested too deeply; .NET's name is the binder's wrapping of it. */
export const isStackOverflow = (error: unknown): boolean =>
  error instanceof Error && (/call stack/i.test(error.message) || /StackOverflow/.test(error.name));

/** Line and column of an offset, both counted from 1. */
export function positionOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

/** The message with its code frame: the line of the query, a marker under the span, and the hint. */
export function formatKqlError(error: KqlError, queryText: string): string {
  const head = `${error.code}: ${error.message}`;
  const hint = error.hint === undefined ? [] : [`hint: ${error.hint}`];
  if (error.span === undefined) return [head, ...hint].join('\n');
  const { line, column } = positionOf(queryText, error.span.start);
  const source = (queryText.split('\n')[line - 1] ?? '').replace(/\t/g, ' ').trimEnd();
  const width = Math.max(1, Math.min(error.span.end - error.span.start, source.length - column + 1));
  const gutter = `${line} | `;
  const marker = ' '.repeat(gutter.length + column - 1) + '^'.repeat(width);
  return [`${head} (line ${line}, column ${column})`, gutter + source, marker, ...hint].join('\n');
}

import { KqlError, type Span } from '../kql-error.ts';

/** A part of a text that was replaced by `length` other characters. */
export type Edit = Span & { readonly length: number };

/** The error with its position in the text as it was before the edits, the last of which came last. */
export function beforeEdits(error: unknown, edits: readonly Edit[]): unknown {
  if (!(error instanceof KqlError) || error.span === undefined || edits.length === 0) return error;
  const span = edits.reduceRight(spanBefore, error.span);
  return new KqlError(error.code, error.message, { span, hint: error.hint, cause: error.cause });
}

function spanBefore(span: Span, edit: Edit): Span {
  const shift = edit.end - edit.start - edit.length;
  const isIn = (offset: number): boolean => offset >= edit.start && offset <= edit.start + edit.length;
  const before = (offset: number, inside: number): number => {
    if (offset < edit.start) return offset;
    return isIn(offset) ? inside : offset + shift;
  };
  return { start: before(span.start, edit.start), end: before(span.end, edit.end) };
}

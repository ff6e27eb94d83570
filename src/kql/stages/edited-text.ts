import { KqlError, type Span } from '../kql-error.ts';

/** A part of a text that was replaced by `length` other characters. */
export type Edit = Span & { readonly length: number };

/** The error with its position in the text as it was before the edits, the last of which came last. */
export function beforeEdits(error: unknown, edits: readonly Edit[]): unknown {
  if (!(error instanceof KqlError) || error.span === undefined || edits.length === 0) return error;
  const span = edits.reduceRight(spanBefore, error.span);
  return new KqlError(error.code, error.message, { span, hint: error.hint, cause: error.cause });
}

/** A position inside the replacement stands for all that it replaced. */
function spanBefore({ start, end }: Span, edit: Edit): Span {
  const after = edit.start + edit.length;
  const shift = edit.end - after;
  return {
    start: start < edit.start ? start : start < after ? edit.start : start + shift,
    end: end <= edit.start ? end : end <= after ? edit.end : end + shift,
  };
}

import assert from 'node:assert/strict';
import { KqlError } from '../../../src/kql/kql-error.ts';
import { beforeEdits } from '../../../src/kql/stages/edited-text.ts';

/** The part of `original` that a position in the edited text stands for. */
function spanBefore(start: number, end: number, edits: Parameters<typeof beforeEdits>[1]) {
  const error = beforeEdits(new KqlError('binding', 'x', { span: { start, end } }), edits);
  return error instanceof KqlError ? error.span : undefined;
}

describe('Positions in a text that was edited', () => {
  // 'abcdefgh' → 'abXYfgh' (cde replaced by XY) → 'abXYf' + 'Z' (gh replaced by Z)
  const edits = [
    { start: 2, end: 5, length: 2 },
    { start: 5, end: 7, length: 1 },
  ];

  it('stay before the first edit', () => assert.deepEqual(spanBefore(0, 2, edits), { start: 0, end: 2 }));
  it('move with what follows an edit', () => assert.deepEqual(spanBefore(4, 5, edits), { start: 5, end: 6 }));
  it('inside an edit stand for all that it replaced', () =>
    assert.deepEqual(spanBefore(3, 4, edits), { start: 2, end: 5 }));
  it('go back through one edit after the other', () => assert.deepEqual(spanBefore(5, 6, edits), { start: 6, end: 8 }));
  it('are left alone where there are none', () => assert.deepEqual(spanBefore(3, 4, []), { start: 3, end: 4 }));
});

import type { ScalarFunction } from '../scalar-function.ts';
import { codePointCount } from './text-basics.ts';

/** A part of a text, counted in code points; a negative start counts from the end. */
export function substring(text: string, start: bigint, length: bigint | undefined): string {
  if (length !== undefined && length <= 0n) return '';
  const count = codePointCount(text);
  const from = Math.max(0, start < 0n ? count + Number(start) : Number(start));
  const to = length === undefined ? count : Math.min(count, from + Number(length));
  if (from >= to) return '';
  return count === text.length ? text.slice(from, to) : [...text].slice(from, to).join('');
}

/** The parts between delimiters; with an index, an array of that one part, null where there is none. */
function split(text: string, delimiter: string, index: bigint | undefined): readonly string[] | null {
  const parts = delimiter === '' ? [text] : text.split(delimiter);
  if (index === undefined) return parts;
  const part = index < 0n ? undefined : parts[Number(index)];
  return part === undefined ? null : [part];
}

export const textParts: readonly ScalarFunction[] = [
  {
    name: 'substring',
    signature: 'substring(source: string, startingIndex: long [, length: long]): string',
    summary: 'A part of a text from an index (negative: from the end) to its end or over a length.',
    page: 'substring-function',
    overloads: [{ parameters: ['string', 'long', 'long'], optional: 1, returns: 'string', evaluate: substring }],
  },
  {
    name: 'split',
    signature: 'split(source: string, delimiter: string [, requestedIndex: long]): dynamic',
    summary: 'The parts of a text between delimiters.',
    page: 'split-function',
    overloads: [{ parameters: ['string', 'string', 'long'], optional: 1, returns: 'dynamic', evaluate: split }],
  },
];

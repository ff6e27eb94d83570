import { KqlError } from '../../kql-error.ts';
import { foldCase } from '../../values/case-folding.ts';
import { formatDynamic } from '../../values/convert.ts';
import { type DynamicValue, isArray } from '../../values/dynamic.ts';
import { patternSource } from '../regular-expression.ts';
import type { ScalarFunction } from '../scalar-function.ts';
import { singleOverload } from '../single-overload.ts';
import { containsTerm } from '../text-terms.ts';
import { codePointCount } from './text-basics.ts';

type Window = { readonly start?: bigint; readonly length?: bigint; readonly occurrence?: bigint };

/** The part of a sequence that a search looks at; undefined where the arguments are out of their ranges. */
export function searchWindow(
  size: number,
  { start = 0n, length = -1n, occurrence = 1n }: Window,
): { readonly from: number; readonly to: number; readonly occurrence: number } | undefined {
  if (length < -1n || occurrence < 0n) return undefined;
  const from = start < 0n ? Math.max(0, size + Number(start)) : Number(start);
  const to = length === -1n ? size : Math.min(size, from + Number(length));
  return { from, to, occurrence: Math.max(1, Number(occurrence)) };
}

/** The UTF-16 offset of a code point's index. */
function offsetOf(text: string, codePoints: number): number {
  let offset = 0;
  for (let i = 0; i < codePoints && offset < text.length; i++) {
    offset += (text.codePointAt(offset) as number) > 0xffff ? 2 : 1;
  }
  return offset;
}

/** Each occurrence is looked for in as many characters as `length` says, from after the start of the one before. */
function indexOf(text: string, match: string, start = 0n, length = -1n, occurrence = 1n): bigint | null {
  const size = codePointCount(text);
  const window = searchWindow(size, { start, length, occurrence });
  if (window === undefined) return null;
  let { from, to } = window;
  for (let found = 1; ; found++) {
    const at = text.indexOf(match, offsetOf(text, from));
    if (at < 0 || at + match.length > offsetOf(text, to)) return -1n;
    const index = codePointCount(text.slice(0, at));
    if (found === window.occurrence) return BigInt(index);
    const examined = to - from;
    from = index + 1;
    to = Math.min(size, from + examined);
  }
}

/** Counts plain matches, which may overlap. */
function countPlain(text: string, search: string): bigint {
  if (search === '') return 0n;
  let count = 0n;
  for (let at = text.indexOf(search); at >= 0; at = text.indexOf(search, at + 1)) count++;
  return count;
}

export const textSearches: readonly ScalarFunction[] = [
  singleOverload(
    {
      name: 'indexof',
      signature: 'indexof(string, match [, start: long [, length: long [, occurrence: long]]]): long',
      summary: 'The index of a text inside another, counted in code points; -1 where it is not found.',
    },
    ['string', 'string', 'long', 'long', 'long'],
    'long',
    { optional: 3, evaluate: indexOf },
  ),
  singleOverload(
    {
      name: 'indexof_regex',
      signature: 'indexof_regex(string, match [, start: long [, length: long [, occurrence: long]]]): long',
      summary: 'The index of a match of a pattern (RE2), counted in code points; -1 where there is none.',
    },
    ['string', 'string', 'long', 'long', 'long'],
    'long',
    {
      optional: 3,
      prepare: (_context, constants) => {
        const pattern = patternSource(constants[1]);
        return (text: string, source: string, start = 0n, length = -1n, occurrence = 1n) => {
          // A negative start is refused here, unlike in indexof().
          const window = start < 0n ? undefined : searchWindow(codePointCount(text), { start, length, occurrence });
          if (window === undefined) return null;
          const from = offsetOf(text, window.from);
          const matcher = pattern(source, text).matcher(text.slice(from, offsetOf(text, window.to)));
          for (let found = 0; found < window.occurrence; found++) if (!matcher.find()) return -1n;
          return BigInt(codePointCount(text.slice(0, from + matcher.start())));
        };
      },
    },
  ),
  singleOverload(
    {
      name: 'countof',
      signature: 'countof(source: string, search: string [, kind: string]): long',
      summary: 'How often a text (kind `normal`, overlapping) or a pattern (kind `regex`) occurs.',
    },
    ['string', 'string', 'string'],
    'long',
    {
      optional: 1,
      prepare: (_context, constants) => {
        const kind = constants[2] ?? 'normal';
        if (kind !== 'normal' && kind !== 'regex') {
          throw new KqlError('binding', `countof knows no kind ${String(kind)}`, { hint: 'it is normal or regex' });
        }
        if (kind === 'normal') return countPlain;
        const pattern = patternSource(constants[1]);
        return (text: string, source: string) => {
          const matcher = pattern(source, text).matcher(text);
          let count = 0n;
          while (matcher.find()) count++;
          return count;
        };
      },
    },
  ),
  singleOverload(
    {
      name: 'has_any_index',
      signature: 'has_any_index(source: string, values: dynamic): long',
      summary: 'The index of the first item that the text has as a whole term; -1 where it has none.',
    },
    ['string', 'dynamic'],
    'long',
    {
      evaluate: (text: string, values: DynamicValue) => {
        const folded = foldCase(text);
        const items = isArray(values) ? values : [];
        const edges = { start: true, end: true };
        return BigInt(items.findIndex((item) => containsTerm(folded, foldCase(formatDynamic(item)), edges)));
      },
    },
  ),
];

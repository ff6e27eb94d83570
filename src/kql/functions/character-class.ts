import { RE2JS } from 're2js';

/** Code points as ranges, in order and apart: first, last, first, last, … */
type Ranges = readonly number[];

const LAST_CODE_POINT = 0x10ffff;

/**
 * Rust's patterns have what RE2's lack: classes within classes, and their intersection, difference and symmetric
 * difference, from left to right and weaker than union (learn.microsoft.com/kusto/query/regex, Character classes).
 */
type SetOperator = (inLeft: boolean, inRight: boolean) => boolean;
const union: SetOperator = (inLeft, inRight) => inLeft || inRight;
const difference: SetOperator = (inLeft, inRight) => inLeft && !inRight;
const setOperators: Readonly<Record<string, SetOperator>> = {
  '&&': (inLeft, inRight) => inLeft && inRight,
  '--': difference,
  '~~': (inLeft, inRight) => inLeft !== inRight,
};

/** A class that RE2 has too. */
const plainClass = /\[\^?\]?(?:\[:\^?\w+:\]|\\[\s\S]|(?!&&|--|~~)[^[\]\\])*\]/uy;
const operator = /&&|--|~~/y;
/** A named class, a property, a code point, an escape, or a character. */
const item =
  /\[:\^?\w+:\]|\\[pP](?:\{[^}]*\}|\w)|\\[xuU]\{[0-9a-fA-F]+\}|\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|\\[0-7]{1,3}|\\[\s\S]|[\s\S]/uy;

function matchAt(expression: RegExp, text: string, at: number): string | undefined {
  expression.lastIndex = at;
  return expression.exec(text)?.[0];
}

/** Whether the class that starts here is one of RE2's. */
export const isPlainClass = (pattern: string, at: number): boolean => matchAt(plainClass, pattern, at) !== undefined;

/**
 * The class that starts at a bracket of a pattern, spelt for RE2, and where it ends; undefined where it does not end.
 * `spell` says how RE2 writes an item of a class.
 */
export function flattenClass(
  pattern: string,
  at: number,
  spell: (item: string) => string,
): { readonly text: string; readonly end: number } | undefined {
  const parsed = parseClass(pattern, at, spell);
  if (parsed === undefined) return undefined;
  const { ranges, end } = parsed;
  // RE2 has no empty class; what lies outside of all code points is none of them.
  const members = ranges.map((point, i) => `${i % 2 === 1 ? '-' : ''}\\x{${point.toString(16)}}`).join('');
  return { text: members === '' ? `[^\\x{0}-\\x{${LAST_CODE_POINT.toString(16)}}]` : `[${members}]`, end };
}

function parseClass(
  pattern: string,
  start: number,
  spell: (item: string) => string,
): { readonly ranges: Ranges; readonly end: number } | undefined {
  const isNegated = pattern[start + 1] === '^';
  const first = start + (isNegated ? 2 : 1);
  let left: Ranges | undefined;
  let pending = union;
  let members: Ranges = [];
  for (let at = first; at < pattern.length; ) {
    const sign = matchAt(operator, pattern, at);
    if (pattern[at] === ']' && at > first) {
      const all = left === undefined ? members : combine(left, members, pending);
      return { ranges: isNegated ? combine([0, LAST_CODE_POINT], all, difference) : all, end: at + 1 };
    }
    if (sign !== undefined) {
      left = left === undefined ? members : combine(left, members, pending);
      pending = setOperators[sign] ?? union;
      members = [];
      at += sign.length;
    } else {
      const part = readItem(pattern, at, spell);
      if (part === undefined) return undefined;
      members = combine(members, part.ranges, union);
      at = part.end;
    }
  }
  return undefined;
}

/** A nested class, a range, or one item. */
function readItem(pattern: string, at: number, spell: (item: string) => string): ReturnType<typeof parseClass> {
  const text = matchAt(item, pattern, at) as string;
  if (text === '[') return parseClass(pattern, at, spell);
  const end = at + text.length;
  const last =
    pattern[end] === '-' && !/[-\]]/.test(pattern[end + 1] ?? ']') ? matchAt(item, pattern, end + 1) : undefined;
  if (last === undefined) return { ranges: rangesOf(spell(text)), end };
  return { ranges: rangesOf(`${spell(text)}-${spell(last)}`), end: end + 1 + last.length };
}

/** What RE2 makes of the items of a class. */
function rangesOf(members: string): Ranges {
  const { inst } = RE2JS.compile(`[${members}]`).re2Input.prog as {
    readonly inst: readonly { readonly runes: Int32Array }[];
  };
  const runes = inst.map((instruction) => instruction.runes).find(({ length }) => length > 0);
  if (runes === undefined) return [0, LAST_CODE_POINT];
  return runes.length === 1 ? [runes[0] as number, runes[0] as number] : [...runes];
}

/** Sweeps over the borders of both: each one enters or leaves a range. */
function combine(left: Ranges, right: Ranges, keeps: SetOperator): Ranges {
  const bordersOf = (ranges: Ranges): readonly number[] => ranges.map((point, i) => point + (i % 2));
  const [ofLeft, ofRight] = [bordersOf(left), bordersOf(right)];
  const result: number[] = [];
  let [l, r] = [0, 0];
  while (l < ofLeft.length || r < ofRight.length) {
    const border = Math.min(ofLeft[l] ?? Number.POSITIVE_INFINITY, ofRight[r] ?? Number.POSITIVE_INFINITY);
    while (ofLeft[l] === border) l++;
    while (ofRight[r] === border) r++;
    const isKept = keeps(l % 2 === 1, r % 2 === 1);
    // An odd length says that a range is open.
    if (isKept !== (result.length % 2 === 1)) result.push(isKept ? border : border - 1);
  }
  return result;
}

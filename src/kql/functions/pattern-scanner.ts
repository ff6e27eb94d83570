import { foldAscii, isAscii } from '../values/case-folding.ts';
import type { Value } from '../values/value.ts';
import { type PatternItem, parseSimplePattern, type SimplePattern } from './pattern-items.ts';
import { patternForms } from './regular-expression-syntax.ts';

/** Text that every match has, so far from its start. */
type Literal = { readonly text: string; readonly offset: number };

/**
 * Finds a simple pattern in ASCII text. Where no item can take a character that the next ones need, a match is found
 * without ever going back, and without the objects that a general engine makes for each text.
 */
export class PatternScanner {
  private readonly pattern: SimplePattern;
  private readonly literal: Literal | undefined;
  /** Where each item of the last match begins, and where the last one ends. */
  private readonly bounds: Int32Array;

  constructor(pattern: SimplePattern) {
    this.pattern = pattern;
    this.literal = leadingLiteral(pattern);
    this.bounds = new Int32Array(pattern.items.length + 1);
  }

  get groupCount(): number {
    return this.pattern.groups.length;
  }

  /**
   * Whether the text has a match, the leftmost of which `group` then describes; undefined where the text is not ASCII,
   * or where the search takes so long that the general engine, which is linear, is the better one.
   */
  find(text: string): boolean | undefined {
    if (this.literal !== undefined && !this.pattern.ignoresCase && !this.pattern.atStart) {
      // A text without the literal has no match, whatever else it holds: only one character, an ASCII one, may stand in
      // each of its places (a negated class of the simple patterns holds several).
      const first = text.indexOf(this.literal.text);
      if (first < 0) return false;
      return isAscii(text) ? this.findLiteral(text, text, first, this.literal) : undefined;
    }
    const folded = foldAscii(text);
    if (folded === undefined) return undefined;
    if (this.pattern.atStart) return this.matchAt(text, 0);
    if (this.literal === undefined) return this.findAnywhere(text);
    return this.findLiteral(text, folded, folded.indexOf(this.literal.text), this.literal);
  }

  /** What a group of the last match holds; group 0 is the match itself. */
  group(text: string, group: number): string {
    const { items, groups } = this.pattern;
    const { open, close } =
      group === 0 ? { open: 0, close: items.length } : (groups[group - 1] as { open: number; close: number });
    return text.slice(this.bounds[open], this.bounds[close]);
  }

  private findLiteral(text: string, searched: string, first: number, literal: Literal): boolean | undefined {
    let budget = budgetOf(text);
    for (let at = first; at >= 0; at = searched.indexOf(literal.text, at + 1)) {
      if (at < literal.offset) continue;
      if (this.matchAt(text, at - literal.offset)) return true;
      budget -= this.reached - at + literal.offset + 1;
      if (budget < 0) return undefined;
    }
    return false;
  }

  private findAnywhere(text: string): boolean | undefined {
    let budget = budgetOf(text);
    for (let start = 0; start <= text.length; start++) {
      if (this.matchAt(text, start)) return true;
      budget -= this.reached - start + 1;
      if (budget < 0) return undefined;
    }
    return false;
  }

  /** How far the last attempt read. */
  private reached = 0;

  private matchAt(text: string, start: number): boolean {
    const { items, atEnd } = this.pattern;
    const { bounds } = this;
    let at = start;
    for (let index = 0; index < items.length; index++) {
      bounds[index] = at;
      const { set, min, max } = items[index] as PatternItem;
      const limit = Math.min(text.length, at + max);
      const from = at;
      while (at < limit && set[text.charCodeAt(at)] === 1) at++;
      if (at - from < min) {
        this.reached = at;
        return false;
      }
    }
    bounds[items.length] = at;
    this.reached = at;
    return !atEnd || at === text.length;
  }
}

/** Steps that a search may take before the linear engine is the better one. */
const budgetOf = (text: string): number => 8 * text.length + 64;

/** A scanner for a constant pattern; undefined where only a general engine finds it. */
export function createPatternScanner(pattern: Value | undefined): PatternScanner | undefined {
  if (typeof pattern !== 'string') return undefined;
  const simple = parseSimplePattern(patternForms(pattern).ascii);
  return simple !== undefined && isDeterministic(simple) ? new PatternScanner(simple) : undefined;
}

/** Whether every item that may take more or fewer characters has to take all it can. */
function isDeterministic({ items, atEnd }: SimplePattern): boolean {
  return items.every((item, index) => {
    if (item.min === item.max) return true;
    const rest = items.slice(index + 1);
    const mandatory = rest.findIndex(({ min }) => min === 1);
    // Nothing after it has to match: taking all it can is what a greedy item does.
    if (mandatory < 0 && !atEnd) return true;
    const next = mandatory < 0 ? rest : rest.slice(0, mandatory + 1);
    return next.every(({ set }) => set.every((flag, code) => flag === 0 || item.set[code] === 0));
  });
}

/** The longest run of single characters that lies at a fixed distance from the start of every match. */
function leadingLiteral({ items, ignoresCase }: SimplePattern): Literal | undefined {
  const fixed = items.findIndex(({ min, max }) => min !== max);
  const singles = (fixed < 0 ? items : items.slice(0, fixed)).map(({ set }) => onlyCharacter(set, ignoresCase));
  let best: Literal | undefined;
  for (let offset = 0; offset < singles.length; offset++) {
    let text = '';
    for (let at = offset; singles[at] !== undefined; at++) text += singles[at];
    if (text.length > (best?.text.length ?? 0)) best = { text, offset };
  }
  return best;
}

/** The one character of a set, in lower case where case does not count. */
function onlyCharacter(set: Uint8Array, ignoresCase: boolean): string | undefined {
  const characters = [...set.keys()].filter((code) => set[code] === 1).map((code) => String.fromCharCode(code));
  const distinct = new Set(ignoresCase ? characters.map((character) => character.toLowerCase()) : characters);
  return distinct.size === 1 ? [...distinct][0] : undefined;
}

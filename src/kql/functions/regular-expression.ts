import { RE2JS } from 're2js';
import { KqlError } from '../kql-error.ts';
import type { Value } from '../values/value.ts';
import { asksForWordEdges, type Program, runPikeMachine } from './pike-machine.ts';
import { type PatternForms, patternForms } from './regular-expression-syntax.ts';

type Compiled = { readonly ascii: RE2JS; readonly forms: PatternForms; unicode: Pattern | undefined };

const cache = new Map<string, Compiled>();
const CACHE_SIZE = 200;

/** The matches of a pattern in one text, one after the other: the part of RE2's own that is used. */
export type Matcher = {
  find(): boolean;
  start(): number;
  end(): number;
  /** The text of a group by its number; null where the group took no part. */
  group(group: number): string | null;
  groupCount(): number;
  readonly namedGroups: Readonly<Record<string, number>>;
};

export type Pattern = { matcher(text: string): Matcher; test(text: string): boolean };

/**
 * A pattern compiled with RE2's semantics: linear time, no look-around, no backreferences, Unicode by code point.
 * Patterns come from queries and from columns, so the cache is bounded. Throws a KqlError where the pattern is none.
 */
export const compilePattern = (pattern: string): RE2JS => compileBoth(pattern).ascii;

function compileBoth(pattern: string): Compiled {
  const known = cache.get(pattern);
  if (known !== undefined) return known;
  const forms = patternForms(pattern);
  const compiled: Compiled = { ascii: compile(forms.ascii, pattern), forms, unicode: undefined };
  if (cache.size >= CACHE_SIZE) cache.clear();
  cache.set(pattern, compiled);
  return compiled;
}

function compile(pattern: string, shown: string): RE2JS {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new KqlError('evaluation', `'${shown}' is no regular expression: ${reason}`, {
      hint: 'KQL has RE2 syntax: no look-around and no backreferences',
      cause: error,
    });
  }
}

/** The form of a pattern for one text: over ASCII both forms agree, and RE2's own is the faster one. */
function formFor(compiled: Compiled, pattern: string, text: string): Pattern {
  if (!/[\u0080-\uffff]/.test(text)) return compiled.ascii;
  if (compiled.unicode === undefined) {
    const unicode = compile(compiled.forms.unicode, pattern);
    compiled.unicode = asksForWordEdges(unicode.re2Input.prog)
      ? patternOnPikeMachine(unicode, compile(compiled.forms.edgeless, pattern))
      : unicode;
  }
  return compiled.unicode;
}

/** A pattern as pike-machine.ts runs it, over the texts in which RE2, the faster one, finds it without its edges. */
function patternOnPikeMachine(expression: RE2JS, edgeless: RE2JS): Pattern {
  const program: Program = expression.re2Input.prog;
  const groupCount = expression.groupCount();
  const namedGroups = expression.namedGroups();
  const matcherOf = (text: string): Matcher => {
    let from = edgeless.test(text) ? 0 : text.length + 1;
    let match: readonly number[] | undefined;
    const edge = (index: number): number => match?.[index] ?? -1;
    return {
      find: () => {
        match = from > text.length ? undefined : runPikeMachine(program, groupCount, text, from);
        // An empty match is not found again.
        from = edge(1) === edge(0) ? edge(1) + ((text.codePointAt(edge(1)) ?? 0) > 0xffff ? 2 : 1) : edge(1);
        return match !== undefined;
      },
      start: () => edge(0),
      end: () => edge(1),
      group: (group) => (edge(2 * group) < 0 ? null : text.slice(edge(2 * group), edge(2 * group + 1))),
      groupCount: () => groupCount,
      namedGroups,
    };
  };
  return { matcher: matcherOf, test: (text) => matcherOf(text).find() };
}

/** Hands out the compiled pattern for a text. */
export type PatternSource = (pattern: string, text: string) => Pattern;

/** Compiles a constant pattern at once, so that a wrong one is refused even over no rows. */
export function patternSource(constant: Value | undefined): PatternSource {
  if (typeof constant !== 'string') return (pattern, text) => formFor(compileBoth(pattern), pattern, text);
  const compiled = compileBoth(constant);
  return (_, text) => formFor(compiled, constant, text);
}

import { RE2JS } from 're2js';
import { KqlError } from '../kql-error.ts';
import type { Value } from '../values/value.ts';
import { patternForms } from './regular-expression-syntax.ts';

type Compiled = { readonly ascii: RE2JS; readonly unicodeForm: string; unicode: RE2JS | undefined };

const cache = new Map<string, Compiled>();
const CACHE_SIZE = 200;

/** A match, as RE2's own package has it. */
export type { Matcher } from 're2js';

/**
 * A pattern compiled with RE2's semantics: linear time, no look-around, no backreferences, Unicode by code point.
 * Patterns come from queries and from columns, so the cache is bounded. Throws a KqlError where the pattern is none.
 */
export const compilePattern = (pattern: string): RE2JS => compileBoth(pattern).ascii;

function compileBoth(pattern: string): Compiled {
  const known = cache.get(pattern);
  if (known !== undefined) return known;
  const forms = patternForms(pattern);
  const compiled: Compiled = { ascii: compile(forms.ascii, pattern), unicodeForm: forms.unicode, unicode: undefined };
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
function formFor(compiled: Compiled, pattern: string, text: string): RE2JS {
  if (!/[\u0080-\uffff]/.test(text)) return compiled.ascii;
  compiled.unicode ??= compile(compiled.unicodeForm, pattern);
  return compiled.unicode;
}

/** Hands out the compiled pattern for a text. */
export type PatternSource = (pattern: string, text: string) => RE2JS;

/** Compiles a constant pattern at once, so that a wrong one is refused even over no rows. */
export function patternSource(constant: Value | undefined): PatternSource {
  if (typeof constant !== 'string') return (pattern, text) => formFor(compileBoth(pattern), pattern, text);
  const compiled = compileBoth(constant);
  return (_, text) => formFor(compiled, constant, text);
}

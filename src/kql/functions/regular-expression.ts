import { RE2JS } from 're2js';
import { KqlError } from '../kql-error.ts';
import type { Value } from '../values/value.ts';

const cache = new Map<string, RE2JS>();
const CACHE_SIZE = 200;

/**
 * A pattern compiled with RE2's semantics: linear time, no look-around, no backreferences, Unicode by code point.
 * Patterns come from queries and from columns, so the cache is bounded. Throws a KqlError where the pattern is none.
 */
export function compilePattern(pattern: string): RE2JS {
  const known = cache.get(pattern);
  if (known !== undefined) return known;
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(pattern);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new KqlError('evaluation', `'${pattern}' is no regular expression: ${reason}`, {
      hint: 'KQL has RE2 syntax: no look-around and no backreferences',
      cause: error,
    });
  }
  if (cache.size >= CACHE_SIZE) cache.clear();
  cache.set(pattern, compiled);
  return compiled;
}

/** Compiles a constant pattern at once, so that a wrong one is refused even over no rows. */
export function patternSource(constant: Value | undefined): (pattern: string) => RE2JS {
  if (typeof constant !== 'string') return compilePattern;
  const compiled = compilePattern(constant);
  return () => compiled;
}

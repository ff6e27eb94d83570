import { KqlError } from '../kql-error.ts';
import { textPattern } from './nesting.ts';

/** The binder looks through every use of a let statement, and needs seconds from here on. */
const MAX_USES = 200_000;

const token = new RegExp(`${textPattern.source}|[A-Za-z_]\\w*|[([{]|[)\\]}]|;`, 'g');

type Declaration = { readonly name: string; readonly start: number; readonly end: number; readonly words: string[] };

/**
 * Throws a KqlError('limit') where let statements that use each other stand for more than the binder can look through:
 * twenty that each use the one before twice come to a million uses. Counts words, so a column of the same name counts too.
 */
export function checkLetWeights(text: string): void {
  if ((text.match(/\blet\b/g)?.length ?? 0) < 8) return;
  const weights = new Map<string, number>();
  for (const { name, start, end, words } of declarationsIn(text)) {
    const weight = words.reduce((sum, word) => sum + (weights.get(word) ?? 0), 1);
    if (weight > MAX_USES) {
      throw new KqlError('limit', `${name} stands for more than ${MAX_USES} uses of other let statements`, {
        span: { start, end },
        hint: 'let statements are computed wherever they are used: materialize() tables, toscalar() values',
      });
    }
    weights.set(name, weight);
  }
}

/** The let statements of the query's own level, each with the words of what it stands for. */
function declarationsIn(text: string): readonly Declaration[] {
  const declarations: Declaration[] = [];
  let depth = 0;
  let isName = false;
  let current: Declaration | undefined;
  for (const { 0: found, index } of text.matchAll(token)) {
    if (/^[([{]$/.test(found)) depth++;
    else if (/^[)\]}]$/.test(found)) depth = Math.max(0, depth - 1);
    else if (found === ';' && depth === 0) current = undefined;
    else if (isName) {
      isName = false;
      current = { name: found, start: index, end: index + found.length, words: [] };
      declarations.push(current);
    } else if (found === 'let' && depth === 0) isName = true;
    else current?.words.push(found);
  }
  return declarations;
}

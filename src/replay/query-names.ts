import type { Catalog } from '../kql/index.ts';

/** The tables that a plan reads anywhere: as inputs, in subqueries, on either side of a join. */
export function tableNames(part: unknown, names = new Set<string>(), seen = new Set<unknown>()): ReadonlySet<string> {
  if (typeof part !== 'object' || part === null || seen.has(part)) return names;
  seen.add(part);
  if (Array.isArray(part)) for (const item of part) tableNames(item, names, seen);
  else if (Object.getPrototypeOf(part) === Object.prototype) {
    const node = part as { readonly operator?: unknown; readonly name?: unknown };
    if (node.operator === 'table' && typeof node.name === 'string') names.add(node.name);
    for (const value of Object.values(part)) tableNames(value, names, seen);
  }
  return names;
}

/** The tables that a text names, or a function that it names. */
export function namesInText(text: string, catalog: Catalog): readonly string[] {
  const { tables, staged } = catalog;
  return [...wordsOf(text, catalog)].filter((word) => tables.has(word) || staged?.has(word) === true);
}

/** Functions and operators whose outcome is another in every run, or may be. */
const ofTheRun: readonly string[] = ['ago', 'new_guid', 'now', 'rand', 'sample'];

/** Whether a text says something else in each run although it reads the same rows. */
export function dependsOnRun(text: string, catalog: Catalog): boolean {
  const words = wordsOf(text, catalog);
  return ofTheRun.some((word) => words.has(word));
}

/** Whether a text may read tables that it does not name: by a pattern, or all of them. */
export function readsByPattern(text: string, catalog: Catalog): boolean {
  const words = wordsOf(text, catalog);
  return words.has('search') || words.has('find') || (words.has('union') && words.has('*'));
}

/** The words of a text and of the functions that it names, and its stars. */
function wordsOf(text: string, { functions }: Catalog): ReadonlySet<string> {
  const words = new Set<string>();
  const read = (part: string): void => {
    for (const word of part.match(/\w+|\*/g) ?? []) {
      if (words.has(word)) continue;
      words.add(word);
      const body = functions?.get(word);
      if (body !== undefined) read(body);
    }
  };
  read(text);
  return words;
}

import { type Catalog, type CompletionItem, completeQuery, symbolsOf } from '../../../src/kql/index.ts';

/** What may be put in at the cursor: the offers, and the end of the line that they replace. */
export type Offers = { readonly texts: readonly string[]; readonly replaced: string };

const MAX_OFFERS = 60;

/** What the language service offers at the end of the last line of a query. */
export function completeInput(lines: readonly string[], line: string, catalog: Catalog): Offers {
  const text = [...lines, line].join('\n');
  const { start, items } = completeQuery(text, text.length, symbolsOf(catalog));
  const replaced = text.slice(start);
  // The service may want to replace a line break before the cursor; a terminal cannot.
  if (replaced.includes('\n')) return { texts: [], replaced: '' };
  const matching = items.filter(
    ({ name, kind }) => kind !== 'Punctuation' && name.toLowerCase().startsWith(replaced.toLowerCase()),
  );
  return { texts: [...new Set(matching.map(insertion))].slice(0, MAX_OFFERS), replaced };
}

/** Of a function its name and the bracket, of everything else the name. */
const insertion = ({ name, before }: CompletionItem): string => (before.startsWith(`${name}(`) ? `${name}(` : name);

/** What all texts begin with, the case of letters aside: that much can be put in for sure. */
export function commonPrefix(texts: readonly string[]): string {
  const [first = '', ...rest] = texts;
  let length = first.length;
  for (const text of rest) {
    let same = 0;
    while (same < length && text[same]?.toLowerCase() === first[same]?.toLowerCase()) same++;
    length = same;
  }
  return first.slice(0, length);
}

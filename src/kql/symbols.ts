import type { Catalog } from './catalog.ts';
import type { Symbols } from './parse/parse-query.ts';

const cache = new WeakMap<Catalog, Symbols>();

/** The names that a catalog offers to the binder; one object a catalog, since the binder keeps its work by it. */
export function symbolsOf(catalog: Catalog): Symbols {
  let symbols = cache.get(catalog);
  if (symbols === undefined) {
    symbols = {
      tables: new Map([...catalog.tables, ...(catalog.staged ?? [])].map(([name, { columns }]) => [name, columns])),
      functions: catalog.functions ?? new Map(),
    };
    cache.set(catalog, symbols);
  }
  return symbols;
}

import names from './inventory.json' with { type: 'json' };

/**
 * The names of the language by family: what its documentation lists, and, as `undocumented…`, what Microsoft's parser
 * (@kusto/language-service-next 12.4.1) knows besides. The engine supports each of them or says why not (support.ts).
 */
export const inventory: Readonly<Record<keyof typeof names, readonly string[]>> = names;

export type Family = keyof typeof names;

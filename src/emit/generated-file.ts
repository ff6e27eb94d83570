/** A file that generation writes: the path is relative to the repository's root, with `/` as separator. */
export type GeneratedFile = { readonly path: string; readonly text: string };

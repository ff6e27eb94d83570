import { readdirSync, readFileSync } from 'node:fs';

/** One question in both languages. */
export type BenchQuery = {
  readonly name: string;
  /** What it asks, in a sentence. */
  readonly title: string;
  readonly kql: string;
  readonly sql: string;
};

const folder = new URL('queries/', import.meta.url);

/** The queries of bench/queries in the order of their names; the first line of a .kql file is the title. */
export function readQueries(): readonly BenchQuery[] {
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.kql'))
    .sort()
    .map((file) => file.slice(0, -'.kql'.length));
  return names.map((name) => {
    const kql = readFileSync(new URL(`${name}.kql`, folder), 'utf8');
    const sql = readFileSync(new URL(`${name}.sql`, folder), 'utf8');
    return { name, title: (kql.split('\n')[0] as string).replace(/^\/\/ /, ''), kql, sql };
  });
}

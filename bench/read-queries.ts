import { readdirSync, readFileSync } from 'node:fs';

/** One question in both languages. */
export type BenchQuery = {
  readonly name: string;
  /** What it asks, in a sentence. */
  readonly title: string;
  /** What takes this engine its time, in a sentence. */
  readonly cost: string;
  readonly kql: string;
  readonly sql: string;
};

const folder = new URL('queries/', import.meta.url);

/**
 * The queries of bench/queries in the order of their names. The first comment of a .kql file says what it asks, the second
 * one, up to the query, what takes this engine its time.
 */
export function readQueries(): readonly BenchQuery[] {
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.kql'))
    .sort()
    .map((file) => file.slice(0, -'.kql'.length));
  return names.map((name) => {
    const kql = readFileSync(new URL(`${name}.kql`, folder), 'utf8');
    const sql = readFileSync(new URL(`${name}.sql`, folder), 'utf8');
    const lines = kql.split('\n');
    const comments = lines.slice(
      0,
      lines.findIndex((line) => !line.startsWith('//')),
    );
    const [title = '', ...cost] = comments.map((line) => line.replace(/^\/\/ /, ''));
    return { name, title, cost: cost.join(' '), kql, sql };
  });
}

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { operatorRows } from '../../../src/kql/support/operator-rows.ts';
import { statementRows } from '../../../src/kql/support/statement-rows.ts';

const cases = join(dirname(fileURLToPath(import.meta.url)), '..', 'cases');

/** Queries to start from: those of the case folders, and the examples of the support matrix. */
export function loadCorpus(): readonly string[] {
  const paths = readdirSync(cases, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.kql'));
  return [
    ...paths.sort().map((path) => readFileSync(join(cases, path), 'utf8')),
    ...[...operatorRows, ...statementRows].map(({ example }) => example),
  ];
}

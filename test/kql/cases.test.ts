import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KqlError, parseDatetime, runQuery } from '../../src/kql/index.ts';
import { tableToText } from '../../src/kql/table-to-text.ts';

/*
 * Each folder under cases/ is one behaviour: query.kql, and the typed table that it gives in expected.txt.
 * UPDATE_EXPECTED=1 rewrites expected.txt; read what it wrote before you commit it.
 */
const root = join(dirname(fileURLToPath(import.meta.url)), 'cases');
const now = parseDatetime('2026-03-24T11:00:00Z') as bigint;

const folders = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('query.kql'))
  .map((path) => dirname(join(root, path)))
  .sort();

async function answer(query: string, batchRows?: number): Promise<string> {
  try {
    const options = batchRows === undefined ? { nowTicks: now } : { nowTicks: now, batchRows };
    return tableToText((await runQuery(query, { tables: new Map() }, options)).table);
  } catch (error) {
    if (!(error instanceof KqlError)) throw error;
    return `error ${error.code}: ${error.message}\n`;
  }
}

describe('KQL cases', () => {
  for (const folder of folders) {
    it(relative(root, folder), async () => {
      const query = readFileSync(join(folder, 'query.kql'), 'utf8');
      const expectedPath = join(folder, 'expected.txt');
      const actual = await answer(query);
      if (process.env.UPDATE_EXPECTED === '1') writeFileSync(expectedPath, actual);
      assert.ok(existsSync(expectedPath), `${expectedPath} is missing; UPDATE_EXPECTED=1 writes it`);
      assert.equal(actual, readFileSync(expectedPath, 'utf8'));
      assert.equal(await answer(query, 1), actual, 'rows one by one give another answer');
    });
  }
});

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { commonPrefix, completeInput } from '../../scripts/query/prompt/complete-input.ts';
import { MAX_HISTORY, readHistory, writeHistory } from '../../scripts/query/prompt/history.ts';
import { runPrompt } from '../../scripts/query/prompt/run-prompt.ts';
import { type Catalog, createMemoryTable, emptyBatch, parseSchema } from '../../src/kql/index.ts';

const calls = createMemoryTable(emptyBatch(parseSchema('(TimeGenerated: datetime, Url: string, ResponseCode: int)')));
const catalog: Catalog = { tables: new Map([['Calls', calls]]) };
const rowCounts = new Map([['Calls', 0]]);

/** What the prompt prints for piped input; the time that a query took is left out. */
async function answers(input: string): Promise<readonly string[]> {
  const output = new PassThrough();
  const stdin = new PassThrough();
  const ended = runPrompt(
    { catalog, rowCounts, isIncomplete: false },
    (signal) => ({ catalog, options: { nowTicks: 0n, clockMs: () => 0, signal } }),
    { input: stdin, output, isTerminal: false, history: [] },
  );
  stdin.end(input);
  await ended;
  const text = String(output.read() ?? '');
  return text.split('\n').filter((line) => line !== '' && line !== '0 ms' && line !== 'Type .help for help.');
}

describe('the prompt of pack query', () => {
  it('runs each query that an empty line or a semicolon ends, in order', async () => {
    assert.deepEqual(await answers('print a = 1\n| extend b = 2\n\nprint c = 3;\n'), [
      'a  b',
      '────',
      '1  2',
      '1 row',
      'c',
      '─',
      '3',
      '1 row',
    ]);
  });

  it('runs the last query of piped input that ends without either', async () => {
    assert.deepEqual(await answers('print a = 1'), ['a', '─', '1', '1 row']);
  });

  it('goes on after a wrong query', async () => {
    const lines = await answers('print nope;\nprint 1;\n');
    assert.match(lines[0] ?? '', /^binding: The name 'nope' does not refer/);
    assert.equal(lines.at(-1), '1 row');
  });

  it('switches the format and shows plans in place of results', async () => {
    assert.deepEqual(await answers('.format csv\nprint a = 1;\n'), ['a\r', '1']);
    const [switched, head] = await answers('.explain\nprint a = 1;\n');
    assert.equal(switched, 'plans are shown');
    assert.match(head ?? '', /^operator +rows +time$/);
  });

  it('lists tables and columns, and says what is near a name that is none', async () => {
    assert.match((await answers('.tables Calls\n')).join('\n'), /Url +string/);
    assert.deepEqual(await answers('.tables Call\n'), ['there is no table Call; did you mean Calls?']);
    assert.equal((await answers('.nonsense\n'))[0], 'there is no command .nonsense');
  });
});

describe('completion by Tab', () => {
  const offers = (text: string): readonly string[] => {
    const lines = text.split('\n');
    return completeInput(lines.slice(0, -1), lines.at(-1) ?? '', catalog).texts;
  };

  it('offers tables, operators, columns and functions where they fit', () => {
    assert.ok(offers('Ca').includes('Calls'));
    assert.deepEqual(offers('Calls | summ'), ['summarize']);
    assert.deepEqual(offers('Calls\n| where Resp'), ['ResponseCode']);
    assert.ok(offers('Calls | extend n = strl').includes('strlen('));
  });

  it('finds what all offers share, whatever the case of letters', () => {
    assert.equal(commonPrefix(['ResponseCode', 'responseSize']), 'Response');
    assert.equal(commonPrefix(['a']), 'a');
    assert.equal(commonPrefix([]), '');
  });
});

describe('the history of the prompt', () => {
  const folder = mkdtempSync(join(tmpdir(), 'history-'));
  after(() => rmSync(folder, { recursive: true }));

  it('is kept for the user alone, the latest lines only, and is empty where there is none', () => {
    const path = join(folder, 'state', 'query-history');
    assert.deepEqual(readHistory(path), []);
    writeHistory(
      path,
      Array.from({ length: MAX_HISTORY + 5 }, (_, index) => `line ${index}`),
    );
    assert.equal(readHistory(path).length, MAX_HISTORY);
    assert.equal(readFileSync(path, 'utf8').split('\n')[0], 'line 0');
    assert.equal(statSync(path).mode & 0o777, 0o600);
  });
});

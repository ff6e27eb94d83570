import assert from 'node:assert/strict';
import { runCase } from '../../../src/kql/run-batch.ts';

const known = {
  Known: {
    columns: ['Seen: datetime', 'Host: string'],
    rows: [
      ['2024-05-01', 'web-1'],
      ['2024-05-02', 'web-1'],
    ],
  },
};
const latest = {
  columns: [
    { name: 'Host', type: 'string' },
    { name: 'Seen', type: 'datetime' },
  ],
  rows: [['web-1', '2024-05-02T00:00:00.0000000Z']],
};

async function run(query: string, functions: Record<string, string> = {}): Promise<unknown> {
  const batchCase = { id: 'case', query, tables: known, functions };
  const { id: _, ...answer } = await runCase(batchCase, { tables: new Map() }, { nowTicks: 0n });
  return answer;
}

describe('inputs of a fuzzy union that are not there', () => {
  it('leave no columns in a saved function, such as a parser of a product that is not connected', async () => {
    const functions = { Parser: '(pack: bool = false) { union isfuzzy=true Known, (Gone | where Ghost == 1) }' };
    assert.deepEqual(await run('Parser(true) | summarize arg_max(Seen, *) by Host', functions), latest);
  });

  it('leave no columns where one saved function calls another', async () => {
    const functions = {
      Parser: 'union isfuzzy=true (Gone | where Ghost == 1), Known',
      All: 'let on = true; union isfuzzy=true Parser(), parserOfNothing(pack = on), (Lost | extend Spirit = Ghost)',
    };
    assert.deepEqual(await run('All | summarize arg_max(Seen, *) by Host', functions), latest);
  });

  it('make a union after a bar do nothing', async () => {
    const query = 'Known | union isfuzzy=true (Gone | where Ghost == 1), Lost | summarize arg_max(Seen, *) by Host';
    assert.deepEqual(await run(query), latest);
  });

  it('leave the places of later complaints as they are in the text', async () => {
    const query = 'union isfuzzy=true\n  (Gone | where Ghost == 1 // a, b\n  ), // c\n  Known\n| where Ghost == 1';
    assert.deepEqual(await run(query), {
      error: {
        code: 'binding',
        message: "The name 'Ghost' does not refer to any known column, table, variable or function. [KS142]",
      },
    });
  });
});

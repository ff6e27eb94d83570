import assert from 'node:assert/strict';
import { diagnose } from '../../../src/kql/index.ts';
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

  it('are those that say a name which means nothing, as long as another input is there', async () => {
    const unknownColumn = 'union isfuzzy=true (Known | where Ghost == 1), (Known | where Host == "web-1")';
    const unknownList = 'union isfuzzy=true (Known | extend Spirit = Host in (Ghosts)), Known';
    assert.deepEqual(await run(`${unknownColumn} | summarize arg_max(Seen, *) by Host`), latest);
    assert.deepEqual(await run(`${unknownList} | summarize arg_max(Seen, *) by Host`), latest);
    assert.deepEqual(await run('union isfuzzy=true (Known | where Ghost == 1)'), {
      error: {
        code: 'binding',
        message: "The name 'Ghost' does not refer to any known column, table, variable or function. [KS142]",
      },
    });
  });

  it('are those that read a let statement over a missing table, with the statement itself', async () => {
    const lets = 'let gone = Gone | where Ghost == 1; let lost = (host: string) { gone | where Host == host };';
    assert.deepEqual(
      await run(
        `${lets} union isfuzzy=true gone, (lost("web-1") | take 1), Known | summarize arg_max(Seen, *) by Host`,
      ),
      latest,
    );
    assert.match(
      JSON.stringify(await run(`${lets} union isfuzzy=true gone, Known | where Host in (gone)`)),
      /'Gone' does not refer/,
    );
  });

  it('do not take a whole input along where an inner union leaves them out', async () => {
    const query = 'let all = union isfuzzy=true Gone, Known; union isfuzzy=true all, (Lost | take 1)';
    assert.deepEqual(await run(`${query} | summarize arg_max(Seen, *) by Host`), latest);
  });

  it('are complained about to whoever checks a query and asks for no run', () => {
    const symbols = { tables: new Map([['Known', [{ name: 'Host', type: 'string' as const }]]]), functions: new Map() };
    assert.deepEqual(
      diagnose('union isfuzzy=true Gone, (Known | where Ghost == 1), Known', symbols).map(({ message }) => message),
      ["The name 'Ghost' does not refer to any known column, table, variable or function. [KS142]"],
    );
  });
});

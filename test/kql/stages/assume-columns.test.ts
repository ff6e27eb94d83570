import assert from 'node:assert/strict';
import { type BatchTable, runCase } from '../../../src/kql/run-batch.ts';

const logs: BatchTable = {
  columns: ['Id: long', 'Bag: dynamic'],
  rows: [
    [1, { user: 'ann' }],
    [2, { user: 'bob' }],
  ],
};

async function run(query: string, tables: Record<string, BatchTable> = { Logs: logs }): Promise<unknown> {
  const { id: _, ...answer } = await runCase({ id: 'case', query, tables }, { tables: new Map() }, { nowTicks: 0n });
  return answer;
}

const note = (name: string, type: string): string =>
  `no row gives the column ${name} after bag_unpack or pivot: it is taken as an empty ${type}`;

describe('Columns that bag_unpack and pivot could have given', () => {
  it('are empty texts where no row gives them, and the answer says so', async () => {
    assert.deepEqual(await run('Logs | evaluate bag_unpack(Bag) | where action == "" | project user, action'), {
      columns: [
        { name: 'user', type: 'string' },
        { name: 'action', type: 'string' },
      ],
      rows: [
        ['ann', ''],
        ['bob', ''],
      ],
      notes: [note('action', 'string')],
    });
  });

  it('have the type that the query needs', async () => {
    const query =
      'Logs | evaluate bag_unpack(Bag) | project a = tostring(target.name), b = score > 5, c = ago(1h) < start';
    const { notes } = (await run(query)) as { notes: readonly string[] };
    assert.deepEqual(notes, [note('target', 'dynamic'), note('score', 'dynamic'), note('start', 'datetime')]);
  });

  it('are there without any row, in every result that is read for them', async () => {
    const query = `let unpacked = () { Logs | evaluate bag_unpack(Bag) };
      unpacked | join kind=inner (unpacked | where role == "admin") on $left.user == $right.user | count`;
    assert.deepEqual(await run(query, { Logs: '(Id: long, Bag: dynamic)' }), {
      columns: [{ name: 'Count', type: 'long' }],
      rows: [[0]],
      notes: [note('user', 'string'), note('role', 'string')],
    });
  });

  it('are no names that the query gets wrong elsewhere', async () => {
    const query = 'Logs | evaluate bag_unpack(Bag) | project user | where action == ""';
    assert.deepEqual(await run(query), {
      error: {
        code: 'binding',
        message: "The name 'action' does not refer to any known column, table, variable or function. [KS142]",
      },
    });
  });

  it('are missing in a case without tables of its own, as in the service', async () => {
    const query = 'print Bag = dynamic({"user": "ann"}) | evaluate bag_unpack(Bag) | where action == ""';
    const answer = await runCase({ id: 'case', query }, { tables: new Map() }, { nowTicks: 0n });
    assert.equal('error' in answer && answer.error.code, 'binding');
  });
});

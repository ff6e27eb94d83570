import assert from 'node:assert/strict';
import { formatCsv } from '../../scripts/query/format-csv.ts';
import { formatTable, type TableLayout } from '../../scripts/query/format-table.ts';
import { runQuery } from '../../src/kql/index.ts';

async function shown(query: string, layout: TableLayout): Promise<readonly string[]> {
  const { table } = await runQuery(query, { tables: new Map() }, { nowTicks: 0n });
  return formatTable(table, layout).split('\n');
}

describe('a result on a terminal', () => {
  it('has numbers to the right, texts to the left, and says how many rows there are', async () => {
    const lines = await shown('datatable(name: string, calls: long)["GET /a", 5, "", long(null)]', { width: 80 });
    assert.deepEqual(lines, ['name    calls', '─────────────', 'GET /a      5', '         null', '2 rows']);
  });

  it('never exceeds the width: the widest columns are cut to a common width, the others stay whole', async () => {
    const lines = await shown(`print a = "x", b = "${'b'.repeat(50)}", c = "${'c'.repeat(50)}"`, { width: 31 });
    assert.deepEqual(lines, [
      'a  b              c',
      '─'.repeat(1 + 2 + 13 + 2 + 13),
      `x  ${'b'.repeat(12)}…  ${'c'.repeat(12)}…`,
      '1 row',
    ]);
  });

  it('shows rows as records where the columns do not fit side by side', async () => {
    const lines = await shown('print alpha = 1, second = "two", third = 3.5', { width: 20 });
    assert.deepEqual(lines, ['── row 1 ───────────', 'alpha   1', 'second  two', 'third   3.5', '1 row']);
  });

  it('counts what wide and combining characters take', async () => {
    const lines = await shown('print a = "日本", b = "e\\u0301", c = "x"', { width: 80 });
    assert.deepEqual(lines, ['a     b  c', '──────────', '日本  e\u0301  x', '1 row']);
  });

  it('shows control characters and does not obey them: texts of a log cannot move the cursor', async () => {
    const [, , row] = await shown('print a = "red\\u001b[31m\\nline\\u202egnp"', { width: 80 });
    assert.equal(row, 'red\\u001b[31m⏎line\\u202egnp');
  });

  it('cuts many rows and says so', async () => {
    const lines = await shown('range x from 1 to 2500 step 1', { width: 80, maxRows: 2 });
    assert.deepEqual(lines, ['x', '─', '1', '2', '2,500 rows, the first 2 are shown']);
  });
});

describe('a result as CSV', () => {
  it('quotes what needs it and disarms what a spreadsheet would take for a formula', async () => {
    const query = `print a = '=cmd|"/c calc"!A0', b = -5, c = "x,y", d = "two\\nlines", e = dynamic({"k": 1})`;
    const { table } = await runQuery(query, { tables: new Map() }, { nowTicks: 0n });
    assert.equal(
      formatCsv(table),
      ['a,b,c,d,e', `"'=cmd|""/c calc""!A0",-5,"x,y","two\nlines","{""k"":1}"`].join('\r\n'),
    );
  });
});

import { strict as assert } from 'node:assert';
import { atTicks, goodLine, goodRow, load } from './log-files.ts';

const at = '2026-03-24T10:20:00Z';
const answer = (rows: readonly unknown[], more: object = {}): string =>
  JSON.stringify({
    tables: [
      {
        name: 'PrimaryResult',
        columns: [
          { name: 'TimeGenerated', type: 'datetime' },
          { name: 'Code', type: 'int' },
          { name: 'Headers', type: 'dynamic' },
        ],
        rows,
      },
    ],
    ...more,
  });

describe('a .json file', () => {
  it('may be an array of objects; items that are none are left out, with their line', async () => {
    const text = `[\n  ${goodLine},\n  [1],\n  "x",\n  ${goodLine}\n]\n`;
    assert.deepEqual(await load({ 'Requests.json': text }), {
      rows: { Requests: [goodRow, goodRow] },
      problems: [
        'Requests.json:3: an array stands where a row should; it is left out (2 lines, the first is shown) - a row is an object of column names and values; give a file that is one array the ending .json',
      ],
    });
  });

  it('may be printed over several lines, and wrong values have the line of their row', async () => {
    const text = JSON.stringify([{ TimeGenerated: at }, { TimeGenerated: at, Code: 'many' }], null, 2);
    const { rows, problems } = await load({ 'Requests.json': text });
    assert.deepEqual(rows, { Requests: [{ TimeGenerated: atTicks }] });
    assert.deepEqual(problems, [
      'Requests.json:5: Code is of type int, "many" is not; the line is left out - correct the value, or export the column with the type of the table\'s schema',
    ]);
  });

  it('that was cut off gives the rows before the cut', async () => {
    assert.deepEqual(await load({ 'Requests.json': `[\n${goodLine},\n${goodLine.slice(0, 30)}` }), {
      rows: { Requests: [goodRow] },
      problems: [
        "Requests.json:3: the file is no JSON from here on: expected the closing '\"' of a string; the rows before it are used - export it again, or give a file with one object a line the ending .ndjson",
      ],
    });
  });

  it('may not go on after its array', async () => {
    const { rows, problems } = await load({ 'Requests.json': `[${goodLine}]\n[${goodLine}]` });
    assert.deepEqual(rows, { Requests: [goodRow] });
    assert.match(
      problems.join(),
      /^Requests\.json:1: the file is no JSON from here on: expected nothing after the array;/,
    );
  });

  it('of the Azure CLI has every value as text, with None for a null', async () => {
    const row = {
      Bytes: '9007199254740993',
      Code: '204',
      Headers: '{"User-Agent":"None"}',
      Id: 'None',
      Ok: 'True',
      Seconds: 'None',
      TableName: 'PrimaryResult',
      TimeGenerated: at,
      Url: 'None',
    };
    assert.deepEqual(await load({ 'Requests.json': JSON.stringify([row], null, 2) }), {
      rows: {
        Requests: [
          {
            TimeGenerated: atTicks,
            Url: 'None',
            Code: 204,
            Bytes: 9007199254740993n,
            Ok: true,
            Headers: new Map([['User-Agent', 'None']]),
          },
        ],
      },
      problems: [],
    });
  });

  it('does not take None for a null where nothing says that the Azure CLI wrote it', async () => {
    const { problems } = await load({ 'Requests.json': JSON.stringify([{ TimeGenerated: at, Code: 'None' }]) });
    assert.match(problems.join(), /Code is of type int, "None" is not/);
    const after = await load({
      'Requests-1.json': JSON.stringify([{ TimeGenerated: at, Code: 'None', TableName: 'PrimaryResult' }]),
      'Requests-2.json': JSON.stringify([{ TimeGenerated: at, Code: 'None' }]),
    });
    assert.match(after.problems.join(), /^Requests-2\.json:1: Code is of type int, "None" is not/);
  });

  it('may be the answer of the query API, whose columns say their types', async () => {
    const text = answer([
      [at, 200, '{"a":1}'],
      [at, null, null],
    ]);
    const rows = [{ ...goodRow, Headers: new Map([['a', 1n]]) }, { TimeGenerated: atTicks }];
    assert.deepEqual(await load({ 'Requests.json': text }), { rows: { Requests: rows }, problems: [] });
    const unknown = await load({ 'Other.json': text });
    assert.deepEqual(unknown.rows, { Other: rows });
  });

  it('may be the answer of Azure Data Explorer', async () => {
    const text = JSON.stringify({
      Tables: [{ Columns: [{ ColumnName: 'TimeGenerated' }, { ColumnName: 'Code' }], Rows: [[at, 200]] }],
    });
    assert.deepEqual(await load({ 'Requests.json': text }), { rows: { Requests: [goodRow] }, problems: [] });
  });

  it('that is an answer names rows that do not fit by their number, and uses the others', async () => {
    const { rows, problems } = await load({
      'Requests.json': answer([[at, 'x', null], [at], { a: 1 }, [at, 200, null]]),
    });
    assert.deepEqual(rows, { Requests: [goodRow] });
    assert.deepEqual(problems, [
      'Requests.json: Code is of type int, "x" is not; row 1 is left out - correct the value, or export the column with the type of the table\'s schema',
      'Requests.json: row 2 is no array of 3 values; it is left out (2 lines, the first is shown) - each row has a value for each column',
    ]);
  });

  it('that is a partial answer, an error, or one with several results, says so', async () => {
    const partial = await load({ 'Requests.json': answer([[at, 200, null]], { error: { code: 'PartialError' } }) });
    assert.deepEqual(partial.rows, { Requests: [goodRow] });
    assert.deepEqual(partial.problems, [
      'Requests.json: the service answered with an error: {"code":"PartialError"} - run the export again, over a shorter time',
    ]);
    const error = await load({ 'Requests.json': '{"error":{"code":"BadArgumentError"}}' });
    assert.deepEqual(error.problems, [
      'Requests.json: the service answered with an error: {"code":"BadArgumentError"} - run the export again, over a shorter time',
    ]);
    const two = JSON.stringify({
      tables: [
        { columns: [], rows: [] },
        { columns: [{ name: 'a' }], rows: [[1]] },
      ],
    });
    assert.match(
      (await load({ 'Requests.json': two })).problems.join(),
      /the answer holds 2 results; the first is read/,
    );
  });

  it('that is an answer cut off gives no rows, and says so', async () => {
    assert.deepEqual(await load({ 'Requests.json': answer([[at, 200, null]]).slice(0, -20) }), {
      rows: { Requests: [] },
      problems: [
        'Requests.json:1: the file is no JSON from here on: expected a whole JSON value; none of its rows is used - export it again, or give a file with one object a line the ending .ndjson',
      ],
    });
  });

  it('may hold one object a line, as Data Export writes it, in one line or many', async () => {
    assert.deepEqual(await load({ 'Requests.json': `${goodLine}\n${goodLine}\n` }), {
      rows: { Requests: [goodRow, goodRow] },
      problems: [],
    });
    assert.deepEqual(await load({ 'Requests.json': goodLine }), { rows: { Requests: [goodRow] }, problems: [] });
    const { rows, problems } = await load({ 'Requests.json': `${goodLine}\n{"Code":}\n${goodLine}` });
    assert.deepEqual(rows, { Requests: [goodRow, goodRow] });
    assert.match(problems.join(), /^Requests\.json:2: the line is no JSON object: expected a value at column 9;/);
  });

  it('may be a message of Event Hubs, or one row printed over several lines', async () => {
    const rows = { Requests: [goodRow] };
    const message = JSON.stringify({ records: [JSON.parse(goodLine)] }, null, 2);
    assert.deepEqual(await load({ 'Requests.json': message }), { rows, problems: [] });
    const row = JSON.stringify(JSON.parse(goodLine), null, 2);
    assert.deepEqual(await load({ 'Requests.json': row }), { rows, problems: [] });
  });

  it('that is text says where it ends to be JSON', async () => {
    const { problems } = await load({ 'Requests.json': '\n\nTimeGenerated Code\n' });
    assert.match(problems.join(), /^Requests\.json:3: the file is no JSON from here on: expected a JSON object;/);
  });
});

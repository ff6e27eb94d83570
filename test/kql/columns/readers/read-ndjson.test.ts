import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import { atTicks, goodLine, goodRow, load } from './log-files.ts';

const at = '2026-03-24T10:20:00Z';
const line = (fields: Readonly<Record<string, unknown>>): string => JSON.stringify({ TimeGenerated: at, ...fields });

describe('lines of JSON', () => {
  it('that are no JSON are counted once with the first line, and the others are used', async () => {
    const text = [goodLine, 'GET / HTTP/1.1', goodLine, '{"TimeGenerated":', goodLine].join('\n');
    assert.deepEqual(await load({ 'Requests.ndjson': text }), {
      rows: { Requests: [goodRow, goodRow, goodRow] },
      problems: [
        'Requests.ndjson:2: the line is no JSON object: expected a JSON object at column 1; it is left out (2 lines, the first is shown) - one JSON object stands on each line of an .ndjson file',
      ],
    });
  });

  it('that are arrays, numbers, texts or nulls are no rows', async () => {
    const text = [goodLine, `[${goodLine}]`, '5', '"x"', 'null', 'true'].join('\n');
    assert.deepEqual(await load({ 'Requests.ndjson': text }), {
      rows: { Requests: [goodRow] },
      problems: [
        'Requests.ndjson:2: an array stands where a row should; it is left out (5 lines, the first is shown) - a row is an object of column names and values; give a file that is one array the ending .json',
      ],
    });
  });

  const broken = [
    ['{"Code":200', "',' or '}' at column 12"],
    ['{"Code":}', 'a value at column 9'],
    ['{"Code" 200}', "':' after a name at column 9"],
    ['{Code:200}', 'a name in double quotes at column 2'],
    ['{"Url":"x}', "the closing '\"' of a string at column 11"],
    ['{"Url":"\\q"}', 'a valid escape in a string at column 8'],
    ['{"\\q":1}', 'a valid escape in a string at column 2'],
    ['{"Headers":{"a":[1}', 'the end of a nested value at column 20'],
    ['{"Code":200} x', 'nothing after the object at column 14'],
    ['{"Code":200}{"Code":201}', 'nothing after the object at column 13'],
    ['{"Code":-}', 'a value at column 9'],
    ['{"Code":nul}', 'a value at column 9'],
  ] as const;
  for (const [text, wanted] of broken) {
    it(`say what is wrong with ${text}, and keep nothing of it`, async () => {
      // What was put before the fault must not come out in the row after it.
      const early = text.replace('{', '{"Bytes":7,"Headers":{"x":1},"Ok":true,');
      const { rows, problems } = await load({ 'Requests.ndjson': `${text}\n${early}\n${goodLine}` });
      assert.deepEqual(rows, { Requests: [goodRow] });
      assert.equal(problems.length, 1);
      assert.ok(
        problems[0]?.startsWith(`Requests.ndjson:1: the line is no JSON object: expected ${wanted};`),
        problems[0],
      );
    });
  }

  it('may end in CRLF, begin with a byte order mark, be blank, and miss the last line end', async () => {
    const text = `\uFEFF${goodLine}\r\n\r\n   \n${goodLine}\r\n  ${goodLine}  `;
    assert.deepEqual(await load({ 'Requests.ndjson': text }), {
      rows: { Requests: [goodRow, goodRow, goodRow] },
      problems: [],
    });
  });

  it('may be longer than a block of the file, and lie across blocks', async () => {
    const sizes = [3_000_000, 10, 900_000, 1_000_000, 5];
    const text = sizes.map((size) => line({ Url: 'x'.repeat(size) })).join('\n');
    const { rows, problems } = await load({ 'Requests.ndjson': text });
    assert.deepEqual(problems, []);
    assert.deepEqual(
      rows.Requests?.map(({ Url }) => String(Url).length),
      sizes,
    );
  });

  it('may be in any language, and hold escapes', async () => {
    const urls = ['/café', '/\u{1F600}', '/a"b\\c\nd', '/plain', '/\u0000'];
    const { rows } = await load({ 'Requests.ndjson': urls.map((Url) => line({ Url })).join('\n') });
    assert.deepEqual(
      rows.Requests?.map(({ Url }) => Url),
      urls,
    );
  });

  it('may name their columns in any order, leave some out, and repeat one: the last counts', async () => {
    const text = [
      '{"TimeGenerated":"2026-03-24T10:20:00Z","Url":"/a","Code":1}',
      '{"Code":2,"Url":"/b","TimeGenerated":"2026-03-24T10:20:00Z"}',
      '{ "Url" : "/c" , "TimeGenerated" : "2026-03-24T10:20:00Z" }',
      '{"TimeGenerated":"2026-03-24T10:20:00Z","Code":3,"Code":4}',
      '{"\\u0043ode":5,"TimeGenerated":"2026-03-24T10:20:00Z"}',
    ].join('\n');
    const { rows, problems } = await load({ 'Requests.ndjson': text });
    assert.deepEqual(problems, []);
    assert.deepEqual(
      rows.Requests?.map(({ Url, Code }) => [Url, Code]),
      [
        ['/a', 1],
        ['/b', 2],
        ['/c', undefined],
        [undefined, 4],
        [undefined, 5],
      ],
    );
  });

  it('may be messages of Event Hubs, whose rows are nested', async () => {
    const text = [
      `{"records":[${goodLine},${goodLine}]}`,
      `{ "records": [ ${goodLine}, 7 ] }`,
      '{"records":[]}',
      `{"records":[${goodLine}]`,
    ].join('\n');
    assert.deepEqual(await load({ 'Requests.ndjson': text }), {
      rows: { Requests: [goodRow, goodRow, goodRow, goodRow] },
      problems: [
        'Requests.ndjson:2: the value 7 stands where a row should; it is left out - a row is an object of column names and values',
        `Requests.ndjson:4: the line is no JSON object: expected '}' and no more at column ${`{"records":[${goodLine}]`.length + 1}; it is left out - one JSON object stands on each line of an .ndjson file`,
      ],
    });
  });

  it('give what JSON.parse gives, whatever their values are', async () => {
    const fields = fc.record(
      {
        Url: fc.string({ unit: 'binary' }),
        Code: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
        Seconds: fc.double({ noNaN: true, noDefaultInfinity: true }),
        Ok: fc.boolean(),
        Other: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fields, { minLength: 1, maxLength: 30 }), async (given) => {
        const { rows } = await load({ 'Requests.ndjson': given.map(line).join('\n') });
        const expected = given.map((row) => {
          const { Other, ...known } = JSON.parse(line(row)) as Record<string, unknown>;
          return { ...known, TimeGenerated: atTicks };
        });
        assert.deepEqual(rows.Requests?.map(sorted), expected.map(sorted));
      }),
      { numRuns: 60 },
    );
  });
});

const sorted = (row: Readonly<Record<string, unknown>>): readonly unknown[] =>
  Object.entries(row)
    .filter(([, value]) => value !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1));

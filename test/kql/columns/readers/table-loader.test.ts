import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import { parseDatetime } from '../../../../src/kql/index.ts';
import { atTicks, goodLine, goodRow, load } from './log-files.ts';

const at = '2026-03-24T10:20:00Z';

describe('cells of a known table', () => {
  const fitting = [
    ['Code', '"200"', 200],
    ['Code', '200.0', 200],
    ['Code', '-2147483648', -2147483648],
    ['Code', 'null', undefined],
    ['Code', '""', undefined],
    ['Bytes', '9223372036854775807', 9223372036854775807n],
    ['Bytes', '-9223372036854775808', -9223372036854775808n],
    ['Bytes', '"12"', 12n],
    ['Bytes', '3.0', 3n],
    ['Seconds', '1', 1],
    ['Seconds', '-1.5e3', -1500],
    ['Seconds', '"0.25"', 0.25],
    ['Ok', 'true', true],
    ['Ok', '"False"', false],
    ['Id', '"74BE27DE-1E4E-49D9-B579-FE0B331D3642"', '74be27de-1e4e-49d9-b579-fe0b331d3642'],
    ['Url', '5', '5'],
    ['Url', '{"a": 1}', '{"a": 1}'],
    ['Headers', '{"a":1}', new Map([['a', 1n]])],
    ['Headers', '"{\\"a\\":1}"', new Map([['a', 1n]])],
    ['Headers', '{"a":"\\"b\\\\"}', new Map([['a', '"b\\']])],
    ['Headers', '"text"', 'text'],
    ['Headers', '"null"', 'null'],
    ['Headers', '"5"', 5n],
    ['Headers', '[1,2]', [1n, 2n]],
    ['TimeGenerated', '"2026-03-24 10:20:00"', atTicks],
    ['TimeGenerated', '"2026-03-24T12:20:00+02:00"', atTicks],
    ['TimeGenerated', '"2026-03-24T10:20:00.1234567Z"', atTicks + 1_234_567n],
    ['TimeGenerated', '"1066-10-14T00:00:00Z"', 336_328_416_000_000_000n],
  ] as const;
  for (const [column, json, value] of fitting) {
    it(`take ${json} as ${column}`, async () => {
      const { rows, problems } = await load({ 'Requests.ndjson': `{"TimeGenerated":"${at}","${column}":${json}}` });
      assert.deepEqual(problems, []);
      assert.deepEqual(rows.Requests?.[0]?.[column], value);
    });
  }

  const misfits = [
    ['Code', '"abc"', 'int', '"abc"'],
    ['Code', '12.5', 'int', '"12.5"'],
    ['Code', '2147483648', 'int', '"2147483648"'],
    ['Code', '{"a":1}', 'int', '"{\\"a\\":1}"'],
    ['Bytes', '9223372036854775808', 'long', '"9223372036854775808"'],
    ['Seconds', '"fast"', 'real', '"fast"'],
    ['Ok', '"maybe"', 'bool', '"maybe"'],
    ['Id', '"x"', 'guid', '"x"'],
    ['TimeGenerated', '"yesterday"', 'datetime', '"yesterday"'],
    ['TimeGenerated', '"2026-02-29T00:00:00Z"', 'datetime', '"2026-02-29T00:00:00Z"'],
    ['TimeGenerated', '"2026-03-24T24:00:00Z"', 'datetime', '"2026-03-24T24:00:00Z"'],
  ] as const;
  for (const [column, json, type, shown] of misfits) {
    it(`refuse ${json} as ${column}, with the whole line and nothing of it left behind`, async () => {
      const others = '"Url":"/bad","Headers":{"x":1},"Bytes":7,"Seconds":1.5,"Ok":true';
      const bad = `{"TimeGenerated":"${at}",${others},"${column}":${json}}`;
      const { rows, problems } = await load({ 'Requests.ndjson': `${goodLine}\n${bad}\n${bad}\n${goodLine}` });
      assert.deepEqual(rows, { Requests: [goodRow, goodRow] });
      assert.deepEqual(problems, [
        `Requests.ndjson:2: ${column} is of type ${type}, ${shown} is not; the line is left out (2 lines, the first is shown) - correct the value, or export the column with the type of the table's schema`,
      ]);
    });
  }

  it('keep their values where a column outgrows doubles in the middle', async () => {
    const values = [1n, -(2n ** 53n), 5n, 2n ** 62n, 0n];
    const text = values.map((value) => `{"TimeGenerated":"${at}","Bytes":${value}}`).join('\n');
    const { rows } = await load({ 'Requests.ndjson': text });
    assert.deepEqual(
      rows.Requests?.map(({ Bytes }) => Bytes),
      values,
    );
  });

  it('keep their rows where most values are distinct, and where few are', async () => {
    const urls = Array.from({ length: 9000 }, (_, index) => (index % 3 === 0 ? '/same' : `/${index}/of-many-paths`));
    const text = urls.map((url, index) => `{"TimeGenerated":"${at}","Url":"${url}","Headers":{"n":${index % 7}}}`);
    const { rows } = await load({ 'Requests.ndjson': text.join('\n') });
    assert.deepEqual(
      rows.Requests?.map(({ Url, Headers }) => [Url, (Headers as Map<string, bigint>).get('n')]),
      urls.map((url, index) => [url, BigInt(index % 7)]),
    );
  });

  it('read times as todatetime() does', async () => {
    const time = fc
      .date({ min: new Date('1980-01-01T00:00:00Z'), max: new Date('2060-01-01T00:00:00Z'), noInvalidDate: true })
      .chain((date) =>
        fc.nat({ max: 7 }).map((digits) => {
          const [seconds = '', fraction = ''] = date.toISOString().slice(0, -1).split('.');
          return digits === 0 ? `${seconds}Z` : `${seconds}.${fraction.padEnd(7, '9').slice(0, digits)}Z`;
        }),
      );
    await fc.assert(
      fc.asyncProperty(fc.array(time, { minLength: 1, maxLength: 40 }), async (times) => {
        const { rows } = await load({
          'Requests.ndjson': times.map((text) => `{"TimeGenerated":"${text}"}`).join('\n'),
        });
        const ascending = times.map((text) => parseDatetime(text) as bigint).sort((a, b) => (a < b ? -1 : 1));
        assert.deepEqual(
          rows.Requests?.map(({ TimeGenerated }) => TimeGenerated),
          ascending,
        );
      }),
      { numRuns: 50 },
    );
  });
});

describe('rows of a known table', () => {
  it('without a time are kept and reported: no rule sees them', async () => {
    const { rows, problems } = await load({ 'Requests.ndjson': `{"Code":1}\n${goodLine}\n{"TimeGenerated":null}` });
    assert.deepEqual(rows, { Requests: [{ Code: 1 }, {}, goodRow] });
    assert.deepEqual(problems, [
      'Requests.ndjson:1: the line has no TimeGenerated: no rule will ever see it (2 lines, the first is shown) - export the column TimeGenerated too',
    ]);
    assert.deepEqual((await load({ 'Hosts.ndjson': '{"Name":"a"}' })).problems, []);
  });

  it('may have fields that the table lacks: noted once a file, the first five by name', async () => {
    const extra = { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, code: 7, TableName: 'x' };
    const text = JSON.stringify({ TimeGenerated: at, ...extra });
    const { rows, problems } = await load({ 'Requests.ndjson': `${text}\n${text}`, 'Requests-2.ndjson': goodLine });
    assert.deepEqual(rows, { Requests: [goodRow, { TimeGenerated: atTicks }, { TimeGenerated: atTicks }] });
    assert.deepEqual(problems, [
      'Requests.ndjson: Requests has no column "a", "b", "c", "d", "e" and 2 more: left out - names are told apart by case; check that the file holds this table',
    ]);
  });

  it('come in the order of time, whatever file they come from', async () => {
    const { rows } = await load({
      'Requests-1.ndjson': '{"TimeGenerated":"2026-03-02T00:00:00Z","Code":2}',
      'Requests-2.csv': 'TimeGenerated,Code\n2026-03-01T00:00:00Z,1\n2026-03-03T00:00:00Z,3\n',
    });
    assert.deepEqual(
      rows.Requests?.map(({ Code }) => Code),
      [1, 2, 3],
    );
  });
});

describe('a table that nobody knows', () => {
  it('takes its columns and their types from the data, and says so', async () => {
    const text = [
      `{"a":1,"b":null,"c":"${at}","d":{"x":1},"e":true,"f":"text"}`,
      '{"a":2.5,"b":"late","A":9}',
      '{"a":3,"e":"no bool"}',
    ].join('\n');
    assert.deepEqual(await load({ 'Other.ndjson': text }), {
      rows: {
        Other: [
          { a: 1, c: atTicks, d: new Map([['x', 1n]]), e: true, f: 'text' },
          { a: 2.5, b: 'late', A: 9n },
        ],
      },
      problems: [
        'Other.ndjson:3: e is of type bool, "no bool" is not; the line is left out - a column of an unknown table has the type of its first value; name the file after its table',
        'Other.ndjson: Other is no table that is known; its 7 columns take their types from the data - name the file after its table (ApiManagementGatewayLogs.ndjson) where it is one',
      ],
    });
  });

  it('has no more columns than Log Analytics allows', async () => {
    const row = Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`c${index}`, index]));
    const { rows, problems } = await load({ 'Other.ndjson': JSON.stringify(row) });
    assert.equal(Object.keys(rows.Other?.[0] ?? {}).length, 500);
    assert.match(
      problems.join('\n'),
      /Other has no column "c500", .* and 95 more: left out - a table has 500 columns at most/,
    );
  });
});

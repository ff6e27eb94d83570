import { strict as assert } from 'node:assert';
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { parquetMetadata, type SchemaElement } from 'hyparquet';
import { loadTables, tableRows } from '../../../../src/kql/index.ts';
import { atTicks, goodLine, goodRow, load, loadFolder, withFiles } from './log-files.ts';
import { atMs, codecs, flatParquet, optional, parquet } from './parquet-files.ts';

const microseconds = { type: 'INT64', converted_type: 'TIMESTAMP_MICROS' } as const;
const times = (count: number) => ({
  element: optional('TimeGenerated', microseconds),
  data: Array.from({ length: count }, () => BigInt(atMs) * 1000n),
});

/** The one column, in a file of a table that is not known: so its type is the file's own. */
async function typeAndValues(file: Buffer): Promise<readonly [string | undefined, readonly unknown[]]> {
  return withFiles({ 'Things.parquet': file }, async (folder) => {
    const { tables, problems } = await loadTables([folder], new Map());
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['schema'],
    );
    const table = tables.get('Things');
    assert.ok(table !== undefined);
    const rows = tableRows({ columns: table.columns, rowCount: table.rows.rowCount, rows: table.rows });
    return [table.columns[0]?.type, rows.map(({ V }) => V)];
  });
}

describe('a Parquet file', () => {
  it('gives the rows of its table, each column in the type of the schema', async () => {
    const file = flatParquet([
      times(2),
      { element: optional('Url', { type: 'BYTE_ARRAY', converted_type: 'UTF8' }), data: ['/a', null] },
      { element: optional('Code', { type: 'INT32' }), data: [200, 404] },
      { element: optional('Bytes', { type: 'INT64' }), data: [9_007_199_254_740_993n, null] },
      { element: optional('Seconds', { type: 'DOUBLE' }), data: [0.25, 3] },
      { element: optional('Ok', { type: 'BOOLEAN' }), data: [true, false] },
      {
        element: optional('Id', { type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16, logical_type: { type: 'UUID' } }),
        data: ['00000000-0000-4000-8000-00000000000a', null],
      },
      { element: optional('Headers', { type: 'BYTE_ARRAY', converted_type: 'JSON' }), data: [{ a: 1 }, null] },
    ]);
    assert.deepEqual(await load({ 'Requests.parquet': file }), {
      rows: {
        Requests: [
          {
            TimeGenerated: atTicks,
            Url: '/a',
            Code: 200,
            Bytes: 9_007_199_254_740_993n,
            Seconds: 0.25,
            Ok: true,
            Id: '00000000-0000-4000-8000-00000000000a',
            Headers: new Map([['a', 1n]]),
          },
          { TimeGenerated: atTicks, Code: 404, Seconds: 3, Ok: false },
        ],
      },
      problems: [],
    });
  });

  it('gives times to the 100 ns tick, whatever unit they are stored in', async () => {
    const at = BigInt(atMs);
    const units = [
      [{ type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' } }, at, 0n],
      [{ type: 'INT64', converted_type: 'TIMESTAMP_MICROS' }, at * 1000n + 7n, 70n],
      [
        { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'NANOS' } },
        at * 1_000_000n + 1234n,
        12n,
      ],
    ] as const;
    for (const [element, stored, ticks] of units) {
      const file = flatParquet([{ element: optional('V', element), data: [stored, null] }]);
      assert.deepEqual(await typeAndValues(file), ['datetime', [atTicks + ticks, null]]);
    }
  });

  it('gives a time before 1970 the tick below it, and not the one nearer to 1970', async () => {
    const element = optional('V', {
      type: 'INT64',
      logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'NANOS' },
    });
    assert.deepEqual(await typeAndValues(flatParquet([{ element, data: [-1n] }])), [
      'datetime',
      [621_355_967_999_999_999n],
    ]);
  });

  it('gives dates, durations and unsigned numbers as the types that hold them', async () => {
    const cases = [
      [{ type: 'INT32', converted_type: 'DATE' }, new Date('2026-03-24'), 'datetime', 639_099_072_000_000_000n],
      [{ type: 'INT32', converted_type: 'TIME_MILLIS' }, 1500, 'timespan', 15_000_000n],
      [{ type: 'INT64', converted_type: 'TIME_MICROS' }, 1_500_000n, 'timespan', 15_000_000n],
      [{ type: 'INT32', converted_type: 'UINT_8' }, 255, 'int', 255],
      [{ type: 'INT32', converted_type: 'UINT_32' }, 4_294_967_295, 'long', 4_294_967_295n],
      [{ type: 'FLOAT' }, 0.5, 'real', 0.5],
    ] as const;
    for (const [element, stored, type, value] of cases) {
      assert.deepEqual(
        await typeAndValues(flatParquet([{ element: optional('V', element), data: [stored] }])),
        [type, [value]],
        JSON.stringify(element),
      );
    }
  });

  it('gives decimals all their digits', async () => {
    for (const [element, unscaled, text] of [
      [{ type: 'INT64', precision: 18 }, 123_456_789_012_345_678n, '12345678901234.5678'],
      [
        { type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16, precision: 38 },
        -(10n ** 30n + 1n),
        '-100000000000000000000000000.0001',
      ],
    ] as const) {
      const decimal = { ...element, converted_type: 'DECIMAL', scale: 4 } as const;
      const [type, read] = await typeAndValues(
        flatParquet([{ element: optional('V', decimal), data: [unscaled, null] }]),
      );
      assert.equal(type, 'decimal');
      assert.deepEqual(
        read.map((value) => (value instanceof Decimal ? value.toFixed() : value)),
        [text, null],
      );
    }
  });

  it('gives lists, structs and maps as dynamics', async () => {
    const file = parquet({
      schema: [
        { name: 'root', num_children: 2 },
        { name: 'V', repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' },
        { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
        { name: 'element', repetition_type: 'OPTIONAL', num_children: 2 },
        { name: 'name', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
        { name: 'count', type: 'INT32', repetition_type: 'OPTIONAL' },
        { name: 'W', repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'MAP' },
        { name: 'key_value', repetition_type: 'REPEATED', num_children: 2 },
        { name: 'key', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
        { name: 'value', type: 'DOUBLE', repetition_type: 'OPTIONAL' },
      ],
      columnData: [
        {
          name: 'V',
          data: [
            [
              { name: 'a', count: 1 },
              { name: null, count: 2 },
            ],
            [],
            null,
          ],
        },
        { name: 'W', data: [{ x: 1.5 }, {}, null] },
      ],
    });
    const { rows } = await load({ 'Things.parquet': file });
    assert.deepEqual(rows.Things, [
      {
        V: [
          new Map<string, unknown>([
            ['name', 'a'],
            ['count', 1n],
          ]),
          new Map<string, unknown>([
            ['name', null],
            ['count', 2n],
          ]),
        ],
        W: new Map([['x', 1.5]]),
      },
      { V: [], W: new Map() },
      {},
    ]);
  });

  it('is read with every codec that the format has and log tools write', async () => {
    const urls = Array.from({ length: 3000 }, (_, index) => `/orders/${index}`);
    const columns = [
      times(3000),
      { element: optional('Url', { type: 'BYTE_ARRAY', converted_type: 'UTF8' }), data: urls },
    ];
    const compressors = codecs;
    for (const codec of ['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'BROTLI', 'ZSTD', 'LZ4_RAW'] as const) {
      const { rows, problems } = await load({ 'Requests.parquet': flatParquet(columns, { codec, compressors }) });
      assert.deepEqual(problems, [], codec);
      assert.deepEqual(
        rows.Requests?.map(({ Url }) => Url),
        urls,
        codec,
      );
    }
  });

  it('with pages of a dictionary, and with more than one row group, gives the rows in their order', async () => {
    const codes = Array.from({ length: 5000 }, (_, index) => [200, 404, null][index % 3] ?? null);
    const urls = codes.map((code) => (code === null ? null : `/status/${code}`));
    const file = flatParquet(
      [
        times(5000),
        { element: optional('Code', { type: 'INT32' }), data: codes },
        { element: optional('Url', { type: 'BYTE_ARRAY', converted_type: 'UTF8' }), data: urls },
      ],
      { rowGroupSize: 700, pageSize: 1000 },
    );
    const { rows, problems } = await load({ 'Requests.parquet': file });
    assert.deepEqual(problems, []);
    assert.deepEqual(
      rows.Requests?.map(({ Code, Url }) => [Code ?? null, Url ?? null]),
      codes.map((code, index) => [code, urls[index]]),
    );
  });

  it('converts a value to the type of its column as files of text do', async () => {
    // pandas makes doubles of whole numbers as soon as one is missing; ADX and scripts write times as text.
    const file = flatParquet([
      {
        element: optional('TimeGenerated', { type: 'BYTE_ARRAY', converted_type: 'UTF8' }),
        data: ['2026-03-24T10:20:00Z', '2026-03-24T10:20:00Z'],
      },
      { element: optional('Code', { type: 'DOUBLE' }), data: [200, null] },
      { element: optional('Bytes', { type: 'BYTE_ARRAY' }), data: ['12', null] },
      { element: optional('Headers', { type: 'BYTE_ARRAY', converted_type: 'UTF8' }), data: ['{"a":[1]}', null] },
    ]);
    assert.deepEqual(await load({ 'Requests.parquet': file }), {
      rows: {
        Requests: [
          { TimeGenerated: atTicks, Code: 200, Bytes: 12n, Headers: new Map([['a', [1n]]]) },
          { TimeGenerated: atTicks },
        ],
      },
      problems: [],
    });
  });
});

describe('a Parquet file that is not as it should be', () => {
  it('loses the rows that do not fit their column, and says which', async () => {
    const codes = ['200', 'many', '404', 'none'];
    const file = flatParquet([times(4), { element: optional('Code', { type: 'BYTE_ARRAY' }), data: codes }], {
      rowGroupSize: 2,
    });
    assert.deepEqual(await load({ 'Requests.parquet': file }), {
      rows: {
        Requests: [
          { TimeGenerated: atTicks, Code: 200 },
          { TimeGenerated: atTicks, Code: 404 },
        ],
      },
      problems: [
        'Requests.parquet:2: Code is of type int, "many" is not; the row is left out (2 lines, the first is shown) - correct the value, or export the column with the type of the table\'s schema',
      ],
    });
  });

  it('with numbers where times should be says so, and takes none of them for a time', async () => {
    const file = flatParquet([{ element: optional('TimeGenerated', { type: 'INT64' }), data: [BigInt(atMs)] }]);
    const { rows, problems } = await load({ 'Requests.parquet': file });
    assert.deepEqual(rows.Requests, []);
    assert.match(problems.join(), /TimeGenerated is of type datetime, "1774347600000" is not; the row is left out/);
  });

  it('with a time after the year 9999 loses that row', async () => {
    const file = flatParquet([
      { element: optional('TimeGenerated', microseconds), data: [2n ** 62n, BigInt(atMs) * 1000n] },
    ]);
    const { rows, problems } = await load({ 'Requests.parquet': file });
    assert.deepEqual(rows.Requests, [{ TimeGenerated: atTicks }]);
    assert.match(problems.join(), /Requests\.parquet:1: TimeGenerated is of type datetime, "\d+ ticks" is not/);
  });

  it('names columns that the table lacks, and those of a type that no log has', async () => {
    const file = flatParquet([
      times(1),
      { element: optional('url', { type: 'BYTE_ARRAY', converted_type: 'UTF8' }), data: ['/a'] },
      {
        element: optional('Id', { type: 'FIXED_LEN_BYTE_ARRAY', type_length: 12 }),
        data: [new Uint8Array(12)],
      },
    ]);
    assert.deepEqual(await load({ 'Requests.parquet': file }), {
      rows: { Requests: [{ TimeGenerated: atTicks }] },
      problems: [
        'Requests.parquet: Id is of the Parquet type FIXED_LEN_BYTE_ARRAY, which is not read; the column is left out - write it as text, or leave it out',
        'Requests.parquet: Requests has no column "url" (but Url): left out - names are told apart by case; check that the file holds this table',
      ],
    });
  });

  it('that is cut off, empty, packed or of another format has one message each', async () => {
    const file = flatParquet([times(3)]);
    const bad = {
      'Requests-1.parquet': file.subarray(0, file.length - 20),
      'Requests-2.parquet': '',
      'Requests-3.parquet': goodLine,
      'Requests-4.parquet': Buffer.concat([Buffer.from('PARE'), file.subarray(4)]),
    };
    const { rows, problems } = await load({ ...bad, 'Requests-5.ndjson': goodLine });
    assert.deepEqual(rows.Requests, [goodRow]);
    assert.deepEqual(problems, [
      'Requests-1.parquet: the file cannot be read as Parquet: it ends before its footer, so it is cut off - export it again, or check what format it is in',
      'Requests-2.parquet: the file holds no rows - check the export, or remove the file',
      'Requests-3.parquet: the file cannot be read as Parquet: it does not begin as a Parquet file does - export it again, or check what format it is in',
      'Requests-4.parquet: the file cannot be read as Parquet: it is encrypted - export it again, or check what format it is in',
    ]);
  });

  it('with a fault in a row group keeps the groups before it, and nothing of that one', async () => {
    const urls = Array.from({ length: 40 }, (_, index) => `/orders/${index}`);
    const file = flatParquet(
      [
        times(40),
        { element: optional('Code', { type: 'INT32' }), data: urls.map(() => 500) },
        { element: optional('Url', { type: 'BYTE_ARRAY', converted_type: 'UTF8' }), data: urls },
      ],
      { rowGroupSize: 10, codec: 'GZIP', compressors: codecs },
    );
    // The pages of Url in the third group; those of the other columns lie before them and are sound.
    const chunk = parquetMetadata(file).row_groups[2]?.columns[2]?.meta_data;
    const pageAt = Number(chunk?.data_page_offset);
    const corrupt = Buffer.from(file).fill(0xff, pageAt, pageAt + Number(chunk?.total_compressed_size));
    const next = '{"TimeGenerated":"2026-03-24T10:20:00Z"}';
    await withFiles({ 'Requests-1.parquet': corrupt, 'Requests-2.ndjson': next }, async (folder) => {
      const { rows, problems } = await loadFolder(folder);
      assert.equal(problems.length, 1);
      assert.match(
        problems[0] ?? '',
        /^Requests-1\.parquet: the file cannot be read as Parquet: .*; the row groups before the fault are used - /,
      );
      const kept = rows.Requests?.filter(({ Url }) => Url !== undefined).map(({ Url }) => Url) ?? [];
      assert.deepEqual(kept, urls.slice(0, 20));
      // What was filled in of the broken group does not show in the rows of the next file.
      assert.deepEqual(rows.Requests?.slice(kept.length), [{ TimeGenerated: atTicks }]);
    });
  });
});

describe('the same rows', () => {
  const row = fc.record({
    Url: fc.option(fc.string({ unit: 'binary', minLength: 1 })),
    Code: fc.option(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
    Bytes: fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
    // JSON has no negative zero.
    Seconds: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)),
    Ok: fc.option(fc.boolean()),
    // Arrays and bags: a text in a dynamic column of JSON lines may be JSON itself, as Azure's exports write it.
    Headers: fc.option(
      fc.oneof(
        fc.array(fc.jsonValue({ maxDepth: 1 }), { maxLength: 3 }),
        fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3 }),
      ),
    ),
  });
  type Row = typeof row extends fc.Arbitrary<infer T> ? T : never;
  const columnOf = (rows: readonly Row[], name: keyof Row, element: Omit<SchemaElement, 'name'>) => ({
    element: optional(name, element),
    data: rows.map((one) => one[name]),
  });
  /** JSON has no bigint; the digits of a long are written as they are. */
  const lineOf = ({ Bytes, ...rest }: Row): string =>
    JSON.stringify({ TimeGenerated: '2026-03-24T10:20:00Z', ...rest }).replace(/\}$/, `,"Bytes":${Bytes}}`);

  it('give the same table as Parquet and as lines of JSON', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), async (rows) => {
        const file = flatParquet(
          [
            times(rows.length),
            columnOf(rows, 'Url', { type: 'BYTE_ARRAY', converted_type: 'UTF8' }),
            columnOf(rows, 'Code', { type: 'INT32' }),
            columnOf(rows, 'Bytes', { type: 'INT64' }),
            columnOf(rows, 'Seconds', { type: 'DOUBLE' }),
            columnOf(rows, 'Ok', { type: 'BOOLEAN' }),
            columnOf(rows, 'Headers', { type: 'BYTE_ARRAY', converted_type: 'JSON' }),
          ],
          { rowGroupSize: 7 },
        );
        const [fromParquet, fromJson] = [
          await load({ 'Requests.parquet': file }),
          await load({ 'Requests.ndjson': rows.map(lineOf).join('\n') }),
        ];
        assert.deepEqual(fromParquet, fromJson);
      }),
      { numRuns: 60 },
    );
  });
});

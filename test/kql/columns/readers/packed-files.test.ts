import { strict as assert } from 'node:assert';
import { gzipSync } from 'node:zlib';
import { atTicks, goodLine, goodRow, load } from './log-files.ts';

const lines = Array.from({ length: 3000 }, (_, index) => `{"TimeGenerated":"2026-03-24T10:20:00Z","Code":${index}}`);
const packed = gzipSync(`${lines.join('\n')}\n`);

/** How many rows came, each of them as it was written: the codes count up from 0. */
function countRows(rows: readonly Readonly<Record<string, unknown>>[] | undefined): number {
  assert.deepEqual(
    rows?.map(({ Code }) => Code),
    Array.from({ length: rows?.length ?? 0 }, (_, index) => index),
  );
  return rows?.length ?? 0;
}

describe('a packed file', () => {
  it('that is cut off gives the rows before the cut, and one message', async () => {
    for (const share of [0.3, 0.6, 0.95]) {
      const { rows, problems } = await load({ 'Requests.ndjson.gz': packed.subarray(0, packed.length * share) });
      const count = countRows(rows.Requests);
      assert.ok(count > 3000 * share * 0.5 && count < 3000, `${count} rows of ${share}`);
      assert.deepEqual(problems, [
        'Requests.ndjson.gz: the .gz ends before its data does; the lines before the cut are used - copy or export the file again',
      ]);
    }
  });

  it('that is corrupt gives no row that was not there, and one message', async () => {
    const corrupt = Buffer.from(packed);
    corrupt.fill(0xff, packed.length / 2, packed.length / 2 + 200);
    const { rows, problems } = await load({ 'Requests.ndjson.gz': corrupt });
    assert.ok(countRows(rows.Requests) < 3000);
    assert.equal(problems.length, 1);
    assert.match(
      problems[0] ?? '',
      /^Requests\.ndjson\.gz: the \.gz cannot be unpacked \([^)]+\); the lines before the fault are used - check that/,
    );
  });

  it('in another format and cut off has one message, too', async () => {
    const array = gzipSync(`[${lines.join(',\n')}]`);
    const table = gzipSync(
      `TimeGenerated,Code\n${lines.map((_, index) => `2026-03-24T10:20:00Z,${index}`).join('\n')}\n`,
    );
    for (const [name, bytes] of [
      ['Requests.json.gz', array],
      ['Requests.csv.gz', table],
    ] as const) {
      const { rows, problems } = await load({ [name]: bytes.subarray(0, bytes.length * 0.6) });
      assert.ok(countRows(rows.Requests) > 500, name);
      assert.deepEqual(problems, [
        `${name}: the .gz ends before its data does; the lines before the cut are used - copy or export the file again`,
      ]);
    }
  });

  it('that is not packed says so', async () => {
    const { rows, problems } = await load({ 'Requests.ndjson.gz': goodLine });
    assert.deepEqual(rows, { Requests: [] });
    assert.deepEqual(problems, [
      'Requests.ndjson.gz: the .gz cannot be unpacked (incorrect header check); the lines before the fault are used - check that the file is gzip, or export it again',
    ]);
  });

  it('is known by its bytes where its name does not say it', async () => {
    const { rows, problems } = await load({ 'Requests.ndjson': packed });
    assert.deepEqual([countRows(rows.Requests), problems], [3000, []]);
  });

  it('may be several packed files in one, as gzip allows', async () => {
    const { rows } = await load({
      'Requests.ndjson.gz': Buffer.concat([gzipSync(`${goodLine}\n`), gzipSync(goodLine)]),
    });
    assert.deepEqual(rows, { Requests: [goodRow, goodRow] });
  });
});

describe('a file in UTF-16', () => {
  for (const [order, swap] of [
    ['little', false],
    ['big', true],
  ] as const) {
    it(`of ${order} endian, as PowerShell writes it, is read`, async () => {
      const bytes = Buffer.from(`\uFEFF{"TimeGenerated":"2026-03-24T10:20:00Z","Url":"/café"}\r\n`, 'utf16le');
      const content = swap ? bytes.swap16() : bytes;
      assert.deepEqual(await load({ 'Requests.ndjson': content }), {
        rows: { Requests: [{ TimeGenerated: atTicks, Url: '/café' }] },
        problems: [],
      });
    });
  }
});

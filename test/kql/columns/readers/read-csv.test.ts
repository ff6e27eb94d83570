import { strict as assert } from 'node:assert';
import { atTicks, load } from './log-files.ts';

const at = '2026-03-24T10:20:00Z';

describe('a .csv file', () => {
  it('has quoted fields with commas, quotes and line breaks in them; a ragged line is left out, with its line', async () => {
    const text = [
      'TimeGenerated,Url,Code',
      `${at},"/a,""b""\nc",200`,
      `${at},/short`,
      `${at},/long,200,1`,
      '',
      `${at},"/d\n\n",404`,
      `${at},"/e\n",many`,
    ].join('\n');
    assert.deepEqual(await load({ 'Requests.csv': text }), {
      rows: {
        Requests: [
          { TimeGenerated: atTicks, Url: '/a,"b"\nc', Code: 200 },
          { TimeGenerated: atTicks, Url: '/d\n\n', Code: 404 },
        ],
      },
      problems: [
        'Requests.csv:4: the line has 2 fields, the header 3; it is left out (2 lines, the first is shown) - every line of a CSV file has as many fields as its header; quote fields that hold commas',
        'Requests.csv:10: Code is of type int, "many" is not; the line is left out - correct the value, or export the column with the type of the table\'s schema',
      ],
    });
  });

  it('with a stray quote loses that line only', async () => {
    const { rows, problems } = await load({ 'Requests.csv': `TimeGenerated,Url\n${at},/a\n${at},/b"c\n${at},/d\n` });
    assert.deepEqual(
      rows.Requests?.map(({ Url }) => Url),
      ['/a', '/d'],
    );
    assert.deepEqual(problems, [
      'Requests.csv:3: a quote stands inside a field; the line is left out - quote fields that hold quotes, commas or line breaks, and double the quotes in them (RFC 4180)',
    ]);
  });

  it('with a quote that is never closed names the line where it opens', async () => {
    const text = `TimeGenerated,Url\n${at},/a\n${at},"/b\n${at},/c\n${at},/d\n`;
    const { rows, problems } = await load({ 'Requests.csv': text });
    assert.deepEqual(rows, { Requests: [{ TimeGenerated: atTicks, Url: '/a' }] });
    assert.deepEqual(problems, [
      'Requests.csv:3: a quote that opens here is never closed; what follows is left out - quote fields that hold quotes, commas or line breaks, and double the quotes in them (RFC 4180)',
    ]);
  });

  it('of the portal names times with [UTC] and writes them month first with AM and PM', async () => {
    const text = [
      '\uFEFF"TimeGenerated [UTC]",Url,Code',
      '"3/24/2026, 10:20:00.000 AM",/a,200',
      '"3/24/2026, 12:00:00.000 AM",/b,200',
      '"3/24/2026, 12:00:00.123 PM",/c,200',
      '',
    ].join('\r\n');
    assert.deepEqual(await load({ 'Requests.csv': text }), {
      rows: {
        Requests: [
          { TimeGenerated: atTicks - 372_000_000_000n, Url: '/b', Code: 200 },
          { TimeGenerated: atTicks, Url: '/a', Code: 200 },
          { TimeGenerated: atTicks + 60_001_230_000n, Url: '/c', Code: 200 },
        ],
      },
      problems: [],
    });
  });

  it('of the portal in another language is not guessed at: its day may stand before the month', async () => {
    const text = 'TimeGenerated [UTC]\n"3/4/2026, 10:20:00.000"\n';
    assert.deepEqual(await load({ 'Requests.csv': text }), {
      rows: { Requests: [] },
      problems: [
        'Requests.csv:2: TimeGenerated is of type datetime, "3/4/2026, 10:20:00.000" is not; the line is left out - correct the value, or export the column with the type of the table\'s schema',
      ],
    });
  });

  for (const zone of ['Local Time', 'UTC+02:00']) {
    it(`of the portal in ${zone} is refused: its times would be hours off`, async () => {
      const text = `"TimeGenerated [${zone}]",Url\n"3/24/2026, 10:20:00.000 AM",/a\n`;
      assert.deepEqual(await load({ 'Requests.csv': text.repeat(40_000) }), {
        rows: { Requests: [] },
        problems: [
          `Requests.csv:1: the times of "TimeGenerated [${zone}]" are not in UTC; the file is left out - set the time zone of the portal to UTC and export again`,
        ],
      });
    });
  }

  it('may name a column twice, and columns that differ in case only', async () => {
    assert.deepEqual(await load({ 'Requests.csv': `TimeGenerated,Url,Url,url,TIMEGENERATED\n${at},/a,/b,/c,x\n` }), {
      rows: { Requests: [{ TimeGenerated: atTicks, Url: '/b' }] },
      problems: [
        'Requests.csv:1: the header names "Url" twice; the last is used - export each column once',
        'Requests.csv: Requests has no column "url" (but Url), "TIMEGENERATED" (but TimeGenerated): left out - names are told apart by case; check that the file holds this table',
      ],
    });
  });

  it('has texts only: those of a table that nobody knows stay texts, but for times', async () => {
    const { rows } = await load({ 'Other.csv': `When,Name,Count\n${at},a,1\n` });
    assert.deepEqual(rows, { Other: [{ When: atTicks, Name: 'a', Count: '1' }] });
  });
});

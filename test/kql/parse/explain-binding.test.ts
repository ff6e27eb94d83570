import assert from 'node:assert/strict';
import { type Catalog, KqlError, runQuery } from '../../../src/kql/index.ts';

const columns = [
  { name: 'TimeGenerated', type: 'datetime' },
  { name: 'IPAddress', type: 'string' },
] as const;

const catalog: Catalog = {
  tables: new Map(['SigninLogs', 'SecurityAlert'].map((name) => [name, { columns, scan: () => [] }])),
  functions: new Map([['FailedLogins', '(least: long = 3) { SigninLogs }']]),
};

async function hintOf(query: string): Promise<string | undefined> {
  try {
    await runQuery(query, catalog, { nowTicks: 0n });
  } catch (error) {
    if (error instanceof KqlError) return error.hint;
    throw error;
  }
  throw new assert.AssertionError({ message: `${query} ran` });
}

describe('the hint of an unknown name', () => {
  const hints: readonly (readonly [string, string, string])[] = [
    ['a table', 'SigninLog | take 1', 'did you mean SigninLogs?'],
    ['a table in a union', 'union SigninLogs, SecurityAlrt', 'did you mean SecurityAlert?'],
    ['a table by its name as text', 'table("SigninLog")', 'did you mean SigninLogs?'],
    ['a column', 'SigninLogs | where IPAdress == "a"', 'did you mean IPAddress?'],
    [
      'a column that an operator made',
      'SigninLogs | extend Failures = 1 | where Failurs > 1',
      'did you mean Failures?',
    ],
    ['a let statement', 'let threshold = 3; SigninLogs | where 1 > treshold', 'did you mean threshold?'],
    ['a function', 'SigninLogs | where strln(IPAddress) > 1', 'did you mean strlen?'],
    ['a saved function', 'FailedLogin(2)', 'did you mean FailedLogins?'],
    ['an operator', 'SigninLogs | wher true', 'did you mean where?'],
    ['a plugin', 'SigninLogs | evaluate bag_unpak(x)', 'did you mean bag_unpack?'],
  ];
  for (const [what, query, hint] of hints) {
    it(`of ${what} names what is near`, async () => {
      assert.equal(await hintOf(query), hint);
    });
  }

  it('is none where nothing is near', async () => {
    assert.equal(await hintOf('SigninLogs | where Zzzzzzzz == 1'), undefined);
  });
});

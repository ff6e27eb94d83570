import { strict as assert } from 'node:assert';
import { messagesOfQuery } from '../fixtures.ts';

const source = 'AGWFirewallLogs | ';

describe('the look-back of a query', () => {
  const reaching: readonly (readonly [query: string, period: string, asked: string | undefined])[] = [
    ['where TimeGenerated > ago(2h)', '2h', undefined],
    ['where TimeGenerated > ago(121m)', '2h', '121m'],
    ['where TimeGenerated >= now() - 3h', '2h', '3h'],
    ['where TimeGenerated >= now(-3h)', '2h', '3h'],
    ['where ago(3h) < TimeGenerated', '2h', '3h'],
    ['where TimeGenerated between (ago(3d) .. ago(1h))', '2h', '3d'],
    ['where TimeGenerated < ago(3h)', '2h', '3h'],
    ['where bin(TimeGenerated, 20m) >= bin(now() - 3h, 20m)', '2h', '3h'],
    ['where TimeGenerated >= datetime_add("hour", -3, now())', '2h', '3h'],
    ['where TimeGenerated >= ago(3 * 1h)', '2h', '3h'],
    ['extend Window = bin(TimeGenerated, 20m) | where Window > ago(3h)', '2h', '3h'],
    ['project Seen = TimeGenerated | where Seen > ago(3h)', '2h', '3h'],
    ['summarize First = min(TimeGenerated) by ClientIp | where First > ago(3h)', '2h', '3h'],
    ['summarize arg_max(TimeGenerated, *) by ClientIp | where TimeGenerated > ago(3h)', '2h', '3h'],
    ['make-series N = count() on TimeGenerated from ago(3d) to now() step 1h by ClientIp', '2h', '3d'],
    ['where TimeGenerated > startofday(ago(2h))', '2h', undefined],
    ['where Message has "ago(3h)" // and ago(9d)', '2h', undefined],
    ['summarize Mean = avg(TimeGenerated) by ClientIp | where Mean > ago(3h)', '2h', undefined],
    ['extend Expiry = todatetime(Message) | where Expiry > ago(30d)', '2h', undefined],
  ];
  for (const [query, queryPeriod, asked] of reaching) {
    it(`of ${query} ${asked === undefined ? 'is within' : `is ${asked}, beyond`} ${queryPeriod}`, async () => {
      const found = await messagesOfQuery('rule-look-back', source + query, { queryPeriod });
      const expected = `the query asks for ${asked}, but is given the last ${queryPeriod}`;
      assert.deepEqual(found, asked === undefined ? [] : [expected]);
    });
  }

  it('is followed through let, union, join, lookup and toscalar', async () => {
    const queries = [
      'let From = ago(3h); let Rows = AGWFirewallLogs | where TimeGenerated > From; Rows | count',
      'union (AGWFirewallLogs | project TimeGenerated), (AzureActivity | project TimeGenerated) | where TimeGenerated > ago(3h)',
      'AGWFirewallLogs | join kind=leftsemi (AzureActivity | where TimeGenerated > ago(3h)) on $left.ClientIp == $right.CallerIpAddress',
      'AGWFirewallLogs | where ClientIp in ((AzureActivity | where TimeGenerated > ago(3h) | project CallerIpAddress))',
      'AGWFirewallLogs | where ClientPort > toscalar(AzureActivity | where TimeGenerated > ago(3h) | count)',
    ];
    for (const query of queries) {
      assert.deepEqual(
        await messagesOfQuery('rule-look-back', query, { queryPeriod: '2h' }),
        ['the query asks for 3h, but is given the last 2h'],
        query,
      );
    }
  });
});

describe('the window of a rule that is given more than runs are apart', () => {
  const windows: readonly (readonly [
    query: string,
    code: 'rule-gap' | 'rule-repeats' | 'rule-late-data',
    looks: string | undefined,
  ])[] = [
    ['where TimeGenerated > ago(70m) and TimeGenerated <= ago(10m)', 'rule-repeats', undefined],
    ['where TimeGenerated > ago(71m) and TimeGenerated <= ago(10m)', 'rule-repeats', '61m'],
    ['where TimeGenerated > ago(69m) and TimeGenerated <= ago(10m)', 'rule-gap', '59m'],
    ['where TimeGenerated > ago(70m) and TimeGenerated <= ago(10m)', 'rule-gap', undefined],
    ['where TimeGenerated > ago(1h)', 'rule-late-data', '1h'],
    ['where TimeGenerated > ago(70m) and TimeGenerated <= ago(10m)', 'rule-late-data', undefined],
    ['where TimeGenerated > ago(59m)', 'rule-gap', '59m'],
    ['where TimeGenerated > ago(70m)', 'rule-repeats', '70m'],
    ['summarize count() by ClientIp', 'rule-repeats', '80m'],
    ['where TimeGenerated <= ago(10m)', 'rule-repeats', '70m'],
    ['where TimeGenerated <= ago(20m)', 'rule-repeats', undefined],
    ['where TimeGenerated > ago(80m) | where ingestion_time() > ago(1h)', 'rule-repeats', undefined],
    // The baseline ends where the window begins; that is no end of the window.
    [
      'join kind=leftsemi (AGWFirewallLogs | where TimeGenerated < ago(1h) | summarize by ClientIp) on ClientIp | where TimeGenerated > ago(1h)',
      'rule-late-data',
      '1h',
    ],
  ];
  for (const [query, code, looks] of windows) {
    it(`of ${query}: ${code} ${looks === undefined ? 'is not said' : `says ${looks}`}`, async () => {
      const found = await messagesOfQuery(code, source + query);
      assert.deepEqual(
        found.map((message) => message.split(':')[0]),
        looks === undefined ? [] : [`the query looks at ${looks}, and runs every 1h`],
      );
    });
  }
});

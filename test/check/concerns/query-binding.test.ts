import { strict as assert } from 'node:assert';
import { parse } from 'yaml';
import { issuesOf, issuesOfRule, messagesOfQuery, pack } from '../fixtures.ts';

const path = 'analytics-rules/waf-sql-injection.yaml';
const text = pack.find((file) => file.path === path)?.text ?? '';

describe('the binding of a query', () => {
  it('lists every error with the line and column of the file where it stands, and what may have been meant', async () => {
    const broken = text
      .replace('Transactions = count(),', 'Transactions = count2(),')
      .replace('| where Transactions >= 3', '| where Transactionss >= 3 and Hst == ""');
    const issues = (await issuesOf({ path, text: broken })).filter(({ code }) => code === 'query-binding');
    const placeOf = (part: string): readonly [number, number] => {
      const before = broken.slice(0, broken.indexOf(part)).split('\n');
      return [before.length, (before.at(-1) ?? '').length + 1];
    };
    assert.deepEqual(
      issues.map(({ line, column }) => [line, column]),
      [placeOf('count2()'), placeOf('Transactionss >= 3'), placeOf('Hst ==')],
    );
    assert.match(issues[0]?.message ?? '', /^The name 'count2' does not refer to any known function\./);
    assert.ok(issues.every(({ hint }) => /^[A-Z].*[.?]$/.test(hint)));
  });

  it('offers the names that are near to a wrong one', async () => {
    const [issue] = (
      await issuesOfRule((rule) => {
        rule.query = 'ApiManagementGatewayLog | count';
      })
    ).filter(({ code }) => code === 'query-binding');
    assert.match(issue?.hint ?? '', /^Did you mean ApiManagementGatewayLogs/);
  });

  it('has the line of a query that is not written line by line', async () => {
    const { query, ...rest } = parse(text) as { readonly query: string };
    const folded = `${JSON.stringify({ ...rest, query: `${query}| where Nothing == 1` })}\n`;
    const issues = (await issuesOf({ path, text: folded })).filter(({ code }) => code === 'query-binding');
    assert.deepEqual(
      issues.map(({ line, column }) => [line, column]),
      [[1, undefined]],
    );
  });

  const clean: readonly (readonly [query: string, missing: readonly string[]])[] = [
    ['AzureDiagnostics | where ruleId_s == "1"', ['ruleId_s']],
    ['AzureDiagnostics | where httpStatus_d == 1 and isAccessPolicyMatch_b', ['httpStatus_d', 'isAccessPolicyMatch_b']],
    ['AzureDiagnostics | where endTime_t > now() | where transactionId_g != ""', ['endTime_t', 'transactionId_g']],
    ['AzureDiagnostics | extend A = ruleId_s | where A == "1"', ['ruleId_s']],
    ['AzureDiagnostics | where column_ifexists("ruleId_s", "") == "1"', []],
    ['AzureDiagnostics | where Category == "x" and OperationName == "y" and _ResourceId != ""', []],
    ['AGWFirewallLogs | extend ruleId_s = RuleId | where ruleId_s == "1"', []],
  ];
  for (const [query, missing] of clean) {
    it(`in a clean workspace fails for ${missing.join(' and ') || 'nothing'}: ${query}`, async () => {
      const found = await messagesOfQuery('query-clean-workspace', query);
      assert.deepEqual(
        found.map((message) => /'(\w+)'/.exec(message)?.[1]),
        missing,
      );
      assert.deepEqual(await messagesOfQuery('query-binding', query), []);
    });
  }

  it('in a clean workspace fails for columns of a bag that nobody has filled', async () => {
    const bag = 'SecurityAlert | extend P = parse_json(ExtendedProperties) | evaluate bag_unpack(P)';
    assert.equal((await messagesOfQuery('query-clean-workspace', `${bag} | project Actor`)).length, 1);
    const careful = `${bag} | project Actor = column_ifexists("Actor", "")`;
    assert.deepEqual(await messagesOfQuery('query-clean-workspace', careful), []);
  });

  for (const [name, query] of [
    ['another workspace', 'workspace("other").AGWFirewallLogs | count'],
    ['a watchlist with columns of its own', '_GetWatchlist("addresses") | project SearchKey'],
  ] as const) {
    it(`is not claimed for ${name}`, async () => {
      assert.deepEqual(await messagesOfQuery('query-binding', query), []);
      const [message, ...others] = await messagesOfQuery('query-unproven', query);
      assert.match(message ?? '', /^the query cannot be run here: \w+\(\) reads what no schema here describes$/);
      assert.deepEqual(others, []);
    });
  }

  it('is not shaken by such a name in a text or a comment', async () => {
    const query = 'AGWFirewallLogs // workspace("x")\n| where Message has "app(" and TimeGenerated > ago(70m)';
    assert.deepEqual(await messagesOfQuery('query-unproven', query), []);
  });
});

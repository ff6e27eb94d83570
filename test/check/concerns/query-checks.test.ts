import { strict as assert } from 'node:assert';
import { issuesOf, messagesOfQuery, pack } from '../fixtures.ts';

type Case = readonly [query: string, found: boolean];

describe('comparisons of numbers with text', () => {
  const cases: readonly Case[] = [
    ['ApiManagementGatewayLogs | where ResponseCode == 200', false],
    ['ApiManagementGatewayLogs | where ResponseCode == "200"', true],
    ['ApiManagementGatewayLogs | where "200" == ResponseCode', true],
    ['ApiManagementGatewayLogs | where ResponseCode != "200"', true],
    ['ApiManagementGatewayLogs | where ResponseCode !in (200, "201")', true],
    ['ApiManagementGatewayLogs | where ResponseCode in (200, 201)', false],
    ['ApiManagementGatewayLogs | where tostring(ResponseCode) == "200"', false],
    ['let Codes = dynamic(["200"]); ApiManagementGatewayLogs | where ResponseCode in (Codes)', true],
    ['let Codes = dynamic([200]); ApiManagementGatewayLogs | where ResponseCode in (Codes)', false],
    ['AGWFirewallLogs | where RuleId in (942100)', true],
    ['AGWFirewallLogs | where RuleId in ("942100")', false],
    ['AGWFirewallLogs | where toint(RuleId) >= 942100', false],
    ['AGWFirewallLogs | where RuleId startswith "942"', false],
    ['AGWFirewallLogs | extend Bad = iff(RuleId == 1, 1, 0)', true],
    ['AGWFirewallLogs | summarize N = countif(RuleId == 1)', true],
    ['AGWFirewallLogs | where DetailedData has "1" and ClientPort > 80', false],
    ['AGWFirewallLogs | where parse_json(Message).code == 1', false],
  ];
  for (const [query, found] of cases) {
    it(`${found ? 'are found' : 'are not seen'} in ${query}`, async () => {
      assert.equal((await messagesOfQuery('query-comparison', query)).length, found ? 1 : 0);
    });
  }
});

describe('values that a column never has', () => {
  const cases: readonly Case[] = [
    ['AGWFirewallLogs | where RuleSetType == "SQLI"', true],
    ['AGWFirewallLogs | where RuleSetType has "SQL Injection"', true],
    ['AGWFirewallLogs | where tolower(RuleSetType) in ("xss", "other")', true],
    ['AGWFirewallLogs | project Group = RuleSetType | where Group startswith "REQUEST-942"', true],
    ['AGWFirewallLogs | where RuleSetType == "OWASP CRS"', false],
    ['AGWFirewallLogs | where RuleSetType in ("Microsoft_DefaultRuleSet", "Microsoft_BotManagerRuleSet")', false],
    ['AGWFirewallLogs | where Message has "SQL Injection"', false],
    ['AzureDiagnostics | where column_ifexists("ruleSetType_s", "") has "Injection"', true],
  ];
  for (const [query, found] of cases) {
    it(`${found ? 'are found' : 'are not seen'} in ${query}`, async () => {
      assert.equal((await messagesOfQuery('query-value', query)).length, found ? 1 : 0);
    });
  }
});

describe('values that stand for half of what is meant', () => {
  const front = 'AzureDiagnostics | where Category';
  const cases: readonly Case[] = [
    ['AGWFirewallLogs | where Action == "Blocked"', true],
    ['AGWFirewallLogs | where Action =~ "blocked"', true],
    ['AGWFirewallLogs | where Action in ("Blocked", "Detected")', false],
    ['AGWFirewallLogs | where Action == "Blocked" or Action has "Detect"', false],
    ['AGWFirewallLogs | where Action == "Matched"', false],
    ['AGWFirewallLogs | where Action != "Blocked"', false],
    ['AzureDiagnostics | extend A = tostring(column_ifexists("action_s", "")) | where A == "Blocked"', true],
    [`${front} == "FrontdoorWebApplicationFirewallLog"`, true],
    [`${front} =~ "FrontdoorWebApplicationFirewallLog"`, false],
    [`${front} in ("FrontdoorWebApplicationFirewallLog", "FrontDoorWebApplicationFirewallLog")`, false],
    [`${front} == "FrontDoorWebApplicationFirewallLog"`, false],
    ['AzureDiagnostics | where ResourceType == "FRONTDOORS"', true],
    ['AzureDiagnostics | where ResourceType in ("FRONTDOORS", "PROFILES")', false],
  ];
  for (const [query, found] of cases) {
    it(`${found ? 'are found' : 'are not seen'} in ${query}`, async () => {
      assert.equal((await messagesOfQuery('query-value-missing', query)).length, found ? 1 : 0);
    });
  }
});

describe('a log in its older form', () => {
  const older = 'AzureDiagnostics | where Category == "ApplicationGatewayFirewallLog"';
  const cases: readonly Case[] = [
    [older, true],
    [`union (${older}), AGWFirewallLogs`, false],
    ['AGWFirewallLogs', false],
    ['AzureDiagnostics | where Category in ("ApplicationGatewayAccessLog")', true],
    ['AzureDiagnostics | where Category == "FrontDoorAccessLog"', false],
    ['AzureDiagnostics | where Category == "GatewayLogs"', true],
  ];
  for (const [query, found] of cases) {
    it(`${found ? 'alone is found' : 'is not found'} in ${query}`, async () => {
      assert.equal((await messagesOfQuery('rule-log-mode', query)).length, found ? 1 : 0);
    });
  }

  it('alone is what a workspace asks for whose configuration says so', async () => {
    const path = 'analytics-rules/waf-sql-injection.yaml';
    const text = (pack.find((file) => file.path === path)?.text ?? '').replace(
      /^query: \|\n(?: {2}.*\n|\n)+/m,
      `query: |\n  ${older}\n`,
    );
    const codes = async (config: string): Promise<readonly string[]> =>
      (await issuesOf({ path, text }, { path: 'pack.config.yaml', text: config })).map(({ code }) => code);
    assert.ok((await codes('logMode: both\n')).includes('rule-log-mode'));
    assert.ok(!(await codes('logMode: azure-diagnostics\n')).includes('rule-log-mode'));
  });
});

describe('rows that are left to chance', () => {
  const cases: readonly Case[] = [
    ['AGWFirewallLogs | take 5', true],
    ['AGWFirewallLogs | sample 5', true],
    ['AGWFirewallLogs | summarize count() by ClientIp | limit 5', true],
    ['AGWFirewallLogs | sort by TimeGenerated asc | take 5', false],
    ['AGWFirewallLogs | sort by TimeGenerated asc | where RuleId == "1" | project ClientIp | take 5', false],
    ['AGWFirewallLogs | sort by TimeGenerated asc | summarize count() by ClientIp | take 5', true],
    ['AGWFirewallLogs | top 5 by TimeGenerated', false],
    ['let N = toscalar(AGWFirewallLogs | take 1 | project ClientPort); AGWFirewallLogs | where ClientPort == N', true],
    ['AGWFirewallLogs // | take 5', false],
  ];
  for (const [query, found] of cases) {
    it(`${found ? 'are found' : 'are not seen'} in ${query}`, async () => {
      assert.equal((await messagesOfQuery('rule-arbitrary-rows', query)).length, found ? 1 : 0);
    });
  }
});

describe('joins without a bound', () => {
  const activity = 'AzureActivity | project ClientIp = CallerIpAddress, Caller';
  const oneEach = `${activity} | summarize Callers = dcount(Caller) by ClientIp`;
  const cases: readonly (readonly [query: string, message: RegExp | undefined])[] = [
    [
      `AGWFirewallLogs | join kind=inner (${activity}) on ClientIp`,
      /^the join can multiply rows: .* for each ClientIp$/,
    ],
    [`AGWFirewallLogs | join kind=leftouter (${activity}) on ClientIp`, /multiply/],
    [`AGWFirewallLogs | lookup (${activity}) on ClientIp`, /multiply/],
    [`AGWFirewallLogs | join (${activity}) on ClientIp`, undefined],
    [`AGWFirewallLogs | join kind=leftsemi (${activity}) on ClientIp`, undefined],
    [`AGWFirewallLogs | join kind=inner (${oneEach}) on ClientIp`, undefined],
    [`AGWFirewallLogs | summarize N = count() by ClientIp | join kind=inner (${activity}) on ClientIp`, undefined],
    [`AGWFirewallLogs | join kind=inner (${oneEach} | where Callers > 1 | extend X = 1) on ClientIp`, undefined],
    [
      `AGWFirewallLogs | join kind=inner (${oneEach} | project Address = ClientIp) on $left.ClientIp == $right.Address`,
      undefined,
    ],
    [`AGWFirewallLogs | join kind=inner (${oneEach} | extend ClientIp = tolower(ClientIp)) on ClientIp`, /multiply/],
    [
      'AGWFirewallLogs | join kind=inner (AGWFirewallLogs | summarize count() by ClientIp, Hostname) on ClientIp',
      /multiply/,
    ],
    [
      'AGWFirewallLogs | join kind=inner (AGWFirewallLogs | summarize count() by ClientIp, Hostname) on ClientIp, Hostname',
      undefined,
    ],
    ['AGWFirewallLogs | extend K = 1 | join kind=inner (AzureActivity | extend K = 1) on K', /its key is a constant$/],
    ['AGWFirewallLogs | extend K = 1 | join (AzureActivity | project K = 1, Caller) on K', /its key is a constant$/],
    [
      'AGWFirewallLogs | lookup (datatable(ClientIp:string, Name:string)["192.0.2.1", "office"]) on ClientIp',
      undefined,
    ],
  ];
  for (const [query, message] of cases) {
    it(`${message === undefined ? 'are not seen' : 'are found'} in ${query}`, async () => {
      const found = await messagesOfQuery('query-join', query);
      assert.equal(found.length, message === undefined ? 0 : 1);
      if (message !== undefined) assert.match(found[0] ?? '', message);
    });
  }
});

describe('what a rule may not read', () => {
  const cases: readonly (readonly [query: string, message: string | undefined, kind?: 'NRT'])[] = [
    ['union A*', 'the query reads'],
    ['search "x"', 'the query reads'],
    ['search in (AGWFirewallLogs) "x"', undefined],
    ['adx("https://help.kusto.windows.net/Samples").StormEvents', 'the query holds adx() or cluster()'],
    ['cluster("help").database("Samples").StormEvents', 'the query holds adx() or cluster()'],
    ['workspace("other").AGWFirewallLogs', undefined],
    ['workspace("other").AGWFirewallLogs', 'the query holds workspace()', 'NRT'],
    ['AGWFirewallLogs | where Message has "workspace(x)"', undefined, 'NRT'],
  ];
  for (const [query, message, kind] of cases) {
    it(`${kind ?? 'Scheduled'}: ${query} ${message === undefined ? 'is allowed' : 'is found'}`, async () => {
      const schedule = {
        queryFrequency: undefined,
        queryPeriod: undefined,
        triggerOperator: undefined,
        triggerThreshold: undefined,
      };
      const found = await messagesOfQuery('rule-query-banned', query, kind === 'NRT' ? { kind, ...schedule } : {});
      assert.equal(found.length, message === undefined ? 0 : 1, found.join());
      assert.ok(
        found.every((text) => text.startsWith(message ?? '')),
        found.join(),
      );
    });
  }
});

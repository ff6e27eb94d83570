import { strict as assert } from 'node:assert';
import { stringify } from 'yaml';
import { brief, issuesOf, issuesOfRule, type Json, pack } from './fixtures.ts';

const set =
  (fields: Json) =>
  (rule: Json): void => {
    Object.assign(rule, fields);
  };
const ruleAt = (path: string): string => pack.find((file) => file.path === path)?.text ?? '';

describe('checks of a rule', function () {
  // The first of them loads and warms the binder.
  this.timeout(60_000);

  it('find nothing in the pack as it is generated', async () => {
    assert.deepEqual(await issuesOf(...pack), []);
  });

  const timing = [
    [{ queryFrequency: '4m' }, ['rule-timing: runs every 4m', 'rule-timing: looks back 14d every 4m']],
    [{ queryPeriod: '15d' }, ['rule-timing: looks back 15d']],
    [
      { queryPeriod: '4m', queryFrequency: '5m' },
      ['rule-timing: looks back 4m', 'rule-timing: looks back 4m, but runs every 5m'],
    ],
    [{ queryPeriod: '59m' }, ['rule-timing: looks back 59m, but runs every 1h']],
    [{ queryPeriod: '2d', queryFrequency: '59m' }, ['rule-timing: looks back 2d every 59m']],
    [{ queryPeriod: '60m' }, ['rule-late-data: looks back 60m, just as far as it runs']],
    [{ queryPeriod: '61m' }, []],
    [{ queryPeriod: '47h', queryFrequency: '5m' }, []],
    [{ queryPeriod: '14d', queryFrequency: '1h' }, []],
  ] as const;
  for (const [fields, expected] of timing) {
    it(`of ${JSON.stringify(fields)} say ${expected.length === 0 ? 'nothing' : expected.join('; ')}`, async () => {
      const found = brief(await issuesOfRule(set(fields))).filter((text) =>
        /^rule-(?:timing|late-data: looks)/.test(text),
      );
      assert.deepEqual(found.toSorted(), [...expected].sort());
    });
  }

  it('find a technique that serves none of the tactics, and one that nobody knows', async () => {
    assert.deepEqual(brief(await issuesOfRule(set({ relevantTechniques: ['T1499', 'T1190'] }))), [
      'rule-technique: T1190 serves none of Impact',
    ]);
    assert.deepEqual(brief(await issuesOfRule(set({ relevantTechniques: ['T9999'] }))), [
      'rule-technique: T9999 serves none of Impact',
    ]);
    assert.deepEqual(await issuesOfRule(set({ relevantTechniques: ['T1499.002'] })), []);
  });

  it('find connectors and tables that do not exist, and tables that the query does not read', async () => {
    const connectors = (connectorId: string, table: string) =>
      set({ requiredDataConnectors: [{ connectorId, dataTypes: [table] }] });
    assert.deepEqual(brief(await issuesOfRule(connectors('Azure', 'ApiManagementGatewayLogs'))), [
      'rule-connector: Azure is not a known connector',
    ]);
    assert.deepEqual(brief(await issuesOfRule(connectors('AzureActivity', 'ApiManagementLogs'))), [
      'rule-connector: ApiManagementLogs is not a known table',
    ]);
    assert.deepEqual(brief(await issuesOfRule(connectors('AzureActivity', 'AzureActivity'))), [
      'rule-table-unread: the query does not read AzureActivity',
    ]);
  });

  const mapping = (entityType: string, ...identifiers: readonly string[]) =>
    set({
      entityMappings: [
        { entityType, fieldMappings: identifiers.map((identifier) => ({ identifier, columnName: 'Endpoint' })) },
      ],
    });
  const mappings = [
    [mapping('IP', 'Address'), []],
    [mapping('IP', 'Url'), ['rule-entity: IP has no identifier Url', 'rule-entity: IP is not identified']],
    [mapping('Account', 'UPNSuffix'), ['rule-entity: Account is not identified']],
    [mapping('Account', 'Name', 'UPNSuffix'), []],
    [mapping('FileHash', 'Value'), ['rule-entity: FileHash is not identified']],
    [mapping('FileHash', 'Value', 'Algorithm'), []],
    [mapping('URL', 'Url', 'Url'), ['rule-entity: Url is mapped twice']],
  ] as const;
  for (const [change, expected] of mappings) {
    it(`of an entity mapping say ${expected.length === 0 ? 'nothing' : expected.join('; ')}`, async () => {
      assert.deepEqual(brief(await issuesOfRule(change)), expected);
    });
  }

  it('find a column of the old entity mapping that has no mapping of its type', async () => {
    const query = 'ApiManagementGatewayLogs | extend IPCustomEntity = CallerIpAddress';
    const legacy = async (fields: Json) => brief(await issuesOfRule(set(fields))).filter((text) => /legacy/.test(text));
    assert.deepEqual(await legacy({ query }), ['rule-entity-legacy: IPCustomEntity has no mapping']);
    const withMapping = {
      entityMappings: [{ entityType: 'IP', fieldMappings: [{ identifier: 'Address', columnName: 'A' }] }],
    };
    assert.deepEqual(await legacy({ query, ...withMapping }), []);
  });

  const queries = [
    ['ApiManagementGatewayLogs | union *', ['rule-query-banned: the query holds union *']],
    ['union isfuzzy = true * | where ApiManagementGatewayLogs', ['rule-query-banned: the query holds union *']],
    [
      'search * | where $table == "ApiManagementGatewayLogs"',
      [
        'rule-table-unread: the query does not read ApiManagementGatewayLogs',
        'rule-query-banned: the query holds search *',
      ],
    ],
    ['ApiManagementGatewayLogs // union * and search *', []],
    ['ApiManagementGatewayLogs | where Url has "search *"', []],
    ['ApiManagementGatewayLogs | extend A = 2 * 3, search = 1', []],
  ] as const;
  for (const [query, expected] of queries) {
    it(`of ${query} say ${expected.length === 0 ? 'nothing' : expected.join('; ')}`, async () => {
      const found = brief(await issuesOfRule(set({ query }))).filter((text) => text.startsWith('rule-query'));
      assert.deepEqual(
        found,
        expected.filter((text) => text.startsWith('rule-query')),
      );
    });
  }

  it('find threat indicators that are read in an old, inactive or expired state', async () => {
    const read =
      'ApiManagementGatewayLogs | join ThreatIntelligenceIndicator on $left.CallerIpAddress == $right.NetworkIP';
    const indicators = async (query: string) =>
      brief(await issuesOfRule(set({ query }))).filter((text) => /^rule-query/.test(text));
    assert.deepEqual(await indicators(read), [
      'rule-query-indicators: ThreatIntelligenceIndicator is read without arg_max(TimeGenerated, *) by IndicatorId, Active, ExpirationDateTime',
    ]);
    const careful = `ApiManagementGatewayLogs | join (ThreatIntelligenceIndicator
      | summarize arg_max(TimeGenerated, *) by IndicatorId
      | where Active and ExpirationDateTime > now()) on $left.CallerIpAddress == $right.NetworkIP`;
    assert.deepEqual(await indicators(careful), []);
  });

  const styles = [
    [{ name: 'x'.repeat(50) }, []],
    [{ name: 'x'.repeat(51) }, ['rule-style: the name has 51 characters']],
    [{ name: 'Spike in traffic.' }, ['rule-style: the name ends with a period']],
    [{ name: 'Spike In Traffic' }, ['rule-style: the name is in title case']],
    [{ name: 'SQL injection' }, []],
    [{ description: 'Finds spikes.' }, ['rule-style: the description does not say first what the rule finds']],
    [{ description: 'This query searches for spikes.' }, []],
  ] as const;
  for (const [fields, expected] of styles) {
    it(`of ${JSON.stringify(fields)} say ${expected.length === 0 ? 'nothing' : expected.join('; ')}`, async () => {
      assert.deepEqual(brief(await issuesOfRule(set(fields))), expected);
    });
  }

  it('find incidents that are grouped by a detail which no alert has', async () => {
    assert.deepEqual(brief(await issuesOfRule((rule) => delete (rule.customDetails as Json).StatusClass)), [
      'rule-detail-unknown: there is no custom detail StatusClass',
    ]);
  });

  it('find a column of a dynamic property that the query does not yield, or that is no score', async () => {
    const dynamic = (...properties: readonly (readonly [alertProperty: string, value: string])[]) =>
      issuesOfRule((rule) => {
        (rule.alertDetailsOverride as Json).alertDynamicProperties = properties.map(([alertProperty, value]) => ({
          alertProperty,
          value,
        }));
      });
    assert.deepEqual(await dynamic(['RemediationSteps', 'Endpoint'], ['ConfidenceScore', 'Deviation']), []);
    const issues = await dynamic(['AlertLink', 'Link'], ['ConfidenceScore', 'Endpoint']);
    assert.deepEqual(brief(issues), [
      "rule-column: the query does not yield Link, the alert's AlertLink",
      "rule-column-type: Endpoint is the alert's ConfidenceScore, but of type string",
    ]);
    assert.deepEqual(
      brief(await dynamic(['Colour', 'Endpoint'])).map((text) => text.split(' must')[0]),
      ['schema-shape: alertDetailsOverride.alertDynamicProperties.0.alertProperty'],
    );
  });

  it('find two rules with one id or one name', async () => {
    const first = 'analytics-rules/waf-sql-injection.yaml';
    const copy = { path: 'analytics-rules/z-copy.yaml', text: ruleAt(first) };
    assert.deepEqual(brief(await issuesOf({ path: first, text: ruleAt(first) }, copy)), [
      `rule-id-duplicate: id "3d6c5a07-f2e9-4b1d-a8c4-5e73f10b62d9" is also that of ${first}`,
      `rule-name-duplicate: name "SQL injection seen by the WAF" is also that of ${first}`,
    ]);
  });

  it('find a rule file with a name that the repository does not expect', async () => {
    const text = ruleAt('analytics-rules/waf-sql-injection.yaml');
    assert.deepEqual(brief(await issuesOf({ path: 'analytics-rules/WAF_SQL.yaml', text })), [
      'rule-file-name: is no name for a rule file',
    ]);
    assert.deepEqual(brief(await issuesOf({ path: 'analytics-rules/waf.yml', text })), [
      'rule-file-name: is no name for a rule file',
    ]);
  });

  it('find text that upstream rejects, with its line', async () => {
    const texts = {
      'non-ascii': 'Identifies caf\u00e9s.',
      'text-branding': 'Identifies what Azure Sentinel misses.',
      'text-link-locale': 'Identifies https://learn.microsoft.com/en-us/azure/sentinel/.',
    };
    for (const [code, description] of Object.entries(texts)) {
      const issues = await issuesOfRule(set({ description }));
      assert.deepEqual(
        issues.map((issue) => [issue.code, issue.line]),
        [[code, 3]],
      );
    }
  });

  it('name the line of the value that is wrong', async () => {
    const text = stringify({ id: 'x', name: 'y' });
    const issues = await issuesOf({ path: 'analytics-rules/a.yaml', text });
    assert.ok(issues.some(({ line, message }) => line === 1 && message.startsWith('id ')));
    const [timing] = await issuesOfRule(set({ queryPeriod: '30d' }));
    const [entity] = await issuesOfRule(mapping('IP', 'Address', 'Address'));
    assert.deepEqual([timing?.line, (entity?.line ?? 0) > 40], [15, true]);
  });
});

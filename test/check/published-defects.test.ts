import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brief, issuesOf } from './fixtures.ts';

const folder = join(import.meta.dirname, 'defects');

const defect = (slug: string) => ({
  path: `analytics-rules/${slug}.yaml`,
  text: readFileSync(join(folder, `${slug}.yaml`), 'utf8'),
});

/** What is said of each rule in defects/, and of nothing else in it: apart from the defect they are as they should be. */
const expected: Readonly<Record<string, readonly string[]>> = {
  'alert-without-details': ['rule-details-missing: the rule has no custom details'],
  'column-that-was-never-logged': [
    "query-clean-workspace: The name 'ruleGroup_s' does not refer to any known column, table, variable or function. [KS142]",
    "query-clean-workspace: The name 'clientIp_s' does not refer to any known column, table, variable or function. [KS142]",
  ],
  'entity-column-missing': ['rule-column: the query does not yield ClientIp, Address of an entity of type IP'],
  'entity-from-a-set': ['rule-column-type: Urls is Url of an entity of type URL, but of type dynamic'],
  'front-door-classic-only': [
    'query-value-missing: the log of Front Door (classic) is read, that of Standard and Premium is spelled with a capital D',
  ],
  'industrial-technique': [
    'rule-technique: ImpairProcessControl is a tactic of ATT&CK for ICS',
    'rule-technique: T0806 is a technique of ATT&CK for ICS',
  ],
  'look-back-beyond-the-period': [
    'rule-late-data: looks back 5m, just as far as it runs',
    'rule-look-back: the query asks for 7d, but is given the last 5m',
  ],
  'older-form-of-the-log-only': ['rule-log-mode: ApplicationGatewayFirewallLog is read from AzureDiagnostics only'],
  'override-column-missing': ['rule-column: the query does not yield Host, a placeholder of alertDisplayNameFormat'],
  'prevention-mode-only': [
    'query-value-missing: attacks are found by Blocked alone, which a firewall in detection mode never logs',
  ],
  'rule-group-as-rule-set': [
    'query-value: "REQUEST-913-SCANNER-DETECTION": RuleSetType names the rule set (OWASP CRS, Microsoft_DefaultRuleSet), not a group of its rules',
  ],
  'rule-id-as-number': ['query-comparison: RuleId in (942100, 942110) compares text with a number'],
  'status-code-as-text': ['query-comparison: ResponseCode in ("401", "403") compares a number with text'],
  'threshold-by-take': ['rule-arbitrary-rows: the query keeps any rows that come first'],
  'unresolved-names': [
    "query-binding: The name 'SessionBlockedRatio' does not refer to any known column, table, variable or function. [KS142]",
    "query-binding: The name 'VendorSessions_CL' does not refer to any known table, tabular variable or function. [KS204]",
  ],
};

describe('defects that published rules have had', () => {
  it('each have a rule here', () => {
    assert.deepEqual(
      readdirSync(folder).toSorted(),
      Object.keys(expected).map((slug) => `${slug}.yaml`),
    );
  });

  for (const [slug, issues] of Object.entries(expected)) {
    it(`are found: ${slug.replaceAll('-', ' ')}`, async () => {
      assert.deepEqual(brief(await issuesOf(defect(slug))), issues);
    });
  }

  it('are found: two rules of one name', async () => {
    const [first, second] = [defect('rule-id-as-number'), defect('rule-group-as-rule-set')];
    const name = /^name: (.*)$/m.exec(first.text)?.[1] ?? '';
    const twin = { ...second, text: second.text.replace(/^name: .*$/m, `name: ${name}`) };
    const issues = brief(await issuesOf(first, twin)).filter((issue) => issue.startsWith('rule-name'));
    assert.deepEqual(issues, [`rule-name-duplicate: name ${JSON.stringify(name)} is also that of ${first.path}`]);
  });

  it('are named at the line of the query where they stand', async () => {
    const lineOf = (slug: string, text: string): number =>
      defect(slug)
        .text.split('\n')
        .findIndex((line) => line.includes(text)) + 1;
    for (const [slug, text] of [
      ['rule-id-as-number', 'RuleId in'],
      ['look-back-beyond-the-period', 'ago(7d)'],
      ['threshold-by-take', '| take'],
      ['unresolved-names', 'SessionBlockedRatio'],
      ['column-that-was-never-logged', '| where ruleGroup_s'],
      ['prevention-mode-only', 'Action =='],
    ] as const) {
      const lines = (await issuesOf(defect(slug))).map(({ line }) => line);
      assert.ok(lines.includes(lineOf(slug, text)), `${slug}: ${lines.join(', ')}`);
    }
  });
});

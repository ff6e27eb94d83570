import { strict as assert } from 'node:assert';
import { formatCosts } from '../../src/check/formats/costs.ts';
import { formatJson } from '../../src/check/formats/json.ts';
import { formatJunit } from '../../src/check/formats/junit.ts';
import { formatSarif } from '../../src/check/formats/sarif.ts';
import { formatText } from '../../src/check/formats/text.ts';
import { issue, issueKinds } from '../../src/check/issue.ts';
import type { CheckReport } from '../../src/check/run-checks.ts';

const report: CheckReport = {
  costs: [{ path: 'analytics-rules/a.yaml', runsADay: 24, rowsARun: 10, valuesARun: 20, valuesADay: 480 }],
  releasedVersions: '{}\n',
  fileCount: 3,
  ruleCount: 2,
  issues: [
    issue('rule-timing', { path: 'analytics-rules/a.yaml', line: 12 }, 'looks back 15d', 'Stay between 5m and 14d.'),
    issue(
      'query-binding',
      { path: 'analytics-rules/a.yaml', line: 18, column: 46 },
      "The name 'X' is unknown",
      'Did you mean Y?',
    ),
    issue('rule-style', { path: 'analytics-rules/a.yaml', line: 3 }, 'the name ends with a period', 'Leave it out.'),
    issue('file-syntax', { path: 'package/b c.json' }, 'bad <token> & "quote" \u0000', 'Correct the JSON.'),
  ],
};
const nothing: CheckReport = { ...report, issues: [] };

describe('formats of a check', () => {
  it('costs: lists the dearest rule first, with digits in groups whatever the language', () => {
    const cheap = { path: 'b.yaml', runsADay: 1440, rowsARun: 0, valuesARun: 0, valuesADay: 0 };
    const dear = {
      path: 'long-name.yaml',
      runsADay: 24,
      rowsARun: 14048611,
      valuesARun: 126437499,
      valuesADay: 3034499976,
    };
    assert.equal(
      formatCosts([cheap, dear], 'assuming nothing'),
      `
What the rules read, assuming nothing:

rule            runs a day  rows a run  values a run   values a day
long-name.yaml          24  14,048,611   126,437,499  3,034,499,976
b.yaml               1,440           0             0              0
`,
    );
  });

  it('text: names file, line, severity, code and what to do', () => {
    assert.equal(
      formatText(report),
      `analytics-rules/a.yaml
      12  error    rule-timing            looks back 15d
          Stay between 5m and 14d.
   18:46  error    query-binding          The name 'X' is unknown
          Did you mean Y?
       3  warning  rule-style             the name ends with a period
          Leave it out.

package/b c.json
          error    file-syntax            bad <token> & "quote" \u0000
          Correct the JSON.

3 files checked, 2 rules among them: 3 errors, 1 warning.
`,
    );
    assert.equal(formatText(nothing), '3 files checked, 2 rules among them: 0 errors, 0 warnings.\n');
  });

  it('json: is the report', () => {
    const { fileCount, ruleCount, issues, costs } = report;
    assert.deepEqual(JSON.parse(formatJson(report)), { fileCount, ruleCount, issues: [...issues], costs });
  });

  it('sarif: refers each result to its rule and place', () => {
    const { version, runs } = JSON.parse(formatSarif(report));
    const [{ tool, results }] = runs;
    assert.equal(version, '2.1.0');
    assert.equal(tool.driver.rules.length, Object.keys(issueKinds).length);
    assert.equal(tool.driver.rules[results[0].ruleIndex].id, 'rule-timing');
    assert.deepEqual(results[0], {
      ruleId: 'rule-timing',
      ruleIndex: results[0].ruleIndex,
      level: 'error',
      message: { text: 'looks back 15d. Stay between 5m and 14d.' },
      locations: [
        { physicalLocation: { artifactLocation: { uri: 'analytics-rules/a.yaml' }, region: { startLine: 12 } } },
      ],
    });
    assert.deepEqual(results[1].locations[0].physicalLocation.region, { startLine: 18, startColumn: 46 });
    assert.deepEqual(results[3].locations, [{ physicalLocation: { artifactLocation: { uri: 'package/b%20c.json' } } }]);
  });

  it('junit: counts a code without an issue as passed, and escapes what XML cannot hold', () => {
    const xml = formatJunit(report);
    const codes = Object.keys(issueKinds).length;
    assert.match(xml, new RegExp(`<testsuites tests="${codes}" failures="4">`));
    assert.equal(xml.match(/<testcase /g)?.length, codes);
    assert.ok(xml.includes('package/b c.json:1: bad &lt;token&gt; &amp; &quot;quote&quot; \ufffd. Correct the JSON.'));
    assert.doesNotMatch(formatJunit(nothing), /<failure/);
  });
});

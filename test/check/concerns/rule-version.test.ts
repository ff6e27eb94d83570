import { strict as assert } from 'node:assert';
import { parse, stringify } from 'yaml';
import type { SourceText } from '../../../src/check/content-file.ts';
import { releasedVersionsPath } from '../../../src/check/released-versions.ts';
import { runChecks } from '../../../src/check/run-checks.ts';
import { brief, issuesOf, type Json, pack } from '../fixtures.ts';

const path = 'analytics-rules/waf-sql-injection.yaml';
const rules = pack.filter((file) => file.path.startsWith('analytics-rules/'));
const text = rules.find((file) => file.path === path)?.text ?? '';

/** What is said of the one rule against the record of a release of it, changed as the functions do. */
async function issuesAfter(change: (rule: Json) => void, release: (rule: Json) => void = () => undefined) {
  const released = rewrite(release);
  const { releasedVersions } = await runChecks([{ path, text: released }]);
  return brief(await issuesOf({ path, text: rewrite(change) }, { path: releasedVersionsPath, text: releasedVersions }));
}

function rewrite(change: (rule: Json) => void): string {
  const rule = parse(text) as Json;
  change(rule);
  return stringify(rule);
}

const set =
  (fields: Json) =>
  (rule: Json): void => {
    Object.assign(rule, fields);
  };

describe('a released rule', () => {
  const cases: readonly (readonly [what: string, change: Json, issues: readonly string[], release?: Json])[] = [
    ['that stays as it is needs no version', {}, []],
    [
      'that changes its severity needs a new version',
      { severity: 'High' },
      ['rule-version: the rule has changed since 1.0.0 was released'],
    ],
    [
      'that changes a word of its description needs a new version',
      { description: 'Identifies other things.' },
      ['rule-version: the rule has changed since 1.0.0 was released'],
    ],
    ['that changes with a new version is fine', { severity: 'High', version: '1.0.1' }, []],
    ['may have a new version for nothing', { version: '2.0.0' }, []],
    [
      'with an older version is no update',
      { severity: 'High', version: '1.9.0' },
      ['rule-version: 1.9.0 is older than the released 1.10.0'],
      { version: '1.10.0' },
    ],
    ['counts versions as numbers', { severity: 'High', version: '1.10.0' }, [], { version: '1.9.0' }],
    [
      'keeps its id',
      { id: '00000000-1111-4222-8333-444444444444', version: '2.0.0' },
      ['rule-id-change: the id is not that of the released rule'],
    ],
  ];
  for (const [what, change, issues, release] of cases) {
    it(what, async () => {
      assert.deepEqual(await issuesAfter(set(change), set(release ?? {})), issues);
    });
  }

  it('may be written otherwise: order and comments are no change', async () => {
    const { releasedVersions } = await runChecks([{ path, text }]);
    const reversed = Object.fromEntries(Object.entries(parse(text) as Json).toReversed());
    const source = { path, text: `# a comment\n${stringify(reversed)}` };
    assert.deepEqual(await issuesOf(source, { path: releasedVersionsPath, text: releasedVersions }), []);
  });

  it('that is gone is said at its line of the record, and one that was renamed is not gone', async () => {
    const { releasedVersions } = await runChecks(rules);
    const record = { path: releasedVersionsPath, text: releasedVersions };
    const without = rules.filter((file) => file.path !== path);
    const [issue, ...others] = await issuesOf(...without, record);
    assert.deepEqual(others, []);
    assert.deepEqual([issue?.code, issue?.path], ['rule-withdrawn', releasedVersionsPath]);
    assert.match(releasedVersions.split('\n')[(issue?.line ?? 0) - 1] ?? '', /"waf-sql-injection"/);
    assert.deepEqual(await issuesOf(...without, { path: 'analytics-rules/waf-sqli.yaml', text }, record), []);
  });
});

describe('the record of a release', () => {
  it('is the same bytes for the same rules, in whatever order they come', async () => {
    const [forwards, backwards] = await Promise.all([rules, rules.toReversed()].map((files) => runChecks(files)));
    assert.equal(forwards?.releasedVersions, backwards?.releasedVersions);
    const { rules: recorded } = JSON.parse(forwards?.releasedVersions ?? '') as { rules: Json };
    const slugs = rules.map((file: SourceText) => file.path.slice('analytics-rules/'.length, -'.yaml'.length));
    assert.deepEqual(Object.keys(recorded), slugs.toSorted());
  });

  it('that has been edited by hand is refused', async () => {
    const record = { path: releasedVersionsPath, text: '{"rules":{"a":{"id":"x","version":"1","sha256":""}}}' };
    const issues = await issuesOf(record);
    assert.ok(issues.length > 0 && issues.every(({ code, hint }) => code === 'schema-shape' && hint !== ''));
  });
});

import { strict as assert } from 'node:assert';
import { issuesOf } from './fixtures.ts';

describe('files that cannot be parsed', () => {
  it('are reported with their line, and the other files are checked', async () => {
    const issues = await issuesOf(
      { path: 'analytics-rules/a.yaml', text: 'id: x\nname: [y\n' },
      { path: 'package/repository/AnalyticsRules/b.json', text: '{\n  "a": 1,\n  oops\n}' },
      { path: 'pack.config.yaml', text: 'topology: direct\nlogMode: none\n' },
    );
    assert.deepEqual(
      issues.map(({ code, path, line }) => [code, path, line]),
      [
        ['file-syntax', 'analytics-rules/a.yaml', 3],
        ['config-setting', 'pack.config.yaml', 2],
        ['file-syntax', 'package/repository/AnalyticsRules/b.json', 3],
      ],
    );
  });

  it('are reported where they end too early', async () => {
    const [issue] = await issuesOf({ path: 'package/azuredeploy.json', text: '{\n  "a": 1,\n' });
    assert.deepEqual([issue?.code, issue?.line], ['file-syntax', 3]);
  });

  it('are reported where they hold something else than a rule', async () => {
    for (const text of ['', '- a', 'text', 'null']) {
      const issues = await issuesOf({ path: 'analytics-rules/a.yaml', text });
      assert.deepEqual([...new Set(issues.map(({ code }) => code))], ['schema-shape'], JSON.stringify(text));
    }
  });

  it('name a setting of a rule or playbook that does not exist, with its line', async () => {
    const text = 'rules:\n  api-traffic-population-spike:\n    parameters:\n      calls: 3\nplaybooks: {}\n';
    const [issue, ...others] = await issuesOf({ path: 'pack.config.yaml', text });
    assert.deepEqual(others, []);
    assert.deepEqual([issue?.code, issue?.line], ['config-setting', 4]);
    const [playbook] = await issuesOf({ path: 'pack.config.yaml', text: 'playbooks:\n  block-everybody: {}\n' });
    assert.deepEqual([playbook?.code, playbook?.line], ['config-setting', 2]);
  });
});

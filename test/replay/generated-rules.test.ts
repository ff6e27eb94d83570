import assert from 'node:assert/strict';
import { knownSchemas } from '../../scripts/load-logs.ts';
import { createKqlQueryEngine } from '../../src/replay/kql-query-engine.ts';
import { loadRuleFiles } from '../../src/replay/load-rule-files.ts';
import { readRules } from '../../src/replay/read-rules.ts';
import { columnsTaken } from '../../src/replay/rule-columns.ts';

describe('the generated rules', function () {
  this.timeout(30_000);
  const nowTicks = 638_000_000_000_000_000n;
  const window = { fromTicks: 0n, toTicks: 0n, nowTicks, executedTicks: nowTicks, by: 'TimeGenerated' } as const;

  it('are all read, bound and run in a workspace without any data, and return what their alerts take', async () => {
    const { rules, problems } = readRules(await loadRuleFiles('analytics-rules'));
    assert.deepEqual(problems, []);
    assert.ok(rules.length >= 6);
    const engine = createKqlQueryEngine(new Map(), knownSchemas);
    for (const rule of rules) {
      const { columns, rows } = await engine.prepare(rule.query).run(window);
      assert.deepEqual(rows, [], rule.slug);
      const names = new Set(columns.map(({ name }) => name));
      assert.deepEqual(
        [...columnsTaken(rule)].filter((name) => !names.has(name)),
        [],
        rule.slug,
      );
    }
  });
});

import { strict as assert } from 'node:assert';
import { type AnyRuleDefinition, decimalNumber, defineRule, wholeNumber } from '../../src/content/define-rule.ts';
import { definitions } from '../../src/content/index.ts';
import { kql } from '../../src/content/kql.ts';
import { defaultPackConfig, type PackConfig, readPackConfig } from '../../src/content/pack-config.ts';
import { resolveRule, resolveRules } from '../../src/content/resolve-rule.ts';
import { nearRealTime } from '../../src/content/schedule.ts';

const rule = defineRule({
  slug: 'many-calls',
  id: '11111111-2222-4333-8444-555555555555',
  version: '1.0.0',
  name: 'Many calls',
  description: 'Identifies many calls.',
  severity: 'Low',
  attack: { Impact: ['T1499'] },
  owasp: [],
  needs: () => [],
  schedule: nearRealTime(),
  parameters: { calls: wholeNumber(100, 'calls'), ratio: decimalNumber(1.5, 'times') },
  query: ({ calls, ratio }) => kql`T | where Calls > ${calls} and Ratio > ${ratio}`,
  entities: [],
  details: [],
  alert: { title: 't', description: 'd' },
  events: 'SingleAlert',
  incident: { kind: 'one-per-alert' },
  response: [],
});

const withSettings = (settings: PackConfig['rules'][string]): PackConfig => ({
  ...defaultPackConfig,
  rules: { 'many-calls': settings },
});

describe('resolveRule', () => {
  it('puts the definition’s thresholds into the query where the configuration says nothing', () => {
    assert.equal(resolveRule(rule, defaultPackConfig).query, 'T | where Calls > 100 and Ratio > 1.5\n');
  });

  it('puts the configuration’s thresholds, severity, state and prefix before the definition’s', () => {
    const config = { ...withSettings({ enabled: false, severity: 'High', parameters: { calls: 7 } }) };
    const { query, severity, enabled, name } = resolveRule(rule, { ...config, names: { prefix: 'Test: ' } });
    assert.deepEqual(
      { query, severity, enabled, name },
      {
        query: 'T | where Calls > 7 and Ratio > 1.5\n',
        severity: 'High',
        enabled: false,
        name: 'Test: Many calls',
      },
    );
  });

  it('takes the least value that a parameter allows', () => {
    const { query } = resolveRule(rule, withSettings({ parameters: { calls: 1, ratio: 0 } }));
    assert.equal(query, 'T | where Calls > 1 and Ratio > 0\n');
  });

  const refused = [
    [{ calls: 1.5 }, 'a fraction of a call'],
    [{ calls: 0 }, 'a threshold that everything passes'],
    [{ ratio: -1 }, 'a negative ratio'],
    [{ ratio: Number.POSITIVE_INFINITY }, 'an infinite ratio'],
    [{ cals: 7 }, 'a parameter that the rule does not have'],
    [{ constructor: 7 } as unknown as Record<string, number>, 'a parameter with the name of an inherited property'],
  ] as const;
  for (const [parameters, what] of refused) {
    it(`refuses ${what}`, () => {
      assert.throws(() => resolveRule(rule, withSettings({ parameters: parameters as Record<string, number> })), {
        code: 'config-parameter',
        path: ['rules', 'many-calls', 'parameters', Object.keys(parameters)[0]],
      });
    });
  }

  it('refuses settings of a rule that does not exist', () => {
    assert.throws(() => resolveRules([rule], { ...defaultPackConfig, rules: { 'many-cals': {} } }), {
      code: 'config-rule',
      path: ['rules', 'many-cals'],
    });
  });

  it('refuses two rules with one slug or one id: the later would replace the earlier', () => {
    const sameId: AnyRuleDefinition = { ...rule, slug: 'other', id: rule.id.toUpperCase() };
    const sameSlug: AnyRuleDefinition = { ...rule, id: '99999999-2222-4333-8444-555555555555' };
    assert.throws(() => resolveRules([rule, sameId], defaultPackConfig), { code: 'duplicate-id' });
    assert.throws(() => resolveRules([rule, sameSlug], defaultPackConfig), { code: 'duplicate-slug' });
  });
});

describe('defineRule', () => {
  it('refuses a technique under a tactic that it does not serve', () => {
    assert.throws(() => defineRule({ ...rule, attack: { Discovery: ['T1499'] } }), { code: 'attack-technique' });
  });

  it('refuses a technique that ATT&CK’s table does not know', () => {
    assert.throws(() => defineRule({ ...rule, attack: { Impact: ['T9999'] } }), { code: 'attack-technique' });
  });

  it('takes a sub-technique for its technique', () => {
    assert.doesNotThrow(() => defineRule({ ...rule, attack: { Impact: ['T1499.002'] } }));
  });
});

describe('the rules', () => {
  const environments = [
    {},
    { topology: 'direct' },
    { topology: 'front-door', forwardedHop: 'last' },
    { logMode: 'resource-specific' },
    {
      logMode: 'azure-diagnostics',
      allowList: {
        addresses: ['192.0.2.0/24', '2001:db8::/32'],
        endpoints: ['GET /health" or true //', 'GET /\u00e4'],
      },
    },
  ];
  for (const settings of environments) {
    it(`fit the 10,000 ASCII characters of a rule in ${JSON.stringify(settings)}`, () => {
      for (const { slug, query } of resolveRules(definitions.rules, readPackConfig(settings))) {
        assert.ok(query.length <= 10_000, `${slug}: ${query.length}`);
        assert.match(query, /^[\n -~]+$/, slug);
        assert.doesNotMatch(query, /\n[ ]*\n/, slug);
      }
    });
  }

  it('hold a hostile entry of the allow-list as a text that nothing escapes from', () => {
    const endpoint = 'GET /a"); union * // \\" \n| take 0';
    const [spike] = resolveRules(definitions.rules, readPackConfig({ allowList: { endpoints: [endpoint] } }));
    assert.ok(spike?.query.includes(String.raw`| where Endpoint !in~ ("GET /a\"); union * // \\\" \u000a| take 0")`));
  });

  it('read the form of the WAF’s log that the workspace holds', () => {
    const tables = (settings: unknown): string[] => {
      const query = resolveRules(definitions.rules, readPackConfig(settings)).find(
        ({ slug }) => slug === 'waf-sql-injection',
      )?.query;
      return ['AGWFirewallLogs', 'ApplicationGatewayFirewallLog', 'FrontDoorWebApplicationFirewallLog'].filter((name) =>
        query?.includes(name),
      );
    };
    assert.deepEqual(tables({}), ['AGWFirewallLogs', 'ApplicationGatewayFirewallLog']);
    assert.deepEqual(tables({ logMode: 'resource-specific' }), ['AGWFirewallLogs']);
    assert.deepEqual(tables({ logMode: 'azure-diagnostics' }), ['ApplicationGatewayFirewallLog']);
    assert.deepEqual(tables({ topology: 'front-door' }), ['FrontDoorWebApplicationFirewallLog']);
  });
});

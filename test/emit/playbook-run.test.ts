import assert from 'node:assert/strict';
import { contain, type Outcome, otherRule, ownRule, policyWith } from './generated-playbook.ts';
import type { Json } from './parse-expression.ts';

/*
 * The generated workflow, run action by action against an Azure of a few lines. What this does not run: retries and time
 * limits of the host, its parallelism, real answers of Azure. Attackers lie beside the documentation ranges, which are
 * reserved themselves.
 */

type Policy = { tags: Json; properties: { customRules: { [field: string]: Json }[] } };

const attacker = { Address: '203.0.114.9' };
const secondAttacker = { Address: '2001:db9::1' };
const secondAddress = '2001:0db9:0000:0000:0000:0000:0000:0001';

const rulesOf = ({ policy }: Outcome) => (policy as Policy).properties.customRules;
const sentence = ({ comments }: Outcome) => {
  assert.equal(comments.length, 1, 'one comment');
  return comments[0] ?? '';
};

/** Nothing was written, and the incident says why. */
function assertUntouched(outcome: Outcome, tag: string, words: RegExp): void {
  assert.deepEqual(outcome.puts, [], 'no PUT of the policy');
  assert.deepEqual(outcome.recorded, [], 'no record of a block');
  assert.deepEqual(outcome.tags, [`api-pack-${tag}`]);
  assert.match(sentence(outcome), words);
}

describe('The generated playbook, run on an incident', () => {
  it('creates its rule where there is none, with the lowest free priority', () => {
    const others = [otherRule('rate-a', 1), otherRule('rate-b', 2), otherRule('rate-c', 4)];
    const outcome = contain({ entities: [attacker, secondAttacker], policy: policyWith(others) });
    assert.deepEqual(outcome.tags, ['api-pack-contained']);
    assert.deepEqual(rulesOf(outcome), [...others, ownRule(3, ['203.0.114.9', secondAddress])]);
    assert.equal(outcome.status, 'Succeeded');
    assert.deepEqual([...outcome.failures], []);
  });

  it('adds to its rule in place and keeps its priority, state and what it held', () => {
    const own = ownRule(7, ['203.0.115.0/24', '203.0.116.1'], { state: 'Enabled', note: 'by hand' });
    const outcome = contain({ entities: [attacker], policy: policyWith([own, otherRule('rate', 1)]) });
    const expected = ownRule(7, ['203.0.115.0/24', '203.0.116.1', '203.0.114.9'], { note: 'by hand' });
    assert.deepEqual(rulesOf(outcome), [expected, otherRule('rate', 1)]);
    assert.match(
      sentence(outcome),
      /^<p>Contained: 203\.0\.114\.9\. Added to rule SentinelApiPackBlock of WAF policy contoso-waf: 203\.0\.114\.9\. Ranges in the rule before: 2\. The block ends at 2026-03-25T11:05:00Z\./,
    );
  });

  it('records the end of each block before it writes, under an id that is the address', () => {
    const { recorded, writes } = contain({ entities: [attacker, attacker, secondAttacker] });
    const ids = recorded.map(({ uri }) => new URL(uri).pathname.split('/').at(-1));
    assert.deepEqual(ids, ['00000000-0000-0000-0000-ffffcb007209', '20010db9-0000-0000-0000-000000000001']);
    const [first] = recorded.map(({ body }) => body as { properties: { itemsKeyValue: { [key: string]: Json } } });
    const { Address, ExpiresAt, Rule } = first?.properties.itemsKeyValue ?? {};
    assert.deepEqual(
      { Address, ExpiresAt, Rule },
      { Address: '203.0.114.9', ExpiresAt: '2026-03-25T11:05:00Z', Rule: 'SentinelApiPackBlock' },
    );
    assert.deepEqual(writes, ['expiry', 'expiry', 'policy']);
  });

  it('writes nothing where the address is blocked already, and renews the end of the block', () => {
    for (const values of [
      ['203.0.114.9'],
      ['203.0.114.0/24'],
      ['::ffff:cb00:7209'],
      ['203.0.115.1', '203.0.114.9/32'],
    ]) {
      const outcome = contain({ entities: [attacker], policy: policyWith([ownRule(1, values)]) });
      assert.deepEqual([outcome.puts, outcome.tags], [[], ['api-pack-already-blocked']]);
      assert.equal(outcome.recorded.length, 1);
      assert.match(sentence(outcome), /Already blocked .*now ends at 2026-03-25T11:05:00Z/);
    }
  });

  it('writes an address once, however often and in whatever spelling the incident has it', () => {
    const entities = ['203.0.114.9', '::ffff:203.0.114.9', '::FFFF:CB00:7209', ' 203.0.114.9'].map((Address) => ({
      Address,
    }));
    assert.deepEqual(rulesOf(contain({ entities })), [ownRule(1, ['203.0.114.9'])]);
  });

  it('leaves alone what the allow list, its watchlist and the gateway ranges hold, and says so', () => {
    const entities = ['203.0.114.9', '203.0.115.9', '203.0.116.9', '10.0.0.4'].map((Address) => ({ Address }));
    const outcome = contain({
      entities,
      parameters: { AllowedRanges: ['203.0.114.0/24'], GatewayRanges: ['203.0.115.9'] },
      allowListPages: [['203.0.117.0/24'], ['203.0.116.0/25']],
    });
    const words =
      /Nothing to contain.*Left alone: 203\.0\.114\.9 \(allowed\), 203\.0\.115\.9 \(own-gateway\), 203\.0\.116\.9 \(allowed\), 10\.0\.0\.4 \(not-public\)/;
    assertUntouched(outcome, 'no-address', words);
    assert.equal(outcome.status, 'Succeeded');
  });

  it('still contains the others where some entities are spared or malformed', () => {
    const entities = [{ Address: '10.0.0.4' }, attacker, { Address: '<img src=x onerror=alert(1)>' }, {}, null];
    const outcome = contain({ entities });
    assert.deepEqual(rulesOf(outcome), [ownRule(1, ['203.0.114.9'])]);
    assert.match(
      sentence(outcome),
      /Left alone: 10\.0\.0\.4 \(not-public\)\.<br>IP entities that are not IP addresses: 3\./,
    );
    assert.doesNotMatch(sentence(outcome), /img|onerror/);
  });

  it('lists fifty addresses in the comment and counts the rest', () => {
    const entities = Array.from({ length: 60 }, (_, index) => ({ Address: `203.0.114.${index + 1}` }));
    const spared = Array.from({ length: 51 }, (_, index) => ({ Address: `10.0.0.${index + 1}` }));
    const outcome = contain({ entities: [...entities, ...spared] });
    assert.match(sentence(outcome), /^<p>Contained: 203\.0\.114\.1, .*, 203\.0\.114\.50 and 10 more\. Added/);
    assert.match(sentence(outcome), /10\.0\.0\.50 \(not-public\) and 1 more\./);
  });

  it('does nothing without IP entities', () => {
    assertUntouched(contain({ entities: [] }), 'no-address', /Nothing to contain/);
  });

  it('stops where the allow list is not read to its end: missing, forbidden, or failing on a later page', () => {
    for (const allowListPages of [[404], [403], [['203.0.117.1'], 500]]) {
      const outcome = contain({ entities: [attacker], allowListPages });
      assertUntouched(outcome, 'allow-list-unreadable', /could not be read to its end/);
      assert.equal(outcome.status, 'Failed');
    }
  });

  it('stops where no policy is configured, or the id is not one: the id becomes the path of a request with a token', () => {
    const bad = [
      '',
      'contoso-waf',
      '@example.com/subscriptions/x/providers/Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies/y',
      '/subscriptions/x/resourceGroups/y/providers/Microsoft.Network/frontDoorWebApplicationFirewallPolicies/z',
    ];
    for (const WafPolicyId of bad) {
      assertUntouched(
        contain({ entities: [attacker], parameters: { WafPolicyId } }),
        'not-configured',
        /Refused: WafPolicyId/,
      );
    }
  });

  it('stops at the limits: ranges of the rule, rules of the policy, addresses of an incident', () => {
    const ranges = Array.from({ length: 600 }, (_, index) => `203.1.${Math.floor(index / 250)}.${index % 250}`);
    const full = policyWith([ownRule(1, ranges)]);
    assertUntouched(
      contain({ entities: [attacker], policy: full }),
      'too-many-ranges',
      /more than MaximumRanges \(600\)/,
    );
    const almostFull = contain({ entities: [attacker], policy: policyWith([ownRule(1, ranges.slice(1))]) });
    assert.deepEqual(almostFull.tags, ['api-pack-contained']);

    const rules = Array.from({ length: 100 }, (_, index) => otherRule(`r${index}`, index + 1));
    assertUntouched(contain({ entities: [attacker], policy: policyWith(rules) }), 'too-many-rules', /no room/);
    const oneLess = contain({ entities: [attacker], policy: policyWith(rules.slice(0, 99)) });
    assert.deepEqual(rulesOf(oneLess).at(-1), ownRule(100, ['203.0.114.9']));

    const withOwn = [...rules.slice(0, 99), ownRule(100, ['203.0.115.1'])];
    const extended = contain({ entities: [attacker], policy: policyWith(withOwn) });
    assert.deepEqual(rulesOf(extended).at(-1), ownRule(100, ['203.0.115.1', '203.0.114.9']));

    const parameters = { MaximumAddresses: 1 };
    const two = contain({ entities: [attacker, secondAttacker], parameters });
    assertUntouched(two, 'too-many-addresses', /2 addresses are more than MaximumAddresses \(1\)/);
    assert.deepEqual(contain({ entities: [attacker, attacker], parameters }).tags, ['api-pack-contained']);
  });

  it('refuses to touch a rule of its name that somebody has changed', () => {
    const [condition] = ownRule(1, []).matchConditions as Json[];
    const altered = [
      { action: 'Allow' },
      { ruleType: 'RateLimitRule' },
      { matchConditions: [] },
      { matchConditions: [condition, condition] },
      ...[
        { operator: 'GeoMatch' },
        { negationConditon: true },
        { matchVariables: [{ variableName: 'RequestUri' }] },
      ].map((change) => ({ matchConditions: [{ ...(condition as object), ...change }] })),
    ] as { [key: string]: Json }[];
    for (const change of altered) {
      const outcome = contain({ entities: [attacker], policy: policyWith([ownRule(1, [], change)]) });
      assertUntouched(outcome, 'own-rule-altered', /no longer a single condition/);
    }
    const twice = policyWith([ownRule(1, []), ownRule(2, [], { name: 'sentinelapipackblock' })]);
    assertUntouched(contain({ entities: [attacker], policy: twice }), 'own-rule-altered', /no longer/);
  });

  it('changes nothing in a dry run, and says what it would have done', () => {
    const outcome = contain({ entities: [attacker, secondAttacker], parameters: { DryRun: true } });
    assertUntouched(outcome, 'dry-run', new RegExp(`Would be added .*: 203\\.0\\.114\\.9, ${secondAddress}\\.`));
    const unchanged = contain({
      entities: [attacker],
      parameters: { DryRun: true },
      policy: policyWith([ownRule(1, ['203.0.114.9'])]),
    });
    assert.deepEqual([unchanged.puts, unchanged.recorded], [[], []]);
  });

  it('does not call it contained where the rule does not block', () => {
    const detection = contain({ entities: [attacker], policy: policyWith([], 'Detection') });
    assert.deepEqual([detection.tags, detection.puts.length], [['api-pack-not-enforced'], 1]);
    assert.match(sentence(detection), /Not blocked.*prevention mode/);
    const properties = {
      ...(policyWith([]).properties as object),
      policySettings: { mode: 'Prevention', state: 'Disabled' },
    };
    const switchedOff = contain({ entities: [attacker], policy: { ...policyWith([]), properties } });
    assert.deepEqual(switchedOff.tags, ['api-pack-not-enforced']);
    const disabled = policyWith([ownRule(1, [], { state: 'Disabled' })]);
    const outcome = contain({ entities: [attacker], policy: disabled });
    assert.deepEqual(outcome.tags, ['api-pack-not-enforced']);
    assert.deepEqual(rulesOf(outcome), [ownRule(1, ['203.0.114.9'], { state: 'Disabled' })]);
  });
});

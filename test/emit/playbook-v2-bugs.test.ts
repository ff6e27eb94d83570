import assert from 'node:assert/strict';
import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { defaultPackConfig } from '../../src/content/pack-config.ts';
import { playbooks } from '../../src/content/playbooks/index.ts';
import { resolvePlaybooks } from '../../src/content/playbooks/resolve-playbooks.ts';
import {
  allActions,
  contain,
  definition,
  type JsonObject,
  type Outcome,
  otherRule,
  ownRule,
  policyWith,
} from './generated-playbook.ts';
import type { Json } from './parse-expression.ts';

/*
 * The bugs of the widely used playbook "Block IP, New V2" (Azure/Azure-Network-Security), one by one, against the
 * generated template. docs/playbook-safety.md says what makes each impossible.
 */

type Rule = JsonObject & { name: string; priority: number; matchConditions: { matchValues: string[] }[] };

const attackers = [{ Address: '203.0.114.9' }, { Address: '203.0.114.10' }, { Address: '2001:db9::1' }];
const blocked = ['203.0.114.9', '203.0.114.10', '2001:0db9:0000:0000:0000:0000:0000:0001'];

const rulesIn = (policy: Json): Rule[] => (policy as { properties: { customRules: Rule[] } }).properties.customRules;
const ownRulesIn = ({ policy }: Outcome) => rulesIn(policy).filter(({ name }) => name === 'SentinelApiPackBlock');
const matchValuesIn = (outcome: Outcome) =>
  ownRulesIn(outcome).map(({ matchConditions }) => matchConditions[0]?.matchValues);
const ofType = (type: string) => allActions().filter(({ action }) => action.type === type);

describe('The bugs of the block-IP playbook V2 do not occur in the generated template', () => {
  it('1: no address grows out of a string that says null, and several addresses stay several', () => {
    assert.deepEqual(matchValuesIn(contain({ entities: attackers })), [blocked]);
    for (const type of ['AppendToStringVariable', 'AppendToArrayVariable', 'IncrementVariable']) {
      assert.deepEqual(ofType(type), []);
    }
    const initial = ofType('InitializeVariable').map(({ action }) => JSON.stringify(action.inputs));
    assert.deepEqual(
      initial.filter((inputs) => /null/i.test(inputs)),
      [],
    );
  });

  it("2: the match values of other rules never reach the playbook's own, even where it has none yet", () => {
    const allowPartners = otherRule('allow-partners', 1, { action: 'Allow', ruleType: 'MatchRule' });
    const outcome = contain({ entities: attackers, policy: policyWith([allowPartners, otherRule('rate', 2)]) });
    assert.deepEqual(matchValuesIn(outcome), [blocked]);
    const readers = allActions().flatMap(
      ({ action }) => JSON.stringify(action.inputs ?? '').match(/\S*\?\['matchValues'\]/g) ?? [],
    );
    const ofOwnRule =
      /(_own_rules'\)\?\[0\]|outputs\('Base_rule'\))\?\['matchConditions'\]\?\[0\]\?\['matchValues'\]$|Policy_before/;
    assert.ok(readers.length > 0);
    assert.deepEqual(
      readers.filter((reader) => !ofOwnRule.test(reader)),
      [],
    );
  });

  it('3: entities without an address, such as hosts, add nothing', () => {
    const outcome = contain({ entities: [{ HostName: 'contoso-vm' }, { Address: null }, null, ...attackers] });
    assert.deepEqual(matchValuesIn(outcome), [blocked]);
    const paths = ofType('ApiConnection').map(({ action }) => (action.inputs as JsonObject).path);
    assert.deepEqual(paths, ['/entities/ip', '/Incidents/Comment', '/Incidents']);
  });

  it('4: the priority is the lowest that no rule has, whatever the others have', () => {
    const priorities = fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { maxLength: 99 });
    const dense = fc
      .integer({ min: 0, max: 99 })
      .map((count) => Array.from({ length: count }, (_, index) => index + 1));
    fc.assert(
      fc.property(fc.oneof(priorities, dense), (taken) => {
        const others = taken.map((priority) => otherRule(`rule-${priority}`, priority));
        const [rule] = ownRulesIn(contain({ entities: attackers, policy: policyWith(others) }));
        const lowest = Array.from({ length: 100 }, (_, index) => index + 1).find(
          (priority) => !taken.includes(priority),
        );
        assert.equal(rule?.priority, lowest);
      }),
      { numRuns: 20 },
    );
  });

  it('5: a run writes one policy, and nothing is left in a variable from one reading to the next', () => {
    const policyRequests = ofType('Http').filter(({ action }) =>
      JSON.stringify(action.inputs).includes("parameters('WafPolicyId'), '?"),
    );
    assert.deepEqual(
      policyRequests.map(({ name }) => name),
      ['Get_policy', 'Get_policy_again', 'Put_policy', 'Get_policy_after'],
    );
    const foreaches = ofType('Foreach').map(({ name }) => name);
    assert.deepEqual(
      policyRequests.filter(({ path }) => path.some((outer) => foreaches.includes(outer))),
      [],
    );
    const between = (policy: JsonObject) => ({ ...policy, ...policyWith([otherRule('theirs', 1)]) });
    const first = policyWith([otherRule('gone-by-then', 1), otherRule('gone-too', 2)]);
    const outcome = contain({ entities: attackers, policy: first, changesBeforeGet: { 2: between } });
    assert.deepEqual(rulesIn(outcome.policy), [otherRule('theirs', 1), ownRule(2, blocked)]);
  });

  it('6: no loop runs in parallel or sets a variable, and no two incidents are handled at once', () => {
    const loops = ofType('Foreach');
    assert.deepEqual(
      loops.map(({ name }) => name),
      ['Record_expiry'],
    );
    for (const { name, action } of loops) {
      assert.deepEqual(action.runtimeConfiguration, { concurrency: { repetitions: 1 } });
      const inside = allActions()
        .filter(({ path }) => path.includes(name))
        .map((inner) => inner.action.type);
      assert.deepEqual(inside, ['Http']);
    }
    const [trigger] = Object.values(definition.triggers as JsonObject) as JsonObject[];
    assert.deepEqual(trigger?.runtimeConfiguration, { concurrency: { runs: 1, maximumWaitingRuns: 100 } });
  });

  it('7: what the policy holds besides the own rule is written back as it was read, known or not', () => {
    const field = fc
      .dictionary(fc.stringMatching(/^[a-z]{3,8}$/), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 })
      .map((fields) => JSON.parse(JSON.stringify(fields)) as Json);
    fc.assert(
      fc.property(field, field, field, fc.boolean(), (ofPolicy, ofRule, ofOwn, hasOwn) => {
        const others = [otherRule('rate', 5, { future: ofRule }), otherRule('last', 6)];
        const own = hasOwn ? [ownRule(1, ['203.0.115.1'], { future: ofOwn })] : [];
        const before = { ...policyWith([...own, ...others]), future: ofPolicy };
        const { puts } = contain({ entities: attackers, policy: before });
        const added = hasOwn ? [] : [ownRule(1, blocked)];
        const changed = hasOwn ? [ownRule(1, ['203.0.115.1', ...blocked], { future: ofOwn })] : [];
        const properties = (before as JsonObject).properties as JsonObject;
        const expected = { ...before, properties: { ...properties, customRules: [...changed, ...others, ...added] } };
        assert.deepEqual(
          puts.map(({ body }) => body),
          [expected],
        );
      }),
      { numRuns: 30 },
    );
  });

  it('8: there is one rule of the name or none: a second condition is refused, not made into a second rule', () => {
    assert.equal(ownRulesIn(contain({ entities: attackers })).length, 1);
    const [condition] = ownRule(1, ['203.0.115.1']).matchConditions as Json[];
    const two = ownRule(1, [], { matchConditions: [condition ?? null, condition ?? null] });
    const outcome = contain({ entities: attackers, policy: policyWith([two]) });
    assert.deepEqual([outcome.puts, outcome.tags], [[], ['api-pack-own-rule-altered']]);
    assert.deepEqual(rulesIn(outcome.policy), [two]);
  });

  it('9: it acts only where the WAF itself sees the client: not behind Front Door, nor on a Front Door policy', () => {
    const slugs = (topology: 'direct' | 'application-gateway' | 'front-door') =>
      resolvePlaybooks(playbooks, { ...defaultPackConfig, topology }).map(({ slug }) => slug);
    assert.deepEqual(slugs('application-gateway'), ['contain-attacker-address']);
    assert.deepEqual([slugs('front-door'), slugs('direct')], [[], []]);
    const WafPolicyId =
      '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/FrontDoorWebApplicationFirewallPolicies/p';
    const outcome = contain({ entities: attackers, parameters: { WafPolicyId } });
    assert.deepEqual([outcome.gets, outcome.tags], [[], ['api-pack-not-configured']]);
    assert.deepEqual(JSON.stringify(definition).match(/"variableName":"\w+"/g), ['"variableName":"RemoteAddr"']);
  });

  it('10: only addresses are written, within limits, with an end, and the incident always hears of it', () => {
    const noise = ['', '0.0.0.0/0', 'any', "');", '999.1.1.1', '::ffff:127.0.0.1', '\u0661.2.3.4'].map((Address) => ({
      Address,
    }));
    const outcome = contain({ entities: [...noise, ...attackers] });
    const [values = []] = matchValuesIn(outcome);
    assert.deepEqual(
      values.map((value) => ipaddr.isValid(value) && ipaddr.process(value).range()),
      ['unicast', 'unicast', 'unicast'],
    );
    assert.equal(outcome.recorded.length, 3);

    const report = Object.entries(definition.actions as JsonObject).map(([name, action]) => [
      name,
      (action as JsonObject).runAfter,
    ]);
    const [start, , comment] = report.slice(-7);
    assert.deepEqual(start, ['State_before', { Contain: ['Succeeded', 'Failed', 'Skipped', 'TimedOut'] }]);
    assert.deepEqual(comment, ['Add_comment', { Sentences: ['Succeeded'] }]);
    const reads = allActions()
      .filter(
        ({ name, path }) => path.length === 0 && ['State_before', 'Sentences', 'Add_comment', 'Add_tag'].includes(name),
      )
      .flatMap(({ action }) => JSON.stringify(action.inputs).match(/(body|outputs)\('\w+'\)/g) ?? []);
    assert.deepEqual(
      [...new Set(reads)],
      ["outputs('Sentences')"],
      'the report reads no action that may have been skipped',
    );
  });
});

import assert from 'node:assert/strict';
import { allActions, contain, type Outcome, otherRule, ownRule, policyWith } from './generated-playbook.ts';
import type { Json } from './parse-expression.ts';

/*
 * The generated workflow where Azure or somebody else comes in the way, run action by action against an Azure of a few lines. What this does not run: retries and time
 * limits of the host, its parallelism, real answers of Azure. Attackers lie beside the documentation ranges, which are
 * reserved themselves.
 */

type Policy = { tags: Json; properties: { customRules: { [field: string]: Json }[] } };

const attacker = { Address: '203.0.114.9' };
const secondAttacker = { Address: '2001:db9::1' };

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

describe('The generated playbook, where something comes between', () => {
  it('reads the policy anew after 409, 412 and 429, and then succeeds', () => {
    for (const status of [408, 409, 412, 429, 500, 503]) {
      const outcome = contain({ entities: [attacker], putStatuses: [status] });
      assert.deepEqual([status, outcome.puts.length, outcome.tags], [status, 2, ['api-pack-contained']]);
      assert.equal(outcome.recorded.length, 1);
    }
  });

  it('does not write over a change that came between reading and writing', () => {
    const theirs = otherRule('added-meanwhile', 1);
    const addTheirs = (policy: { [key: string]: Json }) => {
      const { properties } = policy as unknown as Policy;
      return { ...policy, properties: { ...properties, customRules: [...properties.customRules, theirs] } };
    };
    // The second GET is the one just before the PUT.
    const outcome = contain({ entities: [attacker], changesBeforeGet: { 2: addTheirs } });
    assert.equal(outcome.puts.length, 1);
    assert.deepEqual(rulesOf(outcome), [theirs, ownRule(2, ['203.0.114.9'])]);
    assert.deepEqual(outcome.tags, ['api-pack-contained']);
    assert.deepEqual(outcome.puts[0]?.headers, { 'If-Match': 'W/"other-2"' });
  });

  it('writes again where the address is missing on reading back', () => {
    const outcome = contain({ entities: [attacker], lostWrites: 2 });
    assert.deepEqual([outcome.puts.length, outcome.tags], [3, ['api-pack-contained']]);
    assert.match(sentence(outcome), /Added to rule SentinelApiPackBlock of WAF policy contoso-waf: 203\.0\.114\.9\./);
  });

  it('says so after five attempts that did not hold, and marks the run as failed', () => {
    const lost = contain({ entities: [attacker], lostWrites: 9 });
    assert.deepEqual([lost.puts.length, lost.tags, lost.status], [5, ['api-pack-not-confirmed'], 'Failed']);
    assert.match(sentence(lost), /written to \(last answer HTTP 200\) but does not show 203\.0\.114\.9/);
    const conflicts = contain({ entities: [attacker], putStatuses: [409, 409, 409, 409, 409] });
    assert.deepEqual([conflicts.puts.length, conflicts.tags], [5, ['api-pack-not-confirmed']]);
    assert.equal(conflicts.error?.code, 'not-confirmed');
  });

  it('does not claim to have written where every attempt found a change by somebody else', () => {
    const touch = (policy: { [key: string]: Json }) => ({ ...policy, tags: {} });
    const changesBeforeGet = { 2: touch, 4: touch, 6: touch, 8: touch, 10: touch };
    const outcome = contain({ entities: [attacker], changesBeforeGet });
    assert.deepEqual([outcome.puts, outcome.tags, outcome.status], [[], ['api-pack-not-written'], 'Failed']);
    assert.match(sentence(outcome), /Nothing was written to it; 203\.0\.114\.9 may be in the watchlist/);
  });

  it('does not claim that nothing was written where only reading back failed', () => {
    const outcome = contain({ entities: [attacker], failingGets: [3, 4, 5, 6, 7] });
    assert.deepEqual([outcome.puts.length, outcome.tags], [1, ['api-pack-not-confirmed']]);
    assert.equal(outcome.statuses.get('Wait_before_next_attempt'), 'Succeeded');
  });

  it('still knows what it added where the first write held but was answered with an error', () => {
    const policy = policyWith([ownRule(1, ['203.0.115.1'])]);
    const scenario = { policy, putStatuses: [500], keepsFailedWrites: true, failingGets: [3] };
    const outcome = contain({ entities: [attacker], ...scenario });
    assert.deepEqual([outcome.puts.length, outcome.tags], [1, ['api-pack-contained']]);
    assert.match(sentence(outcome), /contoso-waf: 203\.0\.114\.9\. Ranges in the rule before: 1\./);
    assert.deepEqual((outcome.outputs.get('State_before') as { etag: Json }).etag, 'W/"first"');
  });

  it('never lets the host repeat a write of what may be stale by then', () => {
    const put = allActions().find(({ name }) => name === 'Put_policy');
    assert.deepEqual((put?.action.inputs as { retryPolicy?: Json } | undefined)?.retryPolicy, { type: 'none' });
  });

  it('gives up at once where Azure refuses for good', () => {
    for (const status of [400, 401, 403, 404]) {
      const outcome = contain({ entities: [attacker], putStatuses: [status] });
      assert.deepEqual([status, outcome.puts.length, outcome.tags], [status, 1, ['api-pack-write-refused']]);
      assert.match(sentence(outcome), new RegExp(`HTTP ${status}`));
    }
  });

  it('does not block where the end of the block cannot be recorded', () => {
    const outcome = contain({ entities: [attacker], watchlistStatus: 403 });
    assert.deepEqual([outcome.puts, outcome.tags, outcome.status], [[], ['api-pack-not-recorded'], 'Failed']);
    assert.match(sentence(outcome), /the block was not made/);
  });

  it('comments where the policy cannot be read, or is not what it should be', () => {
    for (const policy of [null, { properties: 'gone' }, { properties: { customRules: 'none' } }]) {
      const outcome = contain({ entities: [attacker], policy });
      assert.deepEqual([outcome.puts, outcome.tags, outcome.status], [[], ['api-pack-policy-unreadable'], 'Failed']);
      assert.match(sentence(outcome), /could not be read or understood/);
    }
  });

  it('comments where it failed before anything else', () => {
    const outcome = contain({ entities: [attacker], failingConnector: '/entities/ip' });
    assertUntouched(outcome, 'failed', /Failed before the WAF policy was read/);
    assert.equal(outcome.status, 'Failed');
  });

  it('still tags where the comment fails, and marks the run as failed', () => {
    const outcome = contain({ entities: [attacker], failingConnector: '/Incidents/Comment' });
    assert.deepEqual([outcome.tags, outcome.status], [['api-pack-contained'], 'Failed']);
    const untagged = contain({ entities: [attacker], failingConnector: '/Incidents' });
    assert.deepEqual([untagged.comments.length, untagged.status], [1, 'Failed']);
  });

  it('keeps the rules as they were before the first write in the history of the run', () => {
    const before = [otherRule('rate', 1), ownRule(2, ['203.0.115.1'])];
    const { outputs } = contain({ entities: [attacker], policy: policyWith(before), lostWrites: 1 });
    assert.deepEqual(outputs.get('State_before'), { etag: 'W/"first"', customRules: before, ownRule: before[1] });
  });

  it('decides the same whether the host evaluates both results of an if or one', () => {
    const scenario = {
      entities: [attacker, secondAttacker],
      policy: policyWith([otherRule('rate', 1)]),
      putStatuses: [409],
    };
    const [lazy, eager] = (['lazy', 'eager'] as const).map((evaluation) => contain({ ...scenario, evaluation }));
    assert.deepEqual(eager?.comments, lazy?.comments);
    assert.deepEqual(eager?.policy, lazy?.policy);
    assert.deepEqual(eager?.tags, ['api-pack-contained']);
  });
});

import assert from 'node:assert/strict';
import { answers } from '../../../data/generator/answers.ts';
import type { Client } from '../../../data/generator/clients.ts';
import { seededRandom } from '../../../data/generator/random.ts';
import { type ApiRequest, newRequest } from '../../../data/generator/request.ts';
import type { Row } from '../../../data/generator/row.ts';
import { firewallRows } from '../../../data/generator/waf/firewall-rows.ts';
import { inspectRequests } from '../../../data/generator/waf/inspect-requests.ts';
import { restoredAtMs, switchedOffAtMs } from '../../../data/generator/waf/policy-history.ts';

const outside: Client = { address: '203.0.113.9', userAgent: 'curl/8.5.0' };
const quietDayMs = Date.UTC(2026, 2, 20, 12);

function request(firewallRules: readonly string[], atMs = quietDayMs, client = outside): ApiRequest {
  return newRequest(seededRandom(1), {
    atMs,
    target: '/search?q=1',
    client,
    answer: answers.unknownOperation,
    firewallRules,
  });
}

function inspected(one: ApiRequest): { passes: boolean; rows: unknown[] } {
  const { passed, transactions } = inspectRequests([one]);
  const rows = firewallRows(seededRandom(1), transactions);
  return { passes: passed.length === 1, rows: rows.map(({ RuleId, Action }) => `${RuleId} ${Action}`) };
}

describe('the firewall in front of API Management', () => {
  it('does not log what matches nothing', () => {
    assert.deepEqual(inspected(request([])), { passes: true, rows: [] });
  });

  it('lets a match of 3 points pass, without a verdict', () => {
    assert.deepEqual(inspected(request(['942430'])), { passes: true, rows: ['942430 Matched'] });
  });

  it('blocks at exactly 5 points', () => {
    assert.deepEqual(inspected(request(['942430', '920320'])), {
      passes: false,
      rows: ['942430 Matched', '920320 Matched', '949110 Blocked'],
    });
  });

  it('only reports between the switch to detection and the restoration', () => {
    const verdicts = [switchedOffAtMs - 1, switchedOffAtMs, restoredAtMs - 1, restoredAtMs].map((atMs) =>
      inspected(request(['942100'], atMs)),
    );
    assert.deepEqual(verdicts, [
      { passes: false, rows: ['942100 Matched', '949110 Blocked'] },
      { passes: true, rows: ['942100 Matched', '949110 Detected'] },
      { passes: true, rows: ['942100 Matched', '949110 Detected'] },
      { passes: false, rows: ['942100 Matched', '949110 Blocked'] },
    ]);
  });

  it('does not see calls from inside the virtual network', () => {
    assert.deepEqual(inspected(request(['942100'], quietDayMs, { ...outside, inside: true })), {
      passes: true,
      rows: [],
    });
  });

  it('gives the rows of one request one transaction, and requests different ones', () => {
    const { transactions } = inspectRequests([request(['942100', '942130']), request(['942100'])]);
    const ids = firewallRows(seededRandom(1), transactions).map((row: Row) => row.TransactionId);
    assert.deepEqual(
      [ids.length, new Set(ids.slice(0, 3)).size, new Set(ids.slice(3)).size, new Set(ids).size],
      [5, 1, 1, 2],
    );
    assert.match(String(ids[0]), /^[0-9a-f]{32}$/);
  });

  it('sees the forward proxy where there is one', () => {
    const { transactions } = inspectRequests([
      request(['942430'], quietDayMs, { ...outside, forwardedBy: '198.18.0.1' }),
    ]);
    assert.equal(firewallRows(seededRandom(1), transactions)[0]?.ClientIp, '198.18.0.1');
  });
});

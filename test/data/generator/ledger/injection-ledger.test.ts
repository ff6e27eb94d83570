import assert from 'node:assert/strict';
import { answers } from '../../../../data/generator/answers.ts';
import { InjectionLedger } from '../../../../data/generator/ledger/injection-ledger.ts';
import { seededRandom } from '../../../../data/generator/random.ts';
import { type ApiRequest, newRequest } from '../../../../data/generator/request.ts';
import { type FirewallTransaction, inspectRequests } from '../../../../data/generator/waf/inspect-requests.ts';

const client = { address: '203.0.113.9', userAgent: 'test/1.0' };

function request(time: string, firewallRules: readonly string[], forwardedBy?: string): ApiRequest {
  return newRequest(seededRandom(1), {
    atMs: Date.parse(`2026-06-10T${time}Z`),
    method: 'GET',
    target: '/x',
    client: forwardedBy === undefined ? client : { ...client, forwardedBy },
    answer: answers.badRequest,
    firewallRules,
  });
}

function transactionsOf(...requests: readonly ApiRequest[]): readonly FirewallTransaction[] {
  return inspectRequests(requests, []).transactions;
}

describe('the ledger of injections', () => {
  it('counts by the hour of a run, which ends ten minutes before it', () => {
    const ledger = new InjectionLedger();
    const transactions = transactionsOf(
      request('08:50:00.000', ['942100']),
      request('08:50:00.001', ['942100']),
      request('09:50:00.000', ['942100', '942130']),
    );
    ledger.record(transactions);
    const counts = transactions.map((transaction) => {
      const { runAtMs, observed, blocked } = ledger.ofRun(transaction);
      return [new Date(runAtMs).toISOString().slice(11, 16), observed, blocked];
    });
    assert.deepEqual(counts, [
      ['09:00', 1, 1],
      ['10:00', 2, 2],
      ['10:00', 2, 2],
    ]);
  });

  it('leaves out what is no SQL injection, and what the firewall did not decide on', () => {
    const ledger = new InjectionLedger();
    const transactions = transactionsOf(request('09:00:00', ['941100']), request('09:00:01', ['942430']));
    ledger.record(transactions);
    assert.deepEqual(
      transactions.map((transaction) => ledger.ofRun(transaction).observed),
      [0, 0],
    );
  });

  it('takes the forward proxy for the client, as the firewall does', () => {
    const [transaction] = transactionsOf(request('09:00:00', ['942100'], '198.18.7.7'));
    assert.ok(transaction !== undefined);
    assert.equal(new InjectionLedger().ofRun(transaction).address, '198.18.7.7');
  });
});

import type { ApiRequest } from '../request.ts';
import { blockingScore, type FirewallRule, firewallRules } from './firewall-rules.ts';
import { firewallStateAt, type PolicyChange, policyHistory } from './policy-history.ts';

/** What the firewall made of a request that matched rules; without a verdict the score was too low. */
export type FirewallTransaction = {
  readonly request: ApiRequest;
  readonly matches: readonly FirewallRule[];
  readonly score: number;
  readonly verdict: 'Blocked' | 'Detected' | undefined;
};

export type Inspection = { readonly passed: ApiRequest[]; readonly transactions: FirewallTransaction[] };

/**
 * Puts the firewall in front of API Management: a request whose matches reach the blocking score is stopped in
 * prevention mode and passes, reported, in detection mode. Calls from inside the virtual network are not inspected, and
 * nothing is while the policy is disabled or deleted.
 */
export function inspectRequests(
  requests: Iterable<ApiRequest>,
  history: readonly PolicyChange[] = policyHistory,
): Inspection {
  const passed: ApiRequest[] = [];
  const transactions: FirewallTransaction[] = [];
  for (const request of requests) {
    if (request.firewallRules.length === 0 || request.client.inside === true) {
      passed.push(request);
      continue;
    }
    const transaction = inspect(request, history);
    if (transaction === undefined) {
      passed.push(request);
      continue;
    }
    transactions.push(transaction);
    if (transaction.verdict !== 'Blocked') {
      passed.push(request);
    }
  }
  return { passed, transactions };
}

function inspect(request: ApiRequest, history: readonly PolicyChange[]): FirewallTransaction | undefined {
  const { mode, isOff } = firewallStateAt(request.atMs, history);
  if (isOff) {
    return undefined;
  }
  const matches = request.firewallRules.flatMap((id) => firewallRules.get(id) ?? []);
  const score = matches.reduce((total, { score: points }) => total + points, 0);
  if (score < blockingScore) {
    return { request, matches, score, verdict: undefined };
  }
  const verdict = mode === 'Prevention' ? 'Blocked' : 'Detected';
  return { request, matches, score, verdict };
}

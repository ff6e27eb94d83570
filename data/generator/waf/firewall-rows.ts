import { estate } from '../estate.ts';
import { transactionId } from '../identifiers.ts';
import type { Random } from '../random.ts';
import type { Row } from '../row.ts';
import { formatTime } from '../time-window.ts';
import { type FirewallRule, verdictFile, verdictMessage, verdictRuleId } from './firewall-rules.ts';
import type { FirewallTransaction } from './inspect-requests.ts';
import { firewallStateAt, type PolicyChange, policyHistory } from './policy-history.ts';

/**
 * Rows of AGWFirewallLogs: one `Matched` row for each rule that matched and, where the score sufficed, the verdict row,
 * all with the transaction's id.
 */
export function firewallRows(
  random: Random,
  transactions: readonly FirewallTransaction[],
  history: readonly PolicyChange[] = policyHistory,
): Row[] {
  return transactions.flatMap((transaction) => {
    const { request, matches, score, verdict } = transaction;
    const { ruleSet } = firewallStateAt(request.atMs, history);
    const shared: Row = {
      TimeGenerated: formatTime(request.atMs),
      OperationName: 'ApplicationGatewayFirewall',
      InstanceId: `appgw_${random.below(estate.applicationGatewayAddresses.length)}`,
      // The firewall sees the end of the connection: the forward proxy, where there is one.
      ClientIp: request.client.forwardedBy ?? request.client.address,
      ClientPort: request.port,
      RequestUri: request.target,
      RuleSetType: ruleSet.type,
      RuleSetVersion: ruleSet.version,
      Hostname: estate.host,
      Site: 'Global',
      TransactionId: transactionId(random),
      _ResourceId: estate.applicationGatewayId.toLowerCase(),
      _SubscriptionId: estate.subscriptionId,
      Type: 'AGWFirewallLogs',
    };
    const rows = matches.map((rule) => ({
      ...shared,
      ...matchColumns(rule, request.target, request.client.userAgent),
    }));
    return verdict === undefined ? rows : [...rows, { ...shared, ...verdictColumns(score, verdict) }];
  });
}

function matchColumns(rule: FirewallRule, target: string, userAgent: string): Row {
  const found = rule.where === 'REQUEST_HEADERS' ? userAgent : target.slice(0, 200);
  return {
    RuleId: rule.id,
    Action: 'Matched',
    Message: rule.message,
    DetailedMessage: `Pattern match at ${rule.where}.`,
    DetailedData: `{${found} found within [${rule.where}]}`,
    FileDetails: rule.file,
    LineDetails: String(40 + (Number(rule.id) % 900)),
  };
}

function verdictColumns(score: number, verdict: 'Blocked' | 'Detected'): Row {
  return {
    RuleId: verdictRuleId,
    Action: verdict,
    Message: verdictMessage(score),
    DetailedMessage: 'Greater and equal to Tx:inboundAnomalyScoreThreshold at TX:anomaly_score.',
    DetailedData: '{}',
    FileDetails: verdictFile,
    LineDetails: '57',
  };
}

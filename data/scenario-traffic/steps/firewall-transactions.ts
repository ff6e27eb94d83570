import { estate } from '../../generator/estate.ts';
import type { Row } from '../../generator/row.ts';
import { formatTime, minuteMs } from '../../generator/time-window.ts';
import { verdictRuleId } from '../../generator/waf/firewall-rules.ts';
import { durationMs, timeMs } from '../parameters.ts';
import type { Step } from '../step.ts';

type Verdict = 'Blocked' | 'Detected' | 'none' | 'on-match';

type Parameters = {
  readonly at: string;
  readonly every?: string;
  readonly count: number;
  readonly rules?: readonly string[];
  readonly verdict?: Verdict;
  readonly address?: string;
  readonly host?: string;
  readonly path?: string;
  readonly table?: 'AGWFirewallLogs' | 'AzureDiagnostics';
  readonly first?: number;
  readonly apart?: string;
};

/** A row of the firewall's log in neither of its forms yet. */
type Finding = {
  readonly atMs: number;
  readonly transaction: string;
  readonly ruleId: string;
  readonly action: string;
  readonly address: string;
  readonly host: string;
  readonly uri: string;
};

/** Requests that the web application firewall of an Application Gateway logs. */
export const firewallTransactions: Step<Parameters> = (parameters) => {
  const { count, table = 'AGWFirewallLogs' } = parameters;
  const everyMs = durationMs(parameters.every, minuteMs);
  const findings = Array.from({ length: count }, (_, index) =>
    findingsOf(parameters, timeMs(parameters.at) + index * everyMs, (parameters.first ?? 1) + index),
  ).flat();
  return [{ table, rows: findings.map(table === 'AzureDiagnostics' ? diagnosticsRow : firewallRow) }];
};

function findingsOf(parameters: Parameters, atMs: number, number: number): readonly Finding[] {
  const { rules = ['942100'], verdict = 'Blocked', address = '203.0.113.9', host = estate.host } = parameters;
  const shared = {
    transaction: number.toString(16).padStart(32, '0'),
    address,
    host,
    uri: `${parameters.path ?? '/orders/search'}?q=1%27%20or%20${number}=${number}--`,
  };
  const actions = [
    ...rules.map((ruleId) => ({ ruleId, action: verdict === 'on-match' ? 'Blocked' : 'Matched' })),
    ...(verdict === 'none' || verdict === 'on-match' ? [] : [{ ruleId: verdictRuleId, action: verdict }]),
  ];
  const apartMs = durationMs(parameters.apart, 0);
  return actions.map((action, index) => ({ ...shared, ...action, atMs: atMs + index * apartMs }));
}

const firewallRow = ({ atMs, transaction, ruleId, action, address, host, uri }: Finding): Row => ({
  TimeGenerated: formatTime(atMs),
  OperationName: 'ApplicationGatewayFirewall',
  ClientIp: address,
  RequestUri: uri,
  RuleSetType: 'Microsoft_DefaultRuleSet',
  RuleSetVersion: '2.1',
  RuleId: ruleId,
  Action: action,
  Hostname: host,
  TransactionId: transaction,
  _ResourceId: estate.applicationGatewayId.toLowerCase(),
  Type: 'AGWFirewallLogs',
});

/** The same in the table that gateways without resource-specific logs fill; ids and resources are spelt otherwise there. */
const diagnosticsRow = ({ atMs, transaction, ruleId, action, address, host, uri }: Finding): Row => ({
  TimeGenerated: formatTime(atMs),
  Category: 'ApplicationGatewayFirewallLog',
  OperationName: 'ApplicationGatewayFirewall',
  clientIp_s: address,
  requestUri_s: uri,
  ruleSetType_s: 'Microsoft_DefaultRuleSet',
  ruleId_s: ruleId,
  action_s: action,
  hostname_s: host,
  transactionId_g: transaction.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
  _ResourceId: estate.applicationGatewayId,
  Type: 'AzureDiagnostics',
});

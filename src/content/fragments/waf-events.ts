import { type KqlFragment, kql, kqlLines, noKql } from '../kql.ts';
import type { LogMode, PackConfig } from '../pack-config.ts';

const gatewayEvents: Readonly<Record<Exclude<LogMode, 'both'>, KqlFragment>> = {
  'resource-specific': kql`
    (AGWFirewallLogs
    | project TimeGenerated, Transaction = TransactionId, RuleId, Action, ClientAddress = ClientIp, Host = Hostname, RequestUri, WafResource = _ResourceId)`,
  // A column of AzureDiagnostics exists once a row has filled it. The transaction's id is a GUID in some rows and text in
  // others, and the name of its column tells which.
  'azure-diagnostics': kql`
    (AzureDiagnostics
    | where Category == "ApplicationGatewayFirewallLog"
    | project
        TimeGenerated,
        Transaction = coalesce(tostring(column_ifexists("transactionId_g", "")), tostring(column_ifexists("transactionId_s", ""))),
        RuleId = tostring(column_ifexists("ruleId_s", "")),
        Action = tostring(column_ifexists("action_s", "")),
        ClientAddress = tostring(column_ifexists("clientIp_s", "")),
        Host = tostring(column_ifexists("hostname_s", "")),
        RequestUri = tostring(column_ifexists("requestUri_s", "")),
        WafResource = _ResourceId)`,
};

// Front Door writes to AzureDiagnostics only. Its rule name ends with the rule's id; socketIP is the peer that it saw,
// while clientIP follows X-Forwarded-For and can be forged.
const frontDoorEvents: KqlFragment = kql`
  (AzureDiagnostics
  | where Category == "FrontDoorWebApplicationFirewallLog"
  | project
      TimeGenerated,
      Transaction = tostring(column_ifexists("trackingReference_s", "")),
      RuleId = extract(@"([0-9]+)$", 1, tostring(column_ifexists("ruleName_s", ""))),
      Action = tostring(column_ifexists("action_s", "")),
      ClientAddress = coalesce(tostring(column_ifexists("socketIP_s", "")), tostring(column_ifexists("clientIP_s", ""))),
      Host = tostring(column_ifexists("host_s", "")),
      RequestUri = tostring(column_ifexists("requestUri_s", "")),
      WafResource = _ResourceId)`;

/**
 * The WAF's log in one shape: TimeGenerated, Transaction, RuleId, Action, ClientAddress, Host, RequestUri, WafResource.
 * The two forms of the Application Gateway's log spell the same transaction and host differently; after this they are
 * equal, so that a workspace which collects both counts a transaction once.
 */
export function wafEvents({ topology, logMode }: Pick<PackConfig, 'topology' | 'logMode'>): KqlFragment {
  const single = topology === 'front-door' ? frontDoorEvents : logMode === 'both' ? noKql : gatewayEvents[logMode];
  const source =
    single === noKql
      ? kql`
        union isfuzzy=true
            ${gatewayEvents['resource-specific']},
            ${gatewayEvents['azure-diagnostics']}`
      : kql`
        union isfuzzy=true
            ${single}`;
  return kqlLines(
    source,
    kql`
      | extend Transaction = replace_string(tolower(Transaction), "-", ""), Host = tolower(Host), WafResource = tolower(WafResource)`,
  );
}

/** A row of SQL injection: rules 942xxx of the Core and Default Rule Sets, and Microsoft's own rules for it. */
export const isSqlInjection: KqlFragment = kql`RuleId startswith "942" or RuleId startswith "9903100"`;

/**
 * A row that decides a transaction: blocked, or what would have been blocked (Detected; Front Door logs it as Log). Rows
 * that only add to the anomaly score (Matched, AnomalyScoring) decide nothing.
 */
export function isVerdict({ topology }: Pick<PackConfig, 'topology'>): KqlFragment {
  return topology === 'front-door' ? kql`Action in~ ("Block", "Log")` : kql`Action in~ ("Blocked", "Detected")`;
}

export const isBlocked: KqlFragment = kql`Action in~ ("Blocked", "Block")`;

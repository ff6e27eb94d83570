/** Where a value is expected: tables with the column that holds it, in either form of the log. */
export type ValueColumn = readonly (readonly [table: string, column: string])[];

/** Values that a column never has, though its name suggests them. */
export type ImpossibleValue = {
  readonly columns: ValueColumn;
  readonly pattern: RegExp;
  readonly message: string;
  readonly hint: string;
};

/** Values that mean the same in two states of the world: who asks for the one has to ask for the other. */
export type ValuePair = {
  readonly columns: ValueColumn;
  readonly asked: string;
  readonly counterpart: string;
  readonly message: string;
  readonly hint: string;
};

const ruleSet: ValueColumn = [
  ['AGWFirewallLogs', 'RuleSetType'],
  ['AzureDiagnostics', 'ruleSetType_s'],
];
const gatewayAction: ValueColumn = [
  ['AGWFirewallLogs', 'Action'],
  ['AzureDiagnostics', 'action_s'],
];

export const impossibleValues: readonly ImpossibleValue[] = [
  {
    columns: ruleSet,
    pattern:
      /^REQUEST-\d{3}|^(?:BadBots|FIX|General|GoodBots|JAVA|LFI|MS-ThreatIntel-\w+|NODEJS|PHP|RCE|RFI|SESSION-FIXATION|SQLI|UnknownBots|XSS)$|^(?:METHOD|PROTOCOL)-|injection|scripting|scanner|traversal/i,
    message: 'RuleSetType names the rule set (OWASP CRS, Microsoft_DefaultRuleSet), not a group of its rules',
    hint: 'Classify by RuleId: 942xxx is SQL injection, 941xxx cross-site scripting, 913xxx scanners.',
  },
];

export const valuePairs: readonly ValuePair[] = [
  {
    columns: gatewayAction,
    asked: 'Blocked',
    counterpart: 'Detected',
    message: 'attacks are found by Blocked alone, which a firewall in detection mode never logs',
    hint: 'Ask for Detected too: in detection mode it is the verdict.',
  },
  {
    columns: [['AzureDiagnostics', 'Category']],
    asked: 'FrontdoorWebApplicationFirewallLog',
    counterpart: 'FrontDoorWebApplicationFirewallLog',
    message: 'the log of Front Door (classic) is read, that of Standard and Premium is spelled with a capital D',
    hint: 'Compare with =~, which reads both.',
  },
  {
    columns: [['AzureDiagnostics', 'ResourceType']],
    asked: 'FRONTDOORS',
    counterpart: 'PROFILES',
    message: 'FRONTDOORS is Front Door (classic) only; Standard and Premium log as PROFILES of MICROSOFT.CDN',
    hint: 'Ask for PROFILES too, or filter by Category alone.',
  },
];

/** Resource-specific tables, and the category under which the same log lies in AzureDiagnostics. */
export const logModes: readonly { readonly table: string; readonly category: string }[] = [
  { table: 'AGWAccessLogs', category: 'ApplicationGatewayAccessLog' },
  { table: 'AGWFirewallLogs', category: 'ApplicationGatewayFirewallLog' },
  { table: 'ApiManagementGatewayLogs', category: 'GatewayLogs' },
];

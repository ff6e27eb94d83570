/** A rule set of the Application Gateway's firewall, as its log names it. */
export type RuleSet = { readonly type: string; readonly version: string };

export const coreRuleSet: RuleSet = { type: 'OWASP CRS', version: '3.2' };
export const defaultRuleSet: RuleSet = { type: 'Microsoft_DefaultRuleSet', version: '2.1' };

export type FirewallRule = {
  readonly id: string;
  /** What a match adds to the anomaly score: critical 5, error 4, warning 3, notice 2. */
  readonly score: number;
  readonly file: string;
  readonly message: string;
  /** Where in a request the match is said to be. */
  readonly where: string;
};

/** The total from which a request is blocked (or, in detection mode, only reported). */
export const blockingScore = 5;

/** The rule that gives the verdict over a transaction. */
export const verdictRuleId = '949110';

const files = {
  '920': 'REQUEST-920-PROTOCOL-ENFORCEMENT.conf',
  '930': 'REQUEST-930-APPLICATION-ATTACK-LFI.conf',
  '931': 'REQUEST-931-APPLICATION-ATTACK-RFI.conf',
  '932': 'REQUEST-932-APPLICATION-ATTACK-RCE.conf',
  '941': 'REQUEST-941-APPLICATION-ATTACK-XSS.conf',
  '942': 'REQUEST-942-APPLICATION-ATTACK-SQLI.conf',
  '944': 'REQUEST-944-APPLICATION-ATTACK-JAVA.conf',
  '949': 'REQUEST-949-BLOCKING-EVALUATION.conf',
} as const;

type RuleGroup = keyof typeof files;

function rule(group: RuleGroup, number: string, score: number, where: string, message: string): FirewallRule {
  return { id: `${group}${number}`, score, file: files[group], message, where };
}

/**
 * The rules that the sample's requests match. Both rule sets have all of them
 * (learn.microsoft.com/azure/web-application-firewall/ag/application-gateway-crs-rulegroups-rules).
 */
export const firewallRules: ReadonlyMap<string, FirewallRule> = new Map(
  [
    rule('920', '320', 2, 'REQUEST_HEADERS', 'User-Agent header is missing'),
    rule('930', '100', 5, 'REQUEST_URI', 'Path traversal with encoded characters'),
    rule('930', '110', 5, 'REQUEST_URI', 'Path traversal'),
    rule('930', '120', 5, 'ARGS', 'Access to a file of the operating system'),
    rule('930', '130', 5, 'REQUEST_FILENAME', 'Access to a restricted file'),
    rule('931', '100', 5, 'ARGS', 'Remote file inclusion: the URL of a parameter is an IP address'),
    rule('932', '100', 5, 'ARGS', 'Remote command execution: Unix command injection'),
    rule('932', '105', 5, 'ARGS', 'Remote command execution: Unix command injection with a known command'),
    rule('941', '100', 5, 'ARGS', 'Cross-site scripting detected by libinjection'),
    rule('941', '110', 5, 'ARGS', 'Cross-site scripting: script tag'),
    rule('941', '160', 5, 'ARGS', 'Cross-site scripting: HTML injection'),
    rule('942', '100', 5, 'ARGS', 'SQL injection detected by libinjection'),
    rule('942', '130', 5, 'ARGS', 'SQL injection: tautology'),
    rule('942', '190', 5, 'ARGS', 'SQL injection: execution of code and gathering of information'),
    rule('942', '270', 5, 'ARGS', 'SQL injection: basic union select'),
    rule('942', '430', 3, 'ARGS', 'SQL injection: too many special characters in a parameter'),
    rule('944', '240', 5, 'ARGS', 'Remote command execution: Java serialization or Log4j'),
  ].map((row) => [row.id, row]),
);

/** The verdict's row has no place in a request; its message carries the total. */
export function verdictMessage(total: number): string {
  return `Mandatory rule. Cannot be disabled. Inbound Anomaly Score Exceeded (Total Score: ${total})`;
}

export const verdictFile = files['949'];

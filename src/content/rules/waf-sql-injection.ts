import { wafLogs } from '../data-source.ts';
import { defineRule, wholeNumber } from '../define-rule.ts';
import { azureResource, ip, url } from '../entity.ts';
import { withoutAllowedAddresses } from '../fragments/allow-list.ts';
import { isBlocked, isSqlInjection, isVerdict, wafEvents } from '../fragments/waf-events.ts';
import { evaluatedPeriod } from '../fragments/windows.ts';
import { kql } from '../kql.ts';
import { scheduled } from '../schedule.ts';
import { timespan } from '../timespan.ts';

/** Counts attacks, not log rows: one request that matches five rules is one attack. */
export const wafSqlInjection = defineRule({
  slug: 'waf-sql-injection',
  id: '3d6c5a07-f2e9-4b1d-a8c4-5e73f10b62d9',
  version: '1.0.0',
  name: 'SQL injection seen by the WAF',
  description:
    'Identifies client addresses that attempt SQL injection through the web application firewall in front of the APIs. An attempt is a transaction in which a SQL injection rule matched and which the firewall blocked, or would have blocked in detection mode; matches that stay below the anomaly score are left out.',
  severity: 'Medium',
  attack: { InitialAccess: ['T1190'], Execution: ['T1059'] },
  owasp: ['API8:2019', 'API8:2023'],
  needs: ({ topology, logMode }) => [wafLogs(topology, logMode)],
  // Ten minutes more than answered for: a transaction's rows differ by seconds, and its first row decides its time.
  schedule: scheduled({ every: '1h', lookingBack: '80m', lateData: '10m' }),
  parameters: {
    minimumTransactions: wholeNumber(3, 'transactions of an address against a host in an hour'),
  },
  query: ({ minimumTransactions }, environment) => kql`
    ${evaluatedPeriod(environment.schedule)}
    ${wafEvents(environment)}
    | where isnotempty(Transaction)
    ${withoutAllowedAddresses(environment.allowList)}
    | extend IsSqlInjection = ${isSqlInjection}, IsVerdict = ${isVerdict(environment)}, IsBlocked = ${isBlocked}
    // A transaction's matches and its verdict are rows of their own, joined by the transaction's id.
    | summarize
        FirstSeen = min(TimeGenerated),
        LastSeen = max(TimeGenerated),
        RuleIds = make_set_if(RuleId, IsSqlInjection),
        Verdicts = countif(IsVerdict),
        BlockedRows = countif(IsBlocked),
        arg_min(TimeGenerated, RequestUri)
        by Transaction, ClientAddress, Host, WafResource
    | where Verdicts > 0 and array_length(RuleIds) > 0
    | where FirstSeen > EvaluatedFrom and FirstSeen <= EvaluatedTo
    | extend RulesOfTransaction = strcat_array(array_sort_asc(RuleIds), " "), Path = tostring(split(RequestUri, "?")[0])
    | summarize
        Transactions = count(),
        Blocked = countif(BlockedRows > 0),
        LastSeen = max(LastSeen),
        Rules = make_set(RulesOfTransaction, 20),
        Paths = make_set(Path, 20),
        arg_min(FirstSeen, Path, Transaction)
        by ClientAddress, Host, WafResource
    | where Transactions >= ${minimumTransactions}
    | project
        TimeGenerated = FirstSeen,
        Observed = Transactions,
        Blocked,
        NotBlocked = Transactions - Blocked,
        FirstSeen,
        LastSeen,
        ClientAddress,
        Host,
        Rules = strcat_array(array_sort_asc(Rules), ", "),
        Paths = strcat_array(array_sort_asc(Paths), ", "),
        FirstTransaction = Transaction,
        WafResource,
        Url = strcat("https://", Host, Path)`,
  entities: [ip('ClientAddress'), azureResource('WafResource'), url('Url')],
  details: [
    'Observed',
    'Blocked',
    'NotBlocked',
    'FirstSeen',
    'LastSeen',
    'ClientAddress',
    'Host',
    'Rules',
    'Paths',
    'FirstTransaction',
  ],
  alert: {
    title: 'SQL injection from {{ClientAddress}} against {{Host}}',
    description:
      '{{Observed}} requests carried SQL injection according to the web application firewall; it blocked {{Blocked}} of them and let {{NotBlocked}} pass, as it does in detection mode. Requests that passed have reached the API: look at what they returned first.',
  },
  events: 'AlertPerResult',
  incident: { kind: 'by', within: timespan('5h'), entities: ['IP'] },
  response: ['contain-attacker-address'],
});

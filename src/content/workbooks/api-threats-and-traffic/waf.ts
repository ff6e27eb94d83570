import type { WorkbookEnvironment } from '../../define-workbook.ts';
import { isBlocked, isVerdict, wafEvents } from '../../fragments/waf-events.ts';
import { type KqlFragment, kql, kqlLines } from '../../kql.ts';
import { inRange, rangeGrain } from '../../workbook-parameters.ts';
import { timeRange } from './parameters.ts';

/**
 * Rule ids begin with the number of their group, which the Core and Default Rule Sets share. Groups 949, 959 and 980 add
 * up scores: they say that there was an attack, not which.
 */
const ruleClasses: readonly (readonly [string, string])[] = [
  ['913', 'Scanner'],
  ['911', 'Method not allowed'],
  ['920', 'Protocol violation'],
  ['921', 'Protocol attack'],
  ['930', 'Local file inclusion'],
  ['931', 'Remote file inclusion'],
  ['932', 'Remote command execution'],
  ['933', 'PHP injection'],
  ['934', 'Node.js injection'],
  ['941', 'Cross-site scripting'],
  ['942', 'SQL injection'],
  ['943', 'Session fixation'],
  ['944', 'Java injection'],
  ['9903100', 'SQL injection'],
  ['99001', 'Known vulnerability'],
  ['800', 'Known vulnerability'],
  ['99005', 'Web shell'],
  ['949', ''],
  ['959', ''],
  ['980', ''],
];

/** Adds `Class`; empty for rows that only add up scores. */
const withClass: KqlFragment = kql`
  | extend Class = case(
      ${ruleClasses
        .map(([prefix, name]) => kql`RuleId startswith ${prefix}, ${name},`)
        .reduce((list, row) => kqlLines(list, row))}
      "Other rule")`;

/** Transactions that the WAF blocked or would have blocked; a request that matches five rules is one. */
export function attacks(environment: WorkbookEnvironment): KqlFragment {
  return kql`
    ${wafEvents(environment)}
    | where ${inRange(timeRange)} and isnotempty(Transaction)
    | summarize
        TimeGenerated = min(TimeGenerated),
        Verdicts = countif(${isVerdict(environment)}),
        BlockedRows = countif(${isBlocked})
        by Transaction, ClientAddress, Host
    | where Verdicts > 0`;
}

export const blocksByClass = (environment: WorkbookEnvironment): KqlFragment => kql`
  ${wafEvents(environment)}
  | where ${inRange(timeRange)} and isnotempty(Transaction)
  ${withClass}
  | summarize BlockedRows = countif(${isBlocked}), Classes = make_set_if(Class, isnotempty(Class)) by Transaction
  | where BlockedRows > 0
  | mv-expand Class = Classes to typeof(string)
  | summarize Blocked = count() by Class
  | sort by Blocked desc`;

export const attacksOverTime = (environment: WorkbookEnvironment): KqlFragment => kql`
  ${attacks(environment)}
  | extend Outcome = iff(BlockedRows > 0, "Blocked", "Detected only")
  | summarize Attacks = count() by TimeGenerated = bin(TimeGenerated, ${rangeGrain(timeRange)}), Outcome
  | sort by TimeGenerated asc`;

export const attackingAddresses = (environment: WorkbookEnvironment): KqlFragment => kql`
  ${attacks(environment)}
  | summarize
      Attacks = count(),
      NotBlocked = countif(BlockedRows == 0),
      FirstSeen = min(TimeGenerated),
      LastSeen = max(TimeGenerated)
      by ClientAddress, Host
  | top 15 by Attacks desc
  | project ClientAddress, Host, Attacks, NotBlocked, FirstSeen, LastSeen`;

import type { WorkbookEnvironment } from '../../define-workbook.ts';
import { forwardedHopPattern, withClientAddress } from '../../fragments/client-address.ts';
import { type KqlFragment, kql } from '../../kql.ts';
import { apiAlerts, withAlertAddress } from './alerts.ts';
import { chosenRequests } from './parameters.ts';
import { attacks } from './waf.ts';

/**
 * Client addresses over all three logs: what one did at the APIs, what the WAF stopped before them, and which alerts name
 * it. A union and not a join, because an address that the WAF stops is in no other log.
 */
export const topActors = (environment: WorkbookEnvironment): KqlFragment => kql`
  ${forwardedHopPattern(environment)}
  let AtApis = ${chosenRequests}
      ${withClientAddress(environment)}
      | project TimeGenerated, ClientAddress, Event = iff(ResponseCode >= 400, "Failed", "Request");
  let AtWaf = ${attacks(environment)}
      | project TimeGenerated, ClientAddress, Event = "Attack";
  let InAlerts = ${apiAlerts}
      ${withAlertAddress}
      | project TimeGenerated, ClientAddress, Event = "Alert";
  union AtApis, AtWaf, InAlerts
  | where isnotempty(ClientAddress)
  | summarize
      Alerts = countif(Event == "Alert"),
      WafAttacks = countif(Event == "Attack"),
      Requests = countif(Event in ("Request", "Failed")),
      Failed = countif(Event == "Failed"),
      LastSeen = max(TimeGenerated)
      by ClientAddress
  | sort by Alerts desc, WafAttacks desc, Requests desc
  | take 20`;

export const keyFigures = (environment: WorkbookEnvironment): KqlFragment => kql`
  let Totals = materialize(
      ${chosenRequests}
      | summarize Requests = count(), Failed = countif(ResponseCode >= 400), Throttled = countif(ResponseCode == 429));
  let AtWaf = materialize(
      ${attacks(environment)}
      | summarize Blocked = countif(BlockedRows > 0), NotBlocked = countif(BlockedRows == 0));
  union
      (Totals | project Rank = 1, Figure = "Requests", Value = todouble(Requests)),
      (Totals | project Rank = 2, Figure = "Failed requests, %", Value = iff(Requests == 0, 0.0, round(100.0 * Failed / Requests, 2))),
      (Totals | project Rank = 3, Figure = "Throttled requests", Value = todouble(Throttled)),
      (AtWaf | project Rank = 4, Figure = "WAF attacks blocked", Value = todouble(Blocked)),
      (AtWaf | project Rank = 5, Figure = "WAF attacks only detected", Value = todouble(NotBlocked)),
      (${apiAlerts} | summarize Alerts = count() | project Rank = 6, Figure = "Alerts", Value = todouble(Alerts))
  | sort by Rank asc
  | project Figure, Value`;

import { azureActivity } from '../data-source.ts';
import { defineRule } from '../define-rule.ts';
import { account, azureResource, ip } from '../entity.ts';
import { evaluatedPeriod } from '../fragments/windows.ts';
import { kql, kqlList } from '../kql.ts';
import { scheduled } from '../schedule.ts';
import { timespan } from '../timespan.ts';

const policyTypes = [
  'MICROSOFT.NETWORK/APPLICATIONGATEWAYWEBAPPLICATIONFIREWALLPOLICIES',
  'MICROSOFT.NETWORK/FRONTDOORWEBAPPLICATIONFIREWALLPOLICIES',
  'MICROSOFT.CDN/CDNWEBAPPLICATIONFIREWALLPOLICIES',
];
const operations = kqlList(policyTypes.flatMap((type) => [`${type}/WRITE`, `${type}/DELETE`]));

/** Watches the control that every other WAF detection relies on. */
export const wafProtectionWeakened = defineRule({
  slug: 'waf-protection-weakened',
  id: '94a1e6d8-0c7f-4b52-b3e9-f68d2a5c7013',
  version: '1.0.0',
  name: 'WAF switched to detection or disabled',
  description:
    'Identifies a write that puts a web application firewall policy of Application Gateway or Front Door into detection mode or disables it, or that deletes the policy. From then on attacks reach the APIs, whatever the firewall logs. Attackers who hold a role on the network do this first, and people do it while looking into a false positive and forget it.',
  severity: 'High',
  attack: { DefenseEvasion: ['T1562.007'] },
  owasp: ['API8:2023', 'API7:2019'],
  needs: () => [azureActivity()],
  // An operation's request and its outcome are rows of their own, minutes apart: looks back further than it answers for.
  schedule: scheduled({ every: '15m', lookingBack: '2h', lateData: '10m' }),
  parameters: {},
  query: (_parameters, environment) => kql`
    ${evaluatedPeriod(environment.schedule)}
    AzureActivity
    | where OperationNameValue in~ ${operations}
    | extend PolicyId = tolower(coalesce(_ResourceId, ResourceId)), Operation = toupper(OperationNameValue)
    | extend RequestBody = coalesce(tostring(Properties_d.requestbody), tostring(parse_json(Properties).requestbody))
    // Azure reads names and values in a request without regard to case, so the request is read in lower case.
    | extend Settings = parse_json(tolower(RequestBody)).properties.policysettings
    | extend
        ToDetection = tostring(Settings.mode) == "detection",
        ToDisabled = tostring(Settings.state) == "disabled" or tostring(Settings.enabledstate) == "disabled",
        Succeeded = ActivityStatusValue in~ ("Success", "Succeeded"),
        Accepted = ActivityStatusValue in~ ("Accept", "Accepted"),
        Failed = ActivityStatusValue in~ ("Failure", "Failed")
    // The request stands in the row that starts the operation, the outcome in later rows of the same correlation.
    | summarize
        CompletedAt = min(iff(Succeeded or Accepted, TimeGenerated, datetime(null))),
        Detections = countif(ToDetection),
        Disablings = countif(ToDisabled),
        Successes = countif(Succeeded),
        Acceptances = countif(Accepted),
        Failures = countif(Failed),
        arg_min(TimeGenerated, Caller, CallerIpAddress)
        by CorrelationId, PolicyId, Operation
    | where Successes > 0 or (Acceptances > 0 and Failures == 0)
    | where CompletedAt > EvaluatedFrom and CompletedAt <= EvaluatedTo
    | extend Change = case(
        Operation endswith "/DELETE", "deleted",
        Disablings > 0, "disabled",
        Detections > 0, "switched to detection",
        "")
    | where isnotempty(Change)
    | project
        TimeGenerated = CompletedAt,
        Change,
        PolicyName = extract(@"([^/]+)$", 1, PolicyId),
        PolicyId,
        Caller,
        CallerAddress = CallerIpAddress,
        CorrelationId,
        Operation`,
  entities: [account({ fullName: 'Caller' }), ip('CallerAddress'), azureResource('PolicyId')],
  details: ['Change', 'PolicyName', 'Caller', 'CallerAddress', 'CorrelationId', 'Operation'],
  alert: {
    title: 'WAF policy {{PolicyName}} {{Change}}',
    description:
      '{{Caller}} changed the web application firewall policy {{PolicyName}}: it was {{Change}}. Until that is undone, the firewall blocks no attack on the APIs behind it.',
  },
  events: 'AlertPerResult',
  incident: { kind: 'by', within: timespan('5h'), entities: ['AzureResource'] },
  response: [],
});

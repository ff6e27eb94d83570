import { defenderForCloudAlerts } from '../data-source.ts';
import { defineRule } from '../define-rule.ts';
import { azureResource, ip, url } from '../entity.ts';
import { extendedProperty } from '../fragments/extended-properties.ts';
import { kql } from '../kql.ts';
import { nearRealTime } from '../schedule.ts';
import { timespan } from '../timespan.ts';

/** Raises each alert of Defender for APIs as an incident with the context that Defender put into it. */
export const defenderForApisAlert = defineRule({
  slug: 'defender-for-apis-alert',
  id: 'b7e4092c-8a15-4f3d-9c60-1d52e8f7a3b4',
  version: '1.0.0',
  name: 'Defender for APIs alert with its context',
  description:
    'Identifies alerts of Microsoft Defender for APIs within minutes and raises each as an incident that shows the endpoint, the actor, what was observed against the usual behavior and the sensitivity of the data behind the endpoint.',
  severity: 'Medium',
  attack: { InitialAccess: ['T1190'], Impact: ['T1499'], Discovery: [], Execution: [], PreAttack: [] },
  owasp: ['API1:2023', 'API2:2023', 'API4:2023', 'API8:2023'],
  needs: () => [defenderForCloudAlerts()],
  schedule: nearRealTime(),
  parameters: {},
  query: () => kql`
    SecurityAlert
    | where AlertType startswith "API_"
    // A change of the alert's status is logged as the alert once more.
    | where Status !in~ ("Resolved", "Dismissed")
    | summarize arg_max(TimeGenerated, *) by SystemAlertId
    | extend Context = parse_json(ExtendedProperties)
    | extend
        Endpoint = ${extendedProperty('Api Endpoint', 'ApiEndpoint', 'Endpoint')},
        Actor = ${extendedProperty('Actor (Client IP)', 'Actor', 'ClientIp', 'Client IP')},
        Parameter = ${extendedProperty('Parameter of Interest', 'ParameterOfInterest')},
        Observed = ${extendedProperty('Spike (Number of API calls in 20 minutes)', 'Spike', 'Observed')},
        StatusCodes = ${extendedProperty('Observed Status Codes', 'ObservedStatusCodes')},
        EventOfInterest = ${extendedProperty('Event of Interest (Spike)', 'Event of Interest', 'EventOfInterest')},
        UsualBehavior = ${extendedProperty('Historical Behavior', 'HistoricalBehavior')},
        DeviationFromUsual = ${extendedProperty('Deviation from Historical Behavior', 'DeviationFromHistoricalBehavior')},
        SensitivityLabel = ${extendedProperty('Top sensitivity label', 'TopSensitivityLabel')},
        SensitiveTypes = ${extendedProperty('Sensitive information types', 'SensitiveInformationTypes')},
        Url = ${extendedProperty('Url', 'URL')},
        ApimResource = coalesce(${extendedProperty('ResourceId')}, ResourceId)
    // The actor is an address, or all addresses together; only an address becomes an entity.
    | extend ActorAddress = iff(isnotnull(parse_ipv4(Actor)) or isnotempty(parse_ipv6(Actor)), Actor, "")
    | extend EventOfInterest = coalesce(EventOfInterest, Description)
    | project
        TimeGenerated,
        AlertName = coalesce(DisplayName, AlertName),
        AlertType,
        AlertSeverity,
        Tactics,
        Endpoint,
        Actor,
        ActorAddress,
        Parameter,
        Observed,
        StatusCodes,
        EventOfInterest,
        UsualBehavior,
        DeviationFromUsual,
        SensitivityLabel,
        SensitiveTypes,
        DefenderAlertId = SystemAlertId,
        DefenderAlertLink = AlertLink,
        ApimResource,
        Url`,
  entities: [ip('ActorAddress'), azureResource('ApimResource'), url('Url')],
  details: [
    'AlertType',
    'Endpoint',
    'Actor',
    'Parameter',
    'Observed',
    'StatusCodes',
    'EventOfInterest',
    'UsualBehavior',
    'DeviationFromUsual',
    'SensitivityLabel',
    'SensitiveTypes',
    'DefenderAlertId',
    'DefenderAlertLink',
  ],
  alert: {
    title: '{{AlertName}}: {{Endpoint}}',
    description: '{{EventOfInterest}} {{UsualBehavior}} {{DeviationFromUsual}}',
    severityColumn: 'AlertSeverity',
    tacticsColumn: 'Tactics',
  },
  events: 'AlertPerResult',
  incident: { kind: 'by', within: timespan('1d'), details: ['DefenderAlertId'] },
  response: ['contain-attacker-address'],
});

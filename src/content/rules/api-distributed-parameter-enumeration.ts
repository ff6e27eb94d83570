import { apimGatewayLogs } from '../data-source.ts';
import { decimalNumber, defineRule, wholeNumber } from '../define-rule.ts';
import { azureResource, url } from '../entity.ts';
import { baselineOfObserved, identified, requests, wholeWindowsOnly } from '../fragments/apim-requests.ts';
import { withQueryParameters } from '../fragments/query-parameters.ts';
import { evaluatedWindows, window } from '../fragments/windows.ts';
import { kql } from '../kql.ts';
import { scheduled } from '../schedule.ts';
import { timespan } from '../timespan.ts';

const key = kql`ApimResource, ApiId, OperationId, Endpoint, Parameter`;
const windowAndKey = kql`Window = bin(TimeGenerated, ${window}), ApimResource = tolower(_ResourceId), ApiId, OperationId, Endpoint, Parameter`;
const perAddress = { addresses: true };
const allAddresses = { addresses: false };

/** Counterpart of Defender for APIs' API_DistributedParameterEnumeration, for APIs that are not onboarded to it. */
export const apiDistributedParameterEnumeration = defineRule({
  slug: 'api-distributed-parameter-enumeration',
  id: '8e91f3b6-4c2d-4a70-b5e8-26d7c09a1f3b',
  version: '1.0.0',
  name: 'Distributed parameter enumeration on an endpoint',
  description:
    'Identifies a 20-minute window in which many client addresses together tried far more distinct values of a query parameter of an API endpoint than in its active windows of the past 14 days. Walking through identifiers from many addresses is how broken object level authorization is exploited below the limits that are kept for each address.',
  severity: 'Medium',
  attack: { InitialAccess: ['T1190'], Collection: ['T1213'] },
  owasp: ['API1:2023', 'API1:2019'],
  needs: () => [apimGatewayLogs()],
  schedule: scheduled({ every: '1h', lookingBack: '14d', lateData: '10m' }),
  parameters: {
    deviations: decimalNumber(6, 'standard deviations above the mean of the baseline'),
    minimumValues: wholeNumber(1000, 'distinct values in a window, below which nothing fires'),
    minimumAddresses: wholeNumber(10, 'distinct client addresses in the window; fewer are another rule'),
    minimumBaselineWindows: wholeNumber(36, 'active windows that a baseline needs', 2),
  },
  query: ({ deviations, minimumValues, minimumAddresses, minimumBaselineWindows }, environment) => kql`
    ${evaluatedWindows(environment.schedule)}
    ${requests(environment, perAddress)}
    // Enough distinct values to matter; without such a window nothing below has work to do.
    // count_distinct counts exactly; dcount estimates, and an estimate would move the threshold.
    let Observed = materialize(
        Requests
        | where TimeGenerated >= EvaluatedFrom and Url contains "?"
        ${identified(environment, perAddress)}
        ${withQueryParameters}
        | summarize
            DistinctValues = count_distinct(Value),
            Addresses = count_distinct(ClientAddress),
            StatusCodes = make_set(ResponseCode),
            arg_min(TimeGenerated, BareUrl)
            by ${windowAndKey}
        | where DistinctValues >= ${minimumValues} and Addresses >= ${minimumAddresses});
    // Usual: windows in which the parameter was used at all.
    let Usual = Requests
        ${baselineOfObserved}
        | where Url contains "?"
        ${identified(environment, allAddresses)}
        | project TimeGenerated, _ResourceId, ApiId, OperationId, Endpoint, Url
        ${withQueryParameters}
        | summarize DistinctValues = count_distinct(Value)
            by ${windowAndKey}
        ${wholeWindowsOnly(environment)}
        | summarize Mean = avg(DistinctValues), StandardDeviation = stdev(DistinctValues), BaselineWindows = count()
            by ${key};
    Observed
    | join kind=inner Usual on ${key}
    | where BaselineWindows >= ${minimumBaselineWindows}
    | extend Deviation = (DistinctValues - Mean) / StandardDeviation
    | where Deviation >= ${deviations}
    | extend Mean = round(Mean, 2), StandardDeviation = round(StandardDeviation, 2), Deviation = round(Deviation, 2)
    | extend EventOfInterest = strcat(Addresses, " addresses together called ", Endpoint, " with ", DistinctValues, " distinct values of the parameter ", Parameter, " in 20 minutes.")
    | extend UsualBehavior = strcat("In its ", BaselineWindows, " active windows of 20 minutes of the past 14 days, all addresses together used ", Mean, " distinct values on average (mean), with a standard deviation of ", StandardDeviation, ".")
    | project
        TimeGenerated = Window,
        Observed = DistinctValues,
        Mean,
        StandardDeviation,
        Deviation,
        BaselineWindows,
        WindowStart = Window,
        WindowEnd = Window + ${window},
        Endpoint,
        Parameter,
        Addresses,
        StatusCodes = strcat_array(array_sort_asc(StatusCodes), ", "),
        ApiId,
        ApimResource,
        Url = BareUrl,
        EventOfInterest,
        UsualBehavior`,
  entities: [azureResource('ApimResource'), url('Url')],
  details: [
    'Observed',
    'Mean',
    'StandardDeviation',
    'Deviation',
    'BaselineWindows',
    'WindowStart',
    'WindowEnd',
    'Endpoint',
    'Parameter',
    'Addresses',
    'StatusCodes',
    'ApiId',
  ],
  alert: {
    title: 'Distributed enumeration of parameter {{Parameter}} on {{Endpoint}}',
    description:
      "{{EventOfInterest}} {{UsualBehavior}} The window lies {{Deviation}} standard deviations above that baseline, which is kept for each endpoint and parameter over all client addresses. Potential causes: object identifiers walked through to reach other users' data (broken object level authorization, OWASP API1), or a crawler, a synchronisation or a test run from many machines.",
  },
  events: 'AlertPerResult',
  incident: { kind: 'by', within: timespan('5h'), details: ['Endpoint', 'Parameter'] },
  response: [],
});

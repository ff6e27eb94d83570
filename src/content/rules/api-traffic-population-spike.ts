import { apimGatewayLogs } from '../data-source.ts';
import { decimalNumber, defineRule, wholeNumber } from '../define-rule.ts';
import { azureResource, url } from '../entity.ts';
import { baselineOfObserved, identified, requests, wholeWindowsOnly } from '../fragments/apim-requests.ts';
import { withStatusClass } from '../fragments/endpoint.ts';
import { evaluatedWindows, window } from '../fragments/windows.ts';
import { kql } from '../kql.ts';
import { scheduled } from '../schedule.ts';
import { timespan } from '../timespan.ts';

const key = kql`ApimResource, ApiId, OperationId, Endpoint, StatusClass`;
const windowAndKey = kql`Window = bin(TimeGenerated, ${window}), ApimResource = tolower(_ResourceId), ApiId, OperationId, Endpoint, StatusClass`;
const allAddresses = { addresses: false };

/** Counterpart of Defender for APIs' API_PopulationSpikeInAPITraffic, for APIs that are not onboarded to it. */
export const apiTrafficPopulationSpike = defineRule({
  slug: 'api-traffic-population-spike',
  id: '5f0b8c1e-6d3a-4c57-9e21-7a4f2d90b613',
  version: '1.0.0',
  name: 'Spike in API traffic to an endpoint',
  description:
    'Identifies a 20-minute window in which all callers together called an API endpoint far more often than in its active windows of the past 14 days, per class of status code. A spike may be a flood, a scripted abuse of a business flow or guessing spread over many addresses, and it shows that the endpoint has no effective rate limit. Endpoints with too short a history are left out.',
  severity: 'Medium',
  attack: { Impact: ['T1499'] },
  owasp: ['API4:2023', 'API4:2019', 'API2:2023', 'API2:2019'],
  needs: () => [apimGatewayLogs()],
  schedule: scheduled({ every: '1h', lookingBack: '14d', lateData: '10m' }),
  parameters: {
    deviations: decimalNumber(6, 'standard deviations above the mean of the baseline'),
    minimumCalls: wholeNumber(200, 'calls in a window, below which nothing fires'),
    minimumBaselineWindows: wholeNumber(36, 'active windows that a baseline needs', 2),
  },
  query: ({ deviations, minimumCalls, minimumBaselineWindows }, environment) => kql`
    ${evaluatedWindows(environment.schedule)}
    ${requests(environment, allAddresses)}
    // Busy enough to matter; without such a window nothing below has work to do.
    let Observed = materialize(
        Requests
        | where TimeGenerated >= EvaluatedFrom
        ${identified(environment, allAddresses)}
        ${withStatusClass}
        | summarize Calls = count(), StatusCodes = make_set(ResponseCode), arg_min(TimeGenerated, Url)
            by ${windowAndKey}
        | where Calls >= ${minimumCalls});
    // Usual: active windows only, so that a nightly batch is not measured against hours of silence.
    let Usual = Requests
        ${baselineOfObserved}
        ${identified(environment, allAddresses)}
        ${withStatusClass}
        | summarize Calls = count()
            by ${windowAndKey}
        ${wholeWindowsOnly(environment)}
        | summarize Mean = avg(Calls), StandardDeviation = stdev(Calls), BaselineWindows = count()
            by ${key};
    Observed
    | join kind=inner Usual on ${key}
    | where BaselineWindows >= ${minimumBaselineWindows}
    | extend Deviation = (Calls - Mean) / StandardDeviation
    | where Deviation >= ${deviations}
    | extend Mean = round(Mean, 2), StandardDeviation = round(StandardDeviation, 2), Deviation = round(Deviation, 2)
    | extend EventOfInterest = strcat("All addresses together made ", Calls, " calls to ", Endpoint, " with status code ", StatusClass, " in 20 minutes.")
    | extend UsualBehavior = strcat("In its ", BaselineWindows, " active windows of 20 minutes of the past 14 days, they made ", Mean, " calls on average (mean), with a standard deviation of ", StandardDeviation, ".")
    | project
        TimeGenerated = Window,
        Observed = Calls,
        Mean,
        StandardDeviation,
        Deviation,
        BaselineWindows,
        WindowStart = Window,
        WindowEnd = Window + ${window},
        Endpoint,
        StatusClass,
        StatusCodes = strcat_array(array_sort_asc(StatusCodes), ", "),
        ApiId,
        ApimResource,
        Url = tostring(split(Url, "?")[0]),
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
    'StatusClass',
    'StatusCodes',
    'ApiId',
  ],
  alert: {
    title: 'Suspicious spike in API traffic to {{Endpoint}}',
    description:
      '{{EventOfInterest}} {{UsualBehavior}} The window lies {{Deviation}} standard deviations above that baseline, which is kept for each endpoint and class of status code over all client addresses. Potential causes: an attack on an endpoint without an effective rate limit (OWASP API4), credential guessing spread over many addresses (OWASP API2), or a launch, a load test or a client that retries without pause.',
  },
  events: 'AlertPerResult',
  incident: { kind: 'by', within: timespan('5h'), details: ['Endpoint', 'StatusClass'] },
  response: [],
});

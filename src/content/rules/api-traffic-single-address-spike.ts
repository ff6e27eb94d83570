import { apimGatewayLogs } from '../data-source.ts';
import { decimalNumber, defineRule, wholeNumber } from '../define-rule.ts';
import { azureResource, ip, url } from '../entity.ts';
import { baselineOfObserved, identified, requests, wholeWindowsOnly } from '../fragments/apim-requests.ts';
import { withStatusClass } from '../fragments/endpoint.ts';
import { evaluatedWindows, window } from '../fragments/windows.ts';
import { kql } from '../kql.ts';
import { scheduled } from '../schedule.ts';
import { timespan } from '../timespan.ts';

const key = kql`ApimResource, ApiId, OperationId, Endpoint, StatusClass`;
const windowKeyAndAddress = kql`Window = bin(TimeGenerated, ${window}), ApimResource = tolower(_ResourceId), ApiId, OperationId, Endpoint, StatusClass, ClientAddress`;
const perAddress = { addresses: true };

/** Counterpart of Defender for APIs' API_SpikeInAPITraffic, for APIs that are not onboarded to it. */
export const apiTrafficSingleAddressSpike = defineRule({
  slug: 'api-traffic-single-address-spike',
  id: 'c2a7d4f9-1b58-4e06-8d73-90e6b1f5a824',
  version: '1.0.0',
  name: 'Spike in API traffic from a single address',
  description:
    'Identifies a client address that calls an API endpoint in a 20-minute window many times as often as addresses usually do, per class of status code. The baseline is the number of calls that one address makes in a window in which it is active, over all addresses of the past 14 days, so that an address never seen before is measured too. It may be scraping, guessing of credentials or identifiers, or a flood from one machine.',
  severity: 'Medium',
  attack: { Impact: ['T1499'] },
  owasp: ['API4:2023', 'API4:2019', 'API2:2023', 'API2:2019'],
  needs: () => [apimGatewayLogs()],
  schedule: scheduled({ every: '1h', lookingBack: '14d', lateData: '10m' }),
  parameters: {
    multiple: decimalNumber(50, 'times the mean of one address'),
    minimumCalls: wholeNumber(100, 'calls of one address in a window, below which nothing fires'),
    minimumBaselineWindows: wholeNumber(36, 'active windows that a baseline needs', 2),
  },
  query: ({ multiple, minimumCalls, minimumBaselineWindows }, environment) => kql`
    ${evaluatedWindows(environment.schedule)}
    ${requests(environment, perAddress)}
    // Addresses that are busy enough to matter; without one nothing below has work to do.
    let Observed = materialize(
        Requests
        | where TimeGenerated >= EvaluatedFrom
        ${identified(environment, perAddress)}
        ${withStatusClass}
        | summarize Calls = count(), StatusCodes = make_set(ResponseCode), arg_min(TimeGenerated, Url)
            by ${windowKeyAndAddress}
        | where Calls >= ${minimumCalls} and isnotempty(ClientAddress));
    // Usual: what one address does in a window in which it calls the endpoint at all.
    let Usual = Requests
        ${baselineOfObserved}
        ${identified(environment, perAddress)}
        ${withStatusClass}
        | summarize Calls = count()
            by ${windowKeyAndAddress}
        ${wholeWindowsOnly(environment)}
        | summarize Mean = avg(Calls), StandardDeviation = stdev(Calls), BaselineWindows = count_distinct(Window)
            by ${key};
    Observed
    | join kind=inner Usual on ${key}
    | where BaselineWindows >= ${minimumBaselineWindows}
    | extend Multiple = Calls / Mean
    | where Multiple >= ${multiple}
    | extend Deviation = round((Calls - Mean) / StandardDeviation, 2), Multiple = round(Multiple, 2)
    | extend Mean = round(Mean, 2), StandardDeviation = round(StandardDeviation, 2)
    | extend EventOfInterest = strcat("Client address ", ClientAddress, " made ", Calls, " calls to ", Endpoint, " with status code ", StatusClass, " in 20 minutes.")
    | extend UsualBehavior = strcat("In the past 14 days, distinct addresses made ", Mean, " calls to this endpoint on average (mean) in the 20-minute windows in which they called it.")
    | project
        TimeGenerated = Window,
        Observed = Calls,
        Mean,
        StandardDeviation,
        Deviation,
        Multiple,
        BaselineWindows,
        WindowStart = Window,
        WindowEnd = Window + ${window},
        Endpoint,
        StatusClass,
        StatusCodes = strcat_array(array_sort_asc(StatusCodes), ", "),
        ClientAddress,
        ApiId,
        ApimResource,
        Url = tostring(split(Url, "?")[0]),
        EventOfInterest,
        UsualBehavior`,
  entities: [ip('ClientAddress'), azureResource('ApimResource'), url('Url')],
  details: [
    'Observed',
    'Mean',
    'StandardDeviation',
    'Deviation',
    'Multiple',
    'BaselineWindows',
    'WindowStart',
    'WindowEnd',
    'Endpoint',
    'StatusClass',
    'StatusCodes',
    'ClientAddress',
    'ApiId',
  ],
  alert: {
    title: 'Suspicious spike in API traffic from {{ClientAddress}} to {{Endpoint}}',
    description:
      '{{EventOfInterest}} {{UsualBehavior}} That is {{Multiple}} times what one address usually does there. Potential causes: a flood or scraping on an endpoint without an effective rate limit (OWASP API4), guessing of credentials or tokens (OWASP API2), or many users behind one shared address.',
  },
  events: 'AlertPerResult',
  incident: { kind: 'by', within: timespan('5h'), entities: ['IP'] },
  response: ['contain-attacker-address'],
});

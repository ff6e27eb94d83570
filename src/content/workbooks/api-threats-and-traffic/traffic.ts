import { withEndpoint, withStatusClass } from '../../fragments/endpoint.ts';
import { window } from '../../fragments/windows.ts';
import { type KqlFragment, kql, kqlArray } from '../../kql.ts';
import { timespan } from '../../timespan.ts';
import {
  type ChoiceParameter,
  chosenValue,
  isChosen,
  rangeEnd,
  rangeGrain,
  rangeStart,
  withoutBraces,
  withSafeValues,
} from '../../workbook-parameters.ts';
import { apis, chosenRequests, timeRange } from './parameters.ts';

/** As long as the baseline of the anomaly rules. */
export const BASELINE_DAYS = 14;
const daysAhead = Array.from({ length: BASELINE_DAYS }, (_, index) => String(index + 1));
/** Half of what the spike rule needs to fire: a person should see what comes near it, not every third call. */
const MINIMUM_CALLS = 100;
const MINIMUM_WINDOWS = 36;
const DEVIATIONS = 6;

/**
 * `Measured`: calls in each window of the chosen range per endpoint and status class (`Series`), beside what was usual
 * before that day. The baseline of a day is that of the 14 days before it, from the sums of each of those days: so one
 * pass over the logs serves every day of the range, and as in the rules only windows with traffic count.
 */
const measured: KqlFragment = kql`
  let Windows = materialize(
      ApiManagementGatewayLogs
      | where TimeGenerated >= ${rangeStart(timeRange)} - ${timespan(`${BASELINE_DAYS}d`)} and TimeGenerated <= ${rangeEnd(timeRange)}
      | where ${isChosen(apis, kql`ApiId`)}
      ${withEndpoint}
      ${withStatusClass}
      | summarize Calls = count() by Window = bin(TimeGenerated, ${window}), ApiId, Endpoint, StatusClass
      | extend Series = strcat(StatusClass, " ", Endpoint, " (", ApiId, ")"), Day = bin(Window, 1d));
  let Usual = Windows
      | summarize Count = count(), Total = sum(Calls), Squares = sum(Calls * Calls) by Day, Series
      | mv-expand Ahead = ${kqlArray(daysAhead)} to typeof(long)
      | summarize Count = sum(Count), Total = sum(Total), Squares = sum(Squares) by Day = Day + Ahead * 1d, Series
      | where Count >= ${MINIMUM_WINDOWS}
      | extend Mean = todouble(Total) / Count
      | extend StandardDeviation = sqrt((Squares - Total * Mean) / (Count - 1));
  let Measured = Windows
      | where Window >= ${rangeStart(timeRange)}
      | join kind=leftouter Usual on Series, Day
      | extend Deviation = (Calls - Mean) / StandardDeviation;`;

/** The window of each series that deviates most. */
const peaks: KqlFragment = kql`
  Measured
  | where Calls >= ${MINIMUM_CALLS} and StandardDeviation > 0
  | summarize arg_max(Deviation, *) by Series`;

export const series: ChoiceParameter = {
  kind: 'choice',
  name: 'Traffic',
  label: 'Endpoint and status class',
  query: kql`
    ${measured}
    ${peaks}
    | extend Value = ${withoutBraces(kql`Series`)}
    ${withSafeValues(kql`Value`)}
    | top 50 by Deviation desc
    | project Value, Label = Series`,
};

export const unusualTraffic: KqlFragment = kql`
  ${measured}
  ${peaks}
  | top 10 by Deviation desc
  | project
      Endpoint,
      StatusClass,
      ApiId,
      Window,
      Calls,
      Mean = round(Mean, 2),
      StandardDeviation = round(StandardDeviation, 2),
      Deviation = round(Deviation, 2)`;

export const trafficAgainstBaseline: KqlFragment = kql`
  ${measured}
  Measured
  | where ${withoutBraces(kql`Series`)} == ${chosenValue(series)}
  | project Window, Calls, Usual = round(Mean, 2), Threshold = round(Mean + ${DEVIATIONS} * StandardDeviation, 2)
  | sort by Window asc`;

export const requestsByStatusClass: KqlFragment = kql`
  ${chosenRequests}
  ${withStatusClass}
  | summarize Requests = count() by TimeGenerated = bin(TimeGenerated, ${rangeGrain(timeRange)}), StatusClass
  | sort by TimeGenerated asc`;

export const topEndpoints: KqlFragment = kql`
  ${chosenRequests}
  ${withEndpoint}
  | summarize
      Requests = count(),
      Failed = countif(ResponseCode >= 400),
      Throttled = countif(ResponseCode == 429),
      AverageMs = round(avg(TotalTime), 0)
      by Endpoint, ApiId
  | top 15 by Requests desc
  | project Endpoint, ApiId, Requests, FailedPercent = round(100.0 * Failed / Requests, 2), Throttled, AverageMs`;

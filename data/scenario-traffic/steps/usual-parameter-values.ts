import { windowMs } from '../../generator/time-window.ts';
import { callRows } from '../gateway-calls.ts';
import { type Counts, durationMs, timeMs, windowCounts } from '../parameters.ts';
import type { Step } from '../step.ts';
import { callsWithValues, type ValueParameters } from './parameter-values.ts';

type Parameters = ValueParameters & {
  readonly until: string;
  readonly windows: number;
  readonly every?: string;
  readonly values: Counts;
};

/** How many different values of a query parameter are usual, in windows of 20 minutes that end before a time. */
export const usualParameterValues: Step<Parameters> = (parameters, place) => {
  const lastMs = timeMs(parameters.until) - windowMs;
  const everyMs = durationMs(parameters.every, windowMs);
  const calls = windowCounts(parameters.values, parameters.windows).flatMap((count, window) =>
    callsWithValues(parameters, lastMs - window * everyMs, windowMs, count),
  );
  return [{ table: 'ApiManagementGatewayLogs', rows: callRows(parameters, calls, place) }];
};

import { windowMs } from '../../generator/time-window.ts';
import { type CallParameters, callRows, spread } from '../gateway-calls.ts';
import { type Counts, durationMs, timeMs, windowCounts } from '../parameters.ts';
import type { Step } from '../step.ts';

type Parameters = CallParameters & {
  readonly until: string;
  readonly windows: number;
  readonly every?: string;
  readonly calls: Counts;
};

/** What an endpoint is usually called, in windows of 20 minutes that end before a time. */
export const usualCalls: Step<Parameters> = (parameters, place) => {
  const lastMs = timeMs(parameters.until) - windowMs;
  const everyMs = durationMs(parameters.every, windowMs);
  const calls = windowCounts(parameters.calls, parameters.windows).flatMap((count, window) =>
    spread(lastMs - window * everyMs, windowMs, count).map((atMs) => ({ atMs })),
  );
  return [{ table: 'ApiManagementGatewayLogs', rows: callRows(parameters, calls, place) }];
};

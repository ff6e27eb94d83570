import { windowMs } from '../../generator/time-window.ts';
import { type CallParameters, callRows, spread } from '../gateway-calls.ts';
import { durationMs, timeMs } from '../parameters.ts';
import type { Step } from '../step.ts';

type Parameters = CallParameters & {
  readonly at: string;
  readonly for?: string;
  readonly count: number;
  readonly query?: string;
};

/** Calls of an endpoint, evenly spread over a time. */
export const calls: Step<Parameters> = (parameters, place) => {
  const { at, count, query } = parameters;
  const times = spread(timeMs(at), durationMs(parameters.for, windowMs), count);
  const rows = callRows(
    parameters,
    times.map((atMs) => ({ atMs, query })),
    place,
  );
  return [{ table: 'ApiManagementGatewayLogs', rows }];
};

import { windowMs } from '../../generator/time-window.ts';
import { type Call, type CallParameters, callRows, spread } from '../gateway-calls.ts';
import { durationMs, timeMs } from '../parameters.ts';
import type { Step } from '../step.ts';

export type ValueParameters = CallParameters & {
  readonly parameter: string;
  readonly perCall?: number;
  readonly first?: number;
};

type Parameters = ValueParameters & { readonly at: string; readonly for?: string; readonly values: number };

/** Calls that try different values of a query parameter, evenly spread over a time. */
export const parameterValues: Step<Parameters> = (parameters, place) => {
  const { at, values } = parameters;
  const calls = callsWithValues(parameters, timeMs(at), durationMs(parameters.for, windowMs), values);
  return [{ table: 'ApiManagementGatewayLogs', rows: callRows(parameters, calls, place) }];
};

/** So many values, each once; a call may carry the parameter several times. */
export function callsWithValues(
  { parameter, perCall = 1, first = 1 }: ValueParameters,
  fromMs: number,
  lengthMs: number,
  values: number,
): readonly Call[] {
  const each = Math.max(1, perCall);
  return spread(fromMs, lengthMs, Math.ceil(values / each)).map((atMs, index) => {
    const from = index * each;
    const pairs = Array.from(
      { length: Math.min(each, values - from) },
      (_, offset) => `${parameter}=${first + from + offset}`,
    );
    return { atMs, query: pairs.join('&') };
  });
}

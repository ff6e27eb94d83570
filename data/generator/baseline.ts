import { GeneratorError } from './generator-error.ts';
import { type Moments, momentsOf, rounded } from './moments.ts';
import type { ApiRequest } from './request.ts';
import { contains, type TimeSpan, windowOf } from './time-window.ts';

export type Matches = (request: ApiRequest) => boolean;

/** What an operation's endpoint answered with a class of status: the key of the traffic rules. */
export function answered(operationId: string, statusClass: number): Matches {
  return (request) => request.operation?.id === operationId && Math.floor(request.answer.status / 100) === statusClass;
}

/** Calls in each active window of the span. */
export function callsByWindow(requests: Iterable<ApiRequest>, matches: Matches, span: TimeSpan): Map<number, number> {
  const calls = new Map<number, number>();
  for (const request of requests) {
    if (contains(span, request.atMs) && matches(request)) {
      const window = windowOf(request.atMs);
      calls.set(window, (calls.get(window) ?? 0) + 1);
    }
  }
  return calls;
}

/** `perAddress`: calls that an address makes on average in a window in which it calls at all. */
export type AddressBaseline = { readonly perAddress: number; readonly windows: number };

export function callsByAddress(requests: Iterable<ApiRequest>, matches: Matches, span: TimeSpan): AddressBaseline {
  const pairs = new Set<string>();
  const windows = new Set<number>();
  let calls = 0;
  for (const request of requests) {
    if (contains(span, request.atMs) && matches(request)) {
      const window = windowOf(request.atMs);
      pairs.add(`${window} ${request.client.address}`);
      windows.add(window);
      calls++;
    }
  }
  return { perAddress: calls / pairs.size, windows: windows.size };
}

/** What the active windows of a baseline amount to. */
export type WindowBaseline = Moments & { readonly windows: number };

export function baselineOver(values: Iterable<number>): WindowBaseline {
  const list = [...values];
  return { ...momentsOf(list), windows: list.length };
}

/** The figures of an alert on a deviation: observed, and what the baseline makes of it. */
export function deviationFigures(observed: number, baseline: WindowBaseline): Readonly<Record<string, number>> {
  return {
    Observed: observed,
    Mean: rounded(baseline.mean),
    StandardDeviation: rounded(baseline.standardDeviation),
    Deviation: rounded((observed - baseline.mean) / baseline.standardDeviation),
    BaselineWindows: baseline.windows,
  };
}

/**
 * Both moments of a baseline, with two decimals.
 * @throws GeneratorError `figures-missed`
 */
export function requireMoments(what: string, baseline: Moments, wanted: Moments): void {
  requireFigure(`the mean of ${what}`, baseline.mean, wanted.mean);
  requireFigure(`the standard deviation of ${what}`, baseline.standardDeviation, wanted.standardDeviation);
}

/** @throws GeneratorError `figures-missed` where the traffic does not show what an attack is meant to show. */
export function requireFigure(name: string, actual: number, wanted: number): void {
  if (rounded(actual) !== wanted) {
    throw new GeneratorError(
      'figures-missed',
      `${name} is ${rounded(actual)} and should be ${wanted}`,
      'Traffic was added to an endpoint whose baseline is fixed; give it an endpoint of its own.',
    );
  }
}

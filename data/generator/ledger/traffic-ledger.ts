import { momentsOf } from '../moments.ts';
import type { ApiRequest } from '../request.ts';
import { contains, type TimeSpan } from '../time-window.ts';
import { countWindow, type WindowFacts } from './window-facts.ts';

/** One number for each active window, oldest first. */
type Series = { readonly starts: number[]; readonly values: number[]; readonly addresses: number[] };

/** What the active windows of a look-back amount to; `perAddress` is what one address does in a window it is active in. */
export type SeriesBaseline = {
  readonly windows: number;
  readonly mean: number;
  readonly standardDeviation: number;
  readonly perAddress: number;
};

/**
 * The month so far, as much of it as the traffic rules compare with: calls by endpoint and class of status, distinct
 * values by endpoint and parameter, a number for each active window. A month of two million requests is a few hundred
 * thousand numbers, so attacks can be measured out while the month is being made, in one pass.
 */
export class TrafficLedger {
  readonly #calls = new Map<string, Series>();
  readonly #values = new Map<string, Series>();

  /** Enters a window, the next after those entered before. */
  record(startMs: number, requests: Iterable<ApiRequest>): WindowFacts {
    const facts = countWindow(requests);
    for (const [key, { calls, byAddress }] of facts.calls) {
      append(this.#calls, key, [startMs, calls, byAddress.size]);
    }
    for (const [key, { values, addresses }] of facts.parameters) {
      append(this.#values, key, [startMs, values.size, addresses.size]);
    }
    return facts;
  }

  callsBefore(key: string, span: TimeSpan): SeriesBaseline {
    return baselineOver(this.#calls.get(key), span);
  }

  valuesBefore(key: string, span: TimeSpan): SeriesBaseline {
    return baselineOver(this.#values.get(key), span);
  }
}

function append(
  all: Map<string, Series>,
  key: string,
  [start, value, addresses]: readonly [number, number, number],
): void {
  const series = all.get(key) ?? { starts: [], values: [], addresses: [] };
  series.starts.push(start);
  series.values.push(value);
  series.addresses.push(addresses);
  all.set(key, series);
}

function baselineOver(series: Series | undefined, span: TimeSpan): SeriesBaseline {
  const values: number[] = [];
  let total = 0;
  let active = 0;
  for (const [index, start] of (series?.starts ?? []).entries()) {
    if (contains(span, start)) {
      const value = series?.values[index] ?? 0;
      values.push(value);
      total += value;
      active += series?.addresses[index] ?? 0;
    }
  }
  return { ...momentsOf(values), windows: values.length, perAddress: total / active };
}

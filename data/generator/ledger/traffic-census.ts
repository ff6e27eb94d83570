import type { MonthTraffic } from '../month-labels.ts';
import type { ApiRequest } from '../request.ts';

/** Counts what a month holds while it passes. */
export class TrafficCensus {
  readonly #endpoints = new Set<string>();
  readonly #clients = new Set<string>();
  #requests = 0;

  record(requests: readonly ApiRequest[]): void {
    this.#requests += requests.length;
    for (const { operation, client } of requests) {
      if (operation !== undefined) this.#endpoints.add(operation.id);
      this.#clients.add(client.address);
    }
  }

  total(): MonthTraffic {
    return { requests: this.#requests, endpoints: this.#endpoints.size, clients: this.#clients.size };
  }
}

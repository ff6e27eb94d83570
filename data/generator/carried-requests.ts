import type { ApiRequest } from './request.ts';
import { windowOf } from './time-window.ts';

/** Requests by the window that they lie in: what a session carries past its window waits for the one that it lies in. */
export class CarriedRequests {
  readonly #byWindow = new Map<number, ApiRequest[]>();

  readonly add = (request: ApiRequest): void => {
    const start = windowOf(request.atMs);
    const waiting = this.#byWindow.get(start);
    if (waiting === undefined) {
      this.#byWindow.set(start, [request]);
    } else {
      waiting.push(request);
    }
  };

  take(startMs: number): readonly ApiRequest[] {
    const due = this.#byWindow.get(startMs) ?? [];
    this.#byWindow.delete(startMs);
    return due;
  }
}

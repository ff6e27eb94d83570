import type { ApiRequest } from '../request.ts';

/** Calls of one endpoint with one class of status in a window, by client address. */
export type EndpointCalls = {
  readonly endpoint: string;
  readonly statusClass: string;
  readonly byAddress: Map<string, number>;
  calls: number;
};

/** Values that one query parameter of one endpoint had in a window, and who sent them. */
export type ParameterUse = {
  readonly endpoint: string;
  readonly parameter: string;
  readonly values: Set<string>;
  readonly addresses: Set<string>;
};

/** What the traffic rules count in one window of 20 minutes. */
export type WindowFacts = {
  readonly calls: ReadonlyMap<string, EndpointCalls>;
  readonly parameters: ReadonlyMap<string, ParameterUse>;
};

/** `PUT /orders/{order}`; where no operation matched, the path that was asked for stands for it. */
export function endpointOf({ operation, method, target }: ApiRequest): string {
  return operation?.id ?? `${method} ${target.split('?', 1)[0]}`;
}

export function statusClassOf({ answer }: ApiRequest): string {
  return `${Math.floor(answer.status / 100)}XX`;
}

/** The key of a series: an endpoint, and a class of status or a parameter. */
export function seriesKey(endpoint: string, discriminator: string): string {
  return `${endpoint}\n${discriminator}`;
}

/** Counts the requests of one window that reached API Management. */
export function countWindow(requests: Iterable<ApiRequest>): WindowFacts {
  const calls = new Map<string, EndpointCalls>();
  const parameters = new Map<string, ParameterUse>();
  for (const request of requests) {
    const endpoint = endpointOf(request);
    countCall(calls, endpoint, request);
    for (const [parameter, value] of parametersOf(request.target)) {
      const key = seriesKey(endpoint, parameter);
      const use = parameters.get(key) ?? { endpoint, parameter, values: new Set(), addresses: new Set() };
      use.values.add(value);
      use.addresses.add(request.client.address);
      parameters.set(key, use);
    }
  }
  return { calls, parameters };
}

function countCall(calls: Map<string, EndpointCalls>, endpoint: string, request: ApiRequest): void {
  const statusClass = statusClassOf(request);
  const key = seriesKey(endpoint, statusClass);
  let counted = calls.get(key);
  if (counted === undefined) {
    counted = { endpoint, statusClass, byAddress: new Map(), calls: 0 };
    calls.set(key, counted);
  }
  const { address } = request.client;
  counted.calls++;
  counted.byAddress.set(address, (counted.byAddress.get(address) ?? 0) + 1);
}

/** Pairs of the query as they were sent; a pair without a name counts for none. */
export function parametersOf(target: string): (readonly [parameter: string, value: string])[] {
  const start = target.indexOf('?');
  if (start < 0) {
    return [];
  }
  return target
    .slice(start + 1)
    .split('&')
    .map((pair) => {
      const [parameter = ''] = pair.split('=', 1);
      return [parameter, pair.slice(parameter.length + 1)] as const;
    })
    .filter(([parameter]) => parameter !== '');
}

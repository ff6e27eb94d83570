import { fromBackend } from '../generator/answers.ts';
import { gatewayRows } from '../generator/gateway-rows.ts';
import type { Operation } from '../generator/operations.ts';
import { seededRandom } from '../generator/random.ts';
import { newRequest } from '../generator/request.ts';
import type { Row } from '../generator/row.ts';
import { type Addresses, addressList } from './parameters.ts';

/** What the steps that call an endpoint have in common. */
export type CallParameters = {
  readonly endpoint: string;
  readonly status?: number;
  readonly addresses?: Addresses;
  readonly operation?: string;
  readonly api?: string;
  readonly forwarded?: string;
  readonly caller?: string;
  readonly resource?: string;
};

/** One call: when, and what follows the question mark. */
export type Call = { readonly atMs: number; readonly query?: string | undefined };

const userAgent = 'okhttp/4.12.0';

/** Rows of ApiManagementGatewayLogs, in the order of the calls; addresses take turns. */
export function callRows(parameters: CallParameters, calls: readonly Call[], place: number): readonly Row[] {
  const { endpoint, status = 200, forwarded, caller, resource } = parameters;
  const operation = operationOf(parameters);
  const addresses = addressList(parameters.addresses);
  const random = seededRandom(place);
  const requests = calls.map(({ atMs, query }, index) =>
    newRequest(random, {
      atMs,
      operation,
      target: `${fillPath(endpoint, index)}${query === undefined ? '' : `?${query}`}`,
      client: { address: addresses[index % addresses.length] ?? '', userAgent },
      answer: fromBackend(status),
    }),
  );
  const stated: Row = {
    ...(forwarded === undefined ? {} : { RequestHeaders: { 'X-Forwarded-For': forwarded, 'User-Agent': userAgent } }),
    ...(caller === undefined ? {} : { CallerIpAddress: caller }),
    ...(resource === undefined ? {} : { _ResourceId: resource }),
  };
  return [...gatewayRows(random, requests)].map((row) => ({ ...row, ...stated }));
}

function operationOf({ endpoint, operation, api }: CallParameters): Operation {
  const [method = '', path = ''] = endpoint.split(' ');
  const id = api ?? path.split('/')[1] ?? '';
  return {
    id: operation ?? endpoint,
    api: { id, revision: '1', product: 'scenario' },
    method,
    requestBytes: 600,
    responseBytes: 900,
    backendMs: 60,
    cachedShare: 0,
  };
}

/** The path with a number in place of each placeholder. */
const fillPath = (endpoint: string, index: number): string =>
  (endpoint.split(' ')[1] ?? '').replace(/\{[^}]*\}/g, String(1001 + index));

/** So many moments, evenly spread from a time on; the last lies before the end. */
export const spread = (fromMs: number, lengthMs: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => fromMs + Math.floor((index * lengthMs) / count));

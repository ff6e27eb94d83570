import { answers } from '../../generator/answers.ts';
import { type ClientPool, clientPool, pickClient } from '../../generator/clients.ts';
import { poisson } from '../../generator/distributions.ts';
import { gatewayRows } from '../../generator/gateway-rows.ts';
import { type Operation, operations } from '../../generator/operations.ts';
import { type Random, seededRandom } from '../../generator/random.ts';
import { type ApiRequest, newRequest } from '../../generator/request.ts';
import { intensityAt, shoppingRhythm } from '../../generator/rhythm.ts';
import type { Row } from '../../generator/row.ts';
import { type TimeSpan, windowMs, windowsIn } from '../../generator/time-window.ts';
import { userAgents } from '../../generator/user-agents.ts';

/** An endpoint of the shop and its share of the calls; one call in so many goes wrong, with this answer. */
type Endpoint = {
  readonly operation: Operation;
  readonly share: number;
  readonly target: (random: Random) => string;
  readonly failure: { readonly answer: (typeof answers)[keyof typeof answers]; readonly oneIn: number };
};

const numbered = (path: string, bound: number) => (random: Random) => `${path}/${1 + random.below(bound)}`;
const terms = ['lamp', 'desk', 'chair', 'shelf', 'rug', 'mirror'];

/**
 * What shoppers call. The endpoints that scenarios put to the test (PUT /orders/{id}, GET /loyalty/cards/{number},
 * GET /settlement/transactions) are left to them: their figures must not depend on a background.
 */
const endpoints: readonly Endpoint[] = [
  {
    operation: operations.listProducts,
    share: 0.3,
    target: (random) => `/catalog/products?page=${1 + random.below(12)}`,
    failure: { answer: answers.backendBusy, oneIn: 200 },
  },
  {
    operation: operations.readProduct,
    share: 0.3,
    target: numbered('/catalog/products', 900),
    failure: { answer: answers.notFound, oneIn: 25 },
  },
  {
    operation: operations.searchProducts,
    share: 0.15,
    target: (random) => `/catalog/search?q=${random.pick(terms)}`,
    failure: { answer: answers.badRequest, oneIn: 60 },
  },
  {
    operation: operations.issueToken,
    share: 0.12,
    target: () => '/customers/token',
    failure: { answer: answers.wrongPassword, oneIn: 8 },
  },
  {
    operation: operations.createOrder,
    share: 0.07,
    target: () => '/orders',
    failure: { answer: answers.conflict, oneIn: 30 },
  },
  {
    operation: operations.readOrder,
    share: 0.06,
    target: numbered('/orders', 40_000),
    failure: { answer: answers.notFound, oneIn: 20 },
  },
];

/**
 * Rows of ApiManagementGatewayLogs for a shop's usual traffic: a rhythm over the day and the week, clients of whom few
 * call much and most call little.
 * @param meanPerWindow calls of all endpoints in 20 minutes, on average over a day
 */
export function shopTraffic(seed: number, span: TimeSpan, meanPerWindow: number): readonly Row[] {
  const random = seededRandom(seed);
  const pool = clientPool(random.fork('clients'), {
    size: 600,
    firstIndex: 20_000,
    userAgents: userAgents.browsers,
    inequality: 0.9,
  });
  const requests = endpoints
    .flatMap((endpoint) => callsOf(random.fork(endpoint.operation.id), endpoint, pool, { span, meanPerWindow }))
    .sort((a, b) => a.atMs - b.atMs);
  return [...gatewayRows(random.fork('gateway'), requests)];
}

function callsOf(
  random: Random,
  { operation, share, target, failure }: Endpoint,
  pool: ClientPool,
  { span, meanPerWindow }: { readonly span: TimeSpan; readonly meanPerWindow: number },
): readonly ApiRequest[] {
  return windowsIn(span).flatMap((startMs) => {
    const mean = meanPerWindow * share * intensityAt(shoppingRhythm, startMs + windowMs / 2);
    return Array.from({ length: poisson(random, mean) }, () =>
      newRequest(random, {
        atMs: startMs + random.below(windowMs),
        operation,
        target: target(random),
        client: pickClient(random, pool),
        answer: random.below(failure.oneIn) === 0 ? failure.answer : answers.ok,
      }),
    );
  });
}

import assert from 'node:assert/strict';
import { answers } from '../../../../data/generator/answers.ts';
import { seededRandom } from '../../../../data/generator/random.ts';
import type { ApiRequest } from '../../../../data/generator/request.ts';
import { minuteMs, windowMs } from '../../../../data/generator/time-window.ts';
import { conditionsOf, type Trouble } from '../../../../data/generator/traffic/conditions.ts';
import { fillPath } from '../../../../data/generator/traffic/path-template.ts';
import { platformOperations } from '../../../../data/generator/traffic/platform-operations.ts';
import { Session } from '../../../../data/generator/traffic/session.ts';
import { thinned } from '../../../../data/generator/traffic/traffic-source.ts';

const startMs = Date.UTC(2026, 5, 10, 9);
const client = { address: '198.18.0.1', userAgent: 'test/1.0' };

function sessionIn(troubles: readonly Trouble[], retries: number): { session: Session; requests: ApiRequest[] } {
  const requests: ApiRequest[] = [];
  const conditions = conditionsOf(1, [], troubles);
  const add = (request: ApiRequest): void => void requests.push(request);
  const window = { startMs, random: seededRandom(4), conditions, add };
  return { session: new Session(window, { client, startsAtMs: startMs, paceMs: 1000, retries }), requests };
}

const down: Trouble = {
  apiId: 'orders',
  span: { fromMs: startMs, untilMs: startMs + 10 * minuteMs },
  share: 1,
  answer: answers.backendUnreachable,
};

describe('a session', () => {
  it('sends a call again when the backend is down, with longer pauses, and gives up after its retries', () => {
    const { session, requests } = sessionIn([down], 3);
    assert.equal(session.call('GET /orders/{order}'), 500);
    assert.equal(requests.length, 4);
    const pauses = requests.slice(1).map(({ atMs }, index) => atMs - (requests[index]?.atMs ?? 0));
    for (const [index, pause] of pauses.entries()) {
      const least = 1000 * 2 ** index;
      assert.ok(pause >= least && pause < 2 * least, `pause ${index}: ${pause}`);
    }
    assert.equal(new Set(requests.map(({ target }) => target)).size, 1);
  });

  it('does not suffer from another API, nor after the trouble', () => {
    const { session, requests } = sessionIn([down], 0);
    session.call('GET /catalog/categories');
    const later = sessionIn([{ ...down, span: { fromMs: startMs - windowMs, untilMs: startMs } }], 0);
    later.session.call('GET /orders');
    assert.deepEqual(
      [...requests, ...later.requests].map(({ answer }) => answer.status),
      [200, 200],
    );
  });

  it('stays with its identifiers until it puts them aside, and with one connection', () => {
    const { session, requests } = sessionIn([], 0);
    session.call('GET /catalog/products/{product}');
    session.call('GET /catalog/products/{product}/reviews', { query: 'page=1' });
    session.forget('product');
    session.call('GET /catalog/products/{product}');
    const [first, reviews, second] = requests.map(({ target }) => target);
    assert.equal(reviews, `${first}/reviews?page=1`);
    assert.notEqual(second, first);
    assert.equal(new Set(requests.map(({ port }) => port)).size, 1);
    assert.ok(requests.every(({ atMs }) => atMs > startMs));
  });

  it('can fill the path of every operation of the platform', () => {
    for (const operation of Object.values(platformOperations)) {
      assert.match(fillPath(operation, seededRandom(1)), /^\/[\w./-]+$/, operation.id);
    }
  });

  it('of a poller happens as often as the scale says: 3 of 10 at 0.3, 25 of 10 at 2.5', () => {
    const count = (scale: number): number =>
      Array.from({ length: 10 }, (_, index) => thinned(index, scale)).reduce((sum, times) => sum + times, 0);
    assert.deepEqual([0.3, 1, 2.5].map(count), [3, 10, 25]);
  });
});

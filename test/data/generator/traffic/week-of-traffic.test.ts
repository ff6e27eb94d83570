import assert from 'node:assert/strict';
import { hourMs, minuteMs, windowMs } from '../../../../data/generator/time-window.ts';
import { forgetWeek, groupBy, type LoggedCall, ordersDown, weekOfCalls } from './week-of-traffic.ts';

const [sunday, tuesday, saturday] = [0, 2, 6];

/** Successful calls of an operation, by the hour of the day and by the weekday (Sunday first). */
function rhythmOf(operation: string): { readonly hours: readonly number[]; readonly weekdays: readonly number[] } {
  const hours = new Array<number>(24).fill(0);
  const weekdays = new Array<number>(7).fill(0);
  for (const call of weekOfCalls()) {
    if (call.operation === operation && call.status < 400) {
      const at = new Date(call.atMs);
      hours[at.getUTCHours()] = (hours[at.getUTCHours()] ?? 0) + 1;
      weekdays[at.getUTCDay()] = (weekdays[at.getUTCDay()] ?? 0) + 1;
    }
  }
  return { hours, weekdays };
}

function ratio(counts: readonly number[], one: number, other: number): number {
  return (counts[one] ?? 0) / (counts[other] ?? 0);
}

/** Calls of each connection of a browser or an app, in the order of time: what one visit looks like in the log. */
function visits(): LoggedCall[][] {
  const ofPeople = weekOfCalls().filter(({ userAgent }) => /^(Mozilla|ContosoShop)/.test(userAgent));
  const byPerson = ofPeople.filter(({ userAgent }) => !userAgent.includes('Bot'));
  return [...groupBy(byPerson, ({ connection, userAgent }) => `${connection} ${userAgent}`).values()];
}

function pageOf({ url }: LoggedCall): number {
  return Number(/[?&]page=(\d+)/.exec(url)?.[1]);
}

function isCounting(pages: readonly number[]): boolean {
  return pages.every((page, index) => page === index + 1);
}

/** The slope of calls over rank, both as logarithms, by least squares. */
function tailExponent(counts: readonly number[], firstRank: number, lastRank: number): number {
  const points = counts.slice(firstRank - 1, lastRank).map((count, index) => {
    return [Math.log(firstRank + index), Math.log(count)] as const;
  });
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / points.length;
  const covariance = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return covariance / points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}

describe('a week of usual traffic, as its rows show it', function () {
  this.timeout(60_000);
  before(() => void weekOfCalls());
  after(forgetWeek);

  it('daily rhythm: shoppers in the evening, couriers on two tours, tills while shops are open, integrations always', () => {
    assert.ok(ratio(rhythmOf('GET /catalog/search').hours, 19, 3) > 6);
    const { hours: delivered } = rhythmOf('PUT /shipments/{shipment}/status');
    assert.ok(ratio(delivered, 10, 12) > 2 && ratio(delivered, 14, 12) > 2, delivered.join(' '));
    assert.equal(delivered[3], 0);
    // A till that sells at five to six may still be served at six.
    assert.ok(rhythmOf('POST /pos/receipts').hours.every((sold, hour) => sold <= 5 || (hour >= 9 && hour < 18)));
    const { hours: polled } = rhythmOf('GET /orders');
    assert.ok(Math.max(...polled) < 1.5 * Math.min(...polled), polled.join(' '));
  });

  it('weekly rhythm: more shoppers at the weekend, shops closed on Sunday, offices and couriers on working days', () => {
    const { weekdays: searched } = rhythmOf('GET /catalog/search');
    assert.ok(ratio(searched, sunday, tuesday) > 1.25 && ratio(searched, saturday, tuesday) > 1.25, searched.join(' '));
    const { weekdays: sold } = rhythmOf('POST /pos/receipts');
    assert.equal(sold[sunday], 0);
    assert.ok(ratio(sold, saturday, tuesday) > 1.6, sold.join(' '));
    const { weekdays: delivered } = rhythmOf('PUT /shipments/{shipment}/status');
    assert.equal(delivered[sunday], 0);
    assert.ok(ratio(delivered, saturday, tuesday) < 0.5, delivered.join(' '));
    assert.ok(ratio(rhythmOf('GET /customers').weekdays, saturday, tuesday) < 0.3);
  });

  it('heavy-tailed clients: calls fall with about the 0.8th power of the rank, and one in a hundred makes a sixth', () => {
    const counts = [...groupBy(weekOfCalls(), ({ client }) => client).values()].map(({ length }) => length);
    counts.sort((a, b) => b - a);
    assert.ok(counts.length > 1400, `${counts.length} clients`);
    const exponent = tailExponent(counts, 30, 1000);
    assert.ok(exponent < -0.65 && exponent > -1.05, `exponent ${exponent}`);
    const busiest = counts.slice(0, Math.round(counts.length / 100)).reduce((sum, count) => sum + count, 0);
    assert.ok(busiest > weekOfCalls().length / 6, `${busiest} of ${weekOfCalls().length}`);
  });

  it('heavy-tailed clients: some shoppers come back again and again, most of them hardly twice', () => {
    const connections = new Map<string, Set<string>>();
    for (const { client, connection, userAgent } of weekOfCalls()) {
      if (client !== '' && userAgent.startsWith('Mozilla') && !userAgent.includes('Bot')) {
        connections.set(client, (connections.get(client) ?? new Set()).add(connection));
      }
    }
    const counts = [...connections.values()].map(({ size }) => size).sort((a, b) => b - a);
    // With clients that are all alike the slope is -0.36, by chance alone.
    const exponent = tailExponent(counts, 20, 200);
    assert.ok(exponent < -0.5 && exponent > -1, `exponent ${exponent}`);
    assert.ok((counts[Math.floor(counts.length / 2)] ?? 9) <= 2);
  });

  it('sessions: a handful of calls over one connection within minutes, and some of many', () => {
    const lengths = visits().map(({ length }) => length);
    lengths.sort((a, b) => a - b);
    const at = (share: number): number => lengths[Math.floor(share * lengths.length)] ?? 0;
    assert.ok(at(0.5) >= 5 && at(0.5) <= 12 && at(0.99) > 3 * at(0.5), `${at(0.1)} ${at(0.5)} ${at(0.99)}`);
    const spansMs = visits().map((calls) => (calls.at(-1)?.atMs ?? 0) - (calls[0]?.atMs ?? 0));
    assert.ok(spansMs.filter((span) => span < windowMs).length > 0.98 * spansMs.length);
    assert.ok(spansMs.some((span) => span > 5 * minuteMs));
  });

  it('sessions: who looks at the reviews of a product has looked at the product before', () => {
    let seen = 0;
    for (const calls of visits()) {
      for (const [index, { operation, url }] of calls.entries()) {
        if (operation === 'GET /catalog/products/{product}/reviews') {
          const product = url.replace(/\/reviews.*/, '');
          assert.ok(
            calls.slice(0, index).some((earlier) => earlier.url === product),
            url,
          );
          seen++;
        }
      }
    }
    assert.ok(seen > 500, `${seen} looks at reviews`);
  });

  it('pagination: pages are asked for in sequence, by shoppers and by an export of everything', () => {
    const lists = visits()
      .map((calls) => calls.filter(({ url }) => url.includes('/catalog/products?category=')))
      .filter((calls) => new Set(calls.map(({ url }) => url)).size > 1);
    assert.ok(lists.length > 300, `${lists.length} visits of several pages`);
    for (const calls of lists) assert.ok(isCounting([...new Set(calls.map(pageOf))]), calls.map(pageOf).join(' '));
    const exported = weekOfCalls().filter(({ url }) => /\/catalog\/products\?page=\d+&pageSize=100/.test(url));
    const nights = [...groupBy(exported, ({ connection }) => connection).values()];
    assert.equal(nights.length, 7);
    for (const night of nights) assert.deepEqual([...new Set(night.map(pageOf))], counting(16));
  });

  it('crawlers: few addresses at every hour of the day, hardly a page twice, and slower than they would like', () => {
    const fetched = weekOfCalls().filter(({ userAgent }) => userAgent.includes('Bot'));
    assert.equal(new Set(fetched.map(({ client }) => client)).size, 8);
    const hours = new Array<number>(24).fill(0);
    for (const { atMs } of fetched)
      hours[new Date(atMs).getUTCHours()] = (hours[new Date(atMs).getUTCHours()] ?? 0) + 1;
    assert.ok(Math.min(...hours) > fetched.length / 24 / 3, hours.join(' '));
    assert.ok(new Set(fetched.map(({ url }) => url)).size > 0.8 * fetched.length);
    assert.ok(fetched.filter(({ status }) => status === 429).length > 0.01 * fetched.length);
  });

  it('outage: nearly every call of the API fails while it is down, and there are more of them than an hour later', () => {
    const during = (shiftMs: number): LoggedCall[] =>
      weekOfCalls().filter(({ apiId, atMs }) => {
        return apiId === 'orders' && atMs >= ordersDown.fromMs + shiftMs && atMs < ordersDown.untilMs + shiftMs;
      });
    const down = during(0);
    assert.ok(down.filter(({ status }) => status === 500).length > 0.9 * down.length);
    assert.ok(down.length > 2 * during(hourMs).length, `${down.length} and ${during(hourMs).length}`);
  });

  it('retries: apps and integrations send again what was answered 5XX, after twice the pause each time', () => {
    const repeating = weekOfCalls().filter(({ userAgent }) => /^(Contoso(Shop|Courier)|Java|python)/.test(userAgent));
    const pauses = { first: [] as number[], second: [] as number[] };
    let givenUp = 0;
    for (const same of groupBy(repeating, ({ connection, url }) => `${connection} ${url}`).values()) {
      let failures = 0;
      for (const [index, { status, atMs }] of same.entries()) {
        failures = status >= 500 ? failures + 1 : 0;
        const pauseMs = (same[index + 1]?.atMs ?? Number.POSITIVE_INFINITY) - atMs;
        if (failures === 1 && pauseMs < minuteMs) pauses.first.push(pauseMs);
        else if (failures === 2 && pauseMs < minuteMs) pauses.second.push(pauseMs);
        else if (failures > 0 && failures < 3) givenUp++;
      }
    }
    const { first, second } = pauses;
    assert.ok(first.length > 60 && second.length > 20, `${first.length} and ${second.length} retries`);
    assert.ok(first.every((pauseMs) => pauseMs >= 1000 && pauseMs < 2000));
    assert.ok(second.every((pauseMs) => pauseMs >= 2000 && pauseMs < 4000));
    // Shoppers use the app too, and send again once.
    assert.ok(givenUp <= 0.15 * first.length, `${givenUp} given up after ${first.length} first retries`);
  });

  it('shared addresses: carriers, shops and the office with many user agents, and one for nearly everybody else', () => {
    const agents = [...groupBy(weekOfCalls(), ({ client }) => client)]
      .filter(([client]) => client !== '')
      .map(([, calls]) => new Set(calls.map(({ userAgent }) => userAgent)).size);
    // 24 carriers and 3 addresses of the office; 20 shops have three tills of three versions.
    assert.ok(
      agents.filter((count) => count >= 7).length >= 22,
      agents
        .sort((a, b) => b - a)
        .slice(0, 60)
        .join(' '),
    );
    assert.ok(agents.filter((count) => count >= 2).length >= 24 + 3 + 10);
    assert.ok(agents.filter((count) => count === 1).length > 0.9 * agents.length);
  });

  it('shared addresses: clients behind a forward proxy share its connection and are told apart by the first hop', () => {
    const proxied = weekOfCalls().filter(({ client, connection }) => client !== '' && !connection.includes(client));
    const proxies = groupBy(proxied, ({ connection }) => connection.slice(0, connection.lastIndexOf(':')));
    assert.ok(proxies.size >= 3 && proxies.size <= 8, `${proxies.size} proxies`);
    const busiest = Math.max(...[...proxies.values()].map((calls) => new Set(calls.map(({ client }) => client)).size));
    assert.ok(busiest >= 2, `${busiest} clients behind a proxy`);
  });
});

function counting(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}

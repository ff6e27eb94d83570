import assert from 'node:assert/strict';
import { authorisedScan } from '../../../../data/generator/events/authorised-scan.ts';
import type { PlaceEvent } from '../../../../data/generator/events/benign-event.ts';
import { crowd } from '../../../../data/generator/events/crowd.ts';
import { deployments } from '../../../../data/generator/events/deployments.ts';
import { expiredKey } from '../../../../data/generator/events/expired-key.ts';
import { firewallTuning } from '../../../../data/generator/events/firewall-tuning.ts';
import { holiday } from '../../../../data/generator/events/holiday.ts';
import { launch } from '../../../../data/generator/events/launch.ts';
import { loadTest } from '../../../../data/generator/events/load-test.ts';
import { mobileRelease } from '../../../../data/generator/events/mobile-release.ts';
import { monthEnd } from '../../../../data/generator/events/month-end.ts';
import { outage } from '../../../../data/generator/events/outage.ts';
import { partnerExport } from '../../../../data/generator/events/partner-export.ts';
import { recrawl } from '../../../../data/generator/events/recrawl.ts';
import { reportTool } from '../../../../data/generator/events/report-tool.ts';
import { isSqlInjection } from '../../../../data/generator/ledger/injection-ledger.ts';
import type { ApiRequest } from '../../../../data/generator/request.ts';
import { type MonthWindow, streamMonth } from '../../../../data/generator/stream-month.ts';
import { contains, dayMs, type TimeSpan } from '../../../../data/generator/time-window.ts';

const month: TimeSpan = { fromMs: Date.UTC(2026, 4, 1), untilMs: Date.UTC(2026, 4, 31) };

type Day = {
  readonly windows: readonly MonthWindow[];
  readonly requests: readonly ApiRequest[];
  readonly spans: readonly TimeSpan[];
};

/** A day of a month in which an event takes place, or none. */
function daysOf(place: PlaceEvent | undefined, firstDay: number, scale = 0.1): Day {
  const event = place?.(month);
  const span = { fromMs: month.fromMs + firstDay * dayMs, untilMs: month.fromMs + (firstDay + 1) * dayMs };
  const plan = { name: 'test', span, events: event === undefined ? [] : [event], families: [] };
  const windows = [...streamMonth(plan, { seed: 1, scale }).windows];
  return { windows, requests: windows.flatMap(({ requests }) => requests), spans: event?.spans ?? [] };
}

function ofOperation(requests: readonly ApiRequest[], id: string): ApiRequest[] {
  return requests.filter(({ operation }) => operation?.id === id);
}

/** What an event adds: requests of clients that are not there without it. */
function added(place: PlaceEvent, firstDay: number): ApiRequest[] {
  const usual = new Set(daysOf(undefined, firstDay).requests.map(({ client }) => client.address));
  const { requests } = daysOf(place, firstDay);
  return requests.filter(({ client }) => !usual.has(client.address));
}

function addressesOf(requests: readonly ApiRequest[]): number {
  return new Set(requests.map(({ client }) => client.address)).size;
}

describe('what is out of the ordinary and no attack', function () {
  this.timeout(30_000);

  it('deployments: some calls of one API are answered 503, for three minutes a working day', () => {
    const { requests, spans } = daysOf(deployments, 3, 1);
    const [span] = spans.filter(({ fromMs }) => fromMs >= month.fromMs + 3 * dayMs);
    assert.ok(span !== undefined);
    assert.equal(span.untilMs - span.fromMs, 180_000);
    const inside = requests.filter(({ atMs, operation }) => contains(span, atMs) && operation?.api.id === 'pricing');
    const failed = inside.filter(({ answer }) => answer.status === 503);
    assert.ok(failed.length > 0 && failed.length < inside.length / 2, `${failed.length} of ${inside.length}`);
    // 2026-05-02 and 03 are a weekend.
    assert.ok(spans.every(({ fromMs }) => ![0, 6].includes(new Date(fromMs).getUTCDay())));
  });

  it('outage: nearly every call of the API fails, and there are more calls than usual because clients retry', () => {
    const place = outage({ apiId: 'payments', at: [5, 13, 0], minutes: 40 });
    const [span] = place(month).spans;
    assert.ok(span !== undefined);
    const during = (day: Day): ApiRequest[] =>
      ofOperation(day.requests, 'POST /payments').filter(({ atMs }) => contains(span, atMs));
    const [usual, down] = [during(daysOf(undefined, 5, 1)), during(daysOf(place, 5, 1))];
    assert.ok(down.filter(({ answer }) => answer.status === 500).length > 0.9 * down.length);
    assert.ok(down.length > 1.4 * usual.length, `${down.length} after ${usual.length}`);
  });

  it('partner export: one address reads page after page, every night from its first one on', () => {
    const place = partnerExport({ name: 'export', firstDay: 14, hour: 2, pages: 400, clientIndex: 1 });
    assert.deepEqual(added(place, 13), []);
    const night = added(place, 14);
    assert.equal(addressesOf(night), 1);
    const pages = ofOperation(night, 'GET /catalog/products').map(({ target }) => /page=(\d+)/.exec(target)?.[1]);
    assert.deepEqual(
      [...new Set(pages)],
      Array.from({ length: 40 }, (_, index) => String(index + 1)),
    );
    assert.ok(night.every(({ atMs }) => new Date(atMs).getUTCHours() === 2));
    assert.equal(place(month).spans.length, 16);
  });

  it('launch: many times the visitors, half as many every hour, for one product', () => {
    const { windows } = daysOf(launch, 15);
    const visits = windows.map(
      ({ requests }) => requests.filter(({ target }) => target === '/catalog/products/23999').length,
    );
    // From 10:00, the 31st window of the day.
    const hours = [30, 33, 36].map((first) => visits.slice(first, first + 3).reduce((sum, count) => sum + count, 0));
    const [first = 0, second = 0, third = 0] = hours;
    assert.ok(first > 80 && second > 0.35 * first && second < 0.65 * first && third < 0.65 * second, hours.join(', '));
    assert.equal(
      visits.slice(0, 30).reduce((sum, count) => sum + count, 0),
      0,
    );
  });

  it('load test: twelve machines for an hour, every search term once', () => {
    const calls = added(loadTest, 18);
    assert.equal(addressesOf(calls), 12);
    const terms = ofOperation(calls, 'GET /catalog/search').map(({ target }) => target);
    assert.equal(new Set(terms).size, terms.length);
    assert.ok(terms.length > 300, `${terms.length} searches`);
    assert.ok(calls.every(({ atMs }) => [2, 3].includes(new Date(atMs).getUTCHours())));
  });

  it('recrawl: forty addresses read every page of the list once', () => {
    const calls = added(recrawl, 16);
    assert.equal(addressesOf(calls), 40);
    const pages = ofOperation(calls, 'GET /catalog/products').map(({ target }) => target);
    assert.equal(new Set(pages).size, pages.length);
  });

  it('mobile release: devices register that hardly ever do', () => {
    const registered = (place?: PlaceEvent): number =>
      ofOperation(daysOf(place, 20).requests, 'POST /notifications/devices').length;
    assert.ok(
      registered(mobileRelease) > 20 * (registered() + 1),
      `${registered(mobileRelease)} after ${registered()}`,
    );
  });

  it('holiday: nobody delivers, more people shop, and the day after deliveries catch up', () => {
    const count = (place: PlaceEvent | undefined, day: number, id: string): number =>
      ofOperation(daysOf(place, day).requests, id).length;
    const delivery = 'PUT /shipments/{shipment}/status';
    assert.equal(count(holiday(24), 24, delivery), 0);
    assert.ok(count(holiday(24), 24, 'GET /catalog/search') > 1.4 * count(undefined, 24, 'GET /catalog/search'));
    assert.ok(count(holiday(24), 25, delivery) > 2 * count(undefined, 25, delivery));
    assert.equal(count(holiday(24), 26, delivery), count(undefined, 26, delivery));
  });

  it('expired key: one address repeats a call that is refused, for three hours', () => {
    const calls = added(expiredKey([17, 4, 0], 2), 17);
    assert.equal(addressesOf(calls), 1);
    assert.ok(calls.length > 300, `${calls.length} calls`);
    assert.ok(calls.filter(({ answer }) => answer.status === 401).length > 0.95 * calls.length);
  });

  it('authorised scan and report tool: the firewall sees SQL injection, each from one address', () => {
    for (const [place, day] of [
      [authorisedScan, 19],
      [reportTool, 26],
    ] as const) {
      const { windows } = daysOf(place, day);
      const clients = windows
        .flatMap(({ transactions }) => transactions.filter(isSqlInjection))
        .map(({ request }) => request.client.address);
      const counts = new Map<string, number>();
      for (const client of clients) counts.set(client, (counts.get(client) ?? 0) + 1);
      assert.ok(Math.max(...counts.values()) >= 12, JSON.stringify([...counts]));
      assert.equal([...counts.values()].filter((count) => count >= 3).length, 1);
    }
  });

  it('firewall tuning: detection for 35 minutes, by those who may', () => {
    const { policyChanges = [] } = firewallTuning(month);
    assert.deepEqual(
      policyChanges.map(({ mode, atMs, callerAddress }) => [
        mode,
        new Date(atMs).toISOString().slice(5, 16),
        callerAddress,
      ]),
      [
        ['Detection', '05-13T09:05', '198.19.200.14'],
        ['Prevention', '05-13T09:40', '198.19.200.14'],
      ],
    );
  });

  it('crowd: one address for hundreds of sessions', () => {
    const calls = added(crowd, 22);
    assert.equal(addressesOf(calls), 1);
    assert.ok(new Set(calls.map(({ port }) => port)).size > 100);
  });

  it('month end: the office fetches invoice after invoice', () => {
    const invoices = ofOperation(daysOf(monthEnd, 28).requests, 'GET /orders/{order}/invoice');
    const counts = new Map<string, number>();
    for (const { client } of invoices) counts.set(client.address, (counts.get(client.address) ?? 0) + 1);
    assert.ok(Math.max(...counts.values()) >= 6 * 26 * 0.9, JSON.stringify([...counts.values()].sort()));
  });
});

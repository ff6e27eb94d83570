import { deployments } from '../../../../data/generator/events/deployments.ts';
import { outage } from '../../../../data/generator/events/outage.ts';
import { partnerExport } from '../../../../data/generator/events/partner-export.ts';
import { gatewayRow } from '../../../../data/generator/gateway-rows.ts';
import type { Row } from '../../../../data/generator/row.ts';
import { streamMonth } from '../../../../data/generator/stream-month.ts';
import { dayMs, hourMs, minuteMs, type TimeSpan } from '../../../../data/generator/time-window.ts';
import { gatewayDraws } from '../../../../data/generator/write-month.ts';

/** Monday, the 1st of June 2026, to Sunday. */
export const week: TimeSpan = { fromMs: Date.UTC(2026, 5, 1), untilMs: Date.UTC(2026, 5, 8) };
/** Tuesday, 10:06 to 10:28. */
export const ordersDown: TimeSpan = {
  fromMs: week.fromMs + dayMs + 10 * hourMs + 6 * minuteMs,
  untilMs: week.fromMs + dayMs + 10 * hourMs + 28 * minuteMs,
};

/** What a row of ApiManagementGatewayLogs says about a call, read from the row alone. */
export type LoggedCall = {
  readonly atMs: number;
  readonly operation: string;
  readonly apiId: string;
  readonly url: string;
  readonly status: number;
  /** The client, the first hop of X-Forwarded-For; empty where nobody forwarded. */
  readonly client: string;
  /** The end of the connection, with its port. */
  readonly connection: string;
  readonly userAgent: string;
};

function readCall(row: Row): LoggedCall {
  const headers = row.RequestHeaders as Readonly<Record<string, string>>;
  const hops = headers['X-Forwarded-For']?.split(', ') ?? [];
  return {
    atMs: Date.parse(String(row.TimeGenerated)),
    operation: String(row.OperationId ?? ''),
    apiId: String(row.ApiId ?? ''),
    url: String(row.Url),
    status: Number(row.ResponseCode),
    client: (hops[0] ?? '').replace(/^\[(.*)\]:\d+$/, '$1').replace(/^([\d.]+):\d+$/, '$1'),
    connection: hops.at(-1) ?? '',
    userAgent: headers['User-Agent'] ?? '',
  };
}

let made: readonly LoggedCall[] | undefined;

/** A week of usual traffic at a tenth of its size, with deployments, an outage and a partner's nightly export in it. */
export function weekOfCalls(): readonly LoggedCall[] {
  made ??= makeWeek();
  return made;
}

export function forgetWeek(): void {
  made = undefined;
}

function makeWeek(): LoggedCall[] {
  const events = [
    deployments,
    outage({ apiId: 'orders', at: [1, 10, 6], minutes: 22 }),
    partnerExport({ name: 'export', firstDay: 0, hour: 3, pages: 160, clientIndex: 0 }),
  ].map((place) => place(week));
  const stream = streamMonth({ name: 'week', span: week, events, families: [] }, { seed: 11, scale: 0.1 });
  const draws = gatewayDraws(stream);
  const calls: LoggedCall[] = [];
  for (const { requests } of stream.windows) {
    for (const request of requests) calls.push(readCall(gatewayRow(request, draws)));
  }
  return calls;
}

export function groupBy<T>(items: Iterable<T>, keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

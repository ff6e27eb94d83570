import { at, type LogRow, MINUTE_MS } from './run-rule.ts';

/** The window in which tests attack: it starts at 10:20 and is over at 10:40. */
export const attackWindow = at('2026-03-24 10:20');
/** A run that answers for the attack's window, ten minutes of late data included. */
export const runAfterAttack = at('2026-03-24 11:05');

const WINDOW_MS = 20 * MINUTE_MS;

/** Starts of so many windows, the latest two hours before the attack, one after the other. */
export const windowsBefore = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => attackWindow - 2 * 60 * MINUTE_MS - index * WINDOW_MS);

/**
 * Counts for 37 windows with a mean of `mean` and a standard deviation of exactly 10: 18 are 10 above, 18 are 10 below,
 * one is at the mean, and 36 * 10^2 / (37 - 1) = 10^2.
 */
export const countsAround = (mean: number): readonly number[] => [
  mean,
  ...Array<number>(18).fill(mean - 10),
  ...Array<number>(18).fill(mean + 10),
];

/** A request as API Management logs it behind an Application Gateway. */
export function request(time: number, columns: Readonly<Record<string, unknown>> = {}): LogRow {
  return {
    TimeGenerated: time,
    Method: 'PUT',
    ApiId: 'orders',
    OperationId: 'PUT /orders/{id}',
    Url: 'https://api.contoso.com/orders/7?full=1',
    ResponseCode: 204,
    CallerIpAddress: '10.0.1.4',
    RequestHeaders: { 'X-Forwarded-For': '203.0.113.7:51000' },
    _ResourceId: '/subscriptions/s/resourceGroups/g/providers/Microsoft.ApiManagement/service/APIM-1',
    ...columns,
  };
}

/** So many requests, spread over a window. */
export function requests(
  windowStart: number,
  count: number,
  columns: (index: number) => Readonly<Record<string, unknown>> = () => ({}),
): readonly LogRow[] {
  return Array.from({ length: count }, (_, index) =>
    request(windowStart + Math.floor((index * WINDOW_MS) / count), columns(index)),
  );
}

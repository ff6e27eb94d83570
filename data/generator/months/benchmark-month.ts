import { deployments } from '../events/deployments.ts';
import { expiredKey } from '../events/expired-key.ts';
import { outage } from '../events/outage.ts';
import { partnerExport } from '../events/partner-export.ts';
import { attackFamilies } from '../families/index.ts';
import type { TimeSpan } from '../time-window.ts';
import type { MonthPlan } from './month-plan.ts';

const span: TimeSpan = { fromMs: Date.UTC(2026, 5, 1), untilMs: Date.UTC(2026, 6, 1) };

/** June: an ordinary month in which every family attacks at several intensities, above its threshold, at it and below it. */
export const benchmarkMonth: MonthPlan = {
  name: 'benchmark',
  span,
  events: [
    deployments,
    outage({ apiId: 'orders', at: [9, 10, 6], minutes: 22 }),
    outage({ apiId: 'payments', at: [23, 15, 31], minutes: 34 }),
    partnerExport({ name: 'partner-export', firstDay: 0, hour: 3, pages: 160, clientIndex: 0 }),
    expiredKey([25, 4, 0], 2),
  ].map((place) => place(span)),
  families: attackFamilies,
};

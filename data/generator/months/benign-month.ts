import { authorisedScan } from '../events/authorised-scan.ts';
import { crowd } from '../events/crowd.ts';
import { deployments } from '../events/deployments.ts';
import { expiredKey } from '../events/expired-key.ts';
import { firewallTuning } from '../events/firewall-tuning.ts';
import { holiday } from '../events/holiday.ts';
import { launch } from '../events/launch.ts';
import { loadTest } from '../events/load-test.ts';
import { mobileRelease } from '../events/mobile-release.ts';
import { monthEnd } from '../events/month-end.ts';
import { outage } from '../events/outage.ts';
import { partnerExport } from '../events/partner-export.ts';
import { recrawl } from '../events/recrawl.ts';
import { reportTool } from '../events/report-tool.ts';
import type { TimeSpan } from '../time-window.ts';
import type { MonthPlan } from './month-plan.ts';

const span: TimeSpan = { fromMs: Date.UTC(2026, 4, 1), untilMs: Date.UTC(2026, 4, 31) };

/** May, with Whit Monday in it: nobody attacks, and everything that commonly causes false alarms happens. */
export const benignMonth: MonthPlan = {
  name: 'benign',
  span,
  events: [
    deployments,
    partnerExport({ name: 'partner-export', firstDay: 0, hour: 3, pages: 160, clientIndex: 0 }),
    firewallTuning,
    partnerExport({ name: 'new-partner-export', firstDay: 14, hour: 2, pages: 420, clientIndex: 1 }),
    launch,
    recrawl,
    expiredKey([17, 4, 0], 2),
    loadTest,
    authorisedScan,
    mobileRelease,
    crowd,
    holiday(24),
    reportTool,
    outage({ apiId: 'payments', at: [27, 13, 5], minutes: 40 }),
    monthEnd,
  ].map((place) => place(span)),
  families: [],
};

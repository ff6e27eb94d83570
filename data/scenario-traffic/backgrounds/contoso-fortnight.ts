import type { StepRows } from '../step.ts';
import { shopTraffic } from './shop-traffic.ts';

const fromMs = Date.UTC(2026, 2, 10);
const untilMs = Date.UTC(2026, 2, 25);
const seed = 20_260_310;
const meanPerWindow = 5;

/** Fifteen days of thin usual traffic, up to the end of 2026-03-24: a look-back of 14 days, and a day to attack in. */
export const contosoFortnight = (): readonly StepRows[] => [
  { table: 'ApiManagementGatewayLogs', rows: shopTraffic(seed, { fromMs, untilMs }, meanPerWindow) },
];

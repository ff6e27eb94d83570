import { benchmarkMonth } from './benchmark-month.ts';
import { benignMonth } from './benign-month.ts';
import type { MonthPlan } from './month-plan.ts';

/** The months that are made at any size, by name. */
export const monthPlans = { benchmark: benchmarkMonth, benign: benignMonth } as const satisfies Readonly<
  Record<string, MonthPlan>
>;

export type MonthName = keyof typeof monthPlans;

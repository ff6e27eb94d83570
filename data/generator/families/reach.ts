import type { SeriesBaseline } from '../ledger/traffic-ledger.ts';
import { dayMs, hourMs, windowMs } from '../time-window.ts';
import type { AttackPlace } from './attack-family.ts';

/** When an attack begins: so many days after the month's start, at an hour in UTC, in the hour's three windows by turns. */
export const startOf = ({ month, index }: AttackPlace, [day, hour]: readonly [day: number, hour: number]): number =>
  month.fromMs + day * dayMs + hour * hourMs + (index % 3) * windowMs;

export type Reach = {
  /** How much of what a rule measures would be just as strong, as a rule a fraction. */
  readonly exact: number;
  readonly isAtThreshold: boolean;
  /** The least that the rule asks for, however strong it is. */
  readonly least: number;
};

/** How many calls or values that takes: at the threshold and above no fewer, below it never rounded up past it. */
export const countFor = ({ exact, isAtThreshold, least }: Reach): number =>
  isAtThreshold ? Math.max(least, Math.ceil(exact)) : Math.floor(exact);

/** What lies so many deviations above the mean; what a short baseline does not have counts as none. */
export const deviationsAbove = (deviations: number, { mean, standardDeviation }: SeriesBaseline): number =>
  finiteOr0(mean) + deviations * finiteOr0(standardDeviation);

const finiteOr0 = (figure: number): number => (Number.isFinite(figure) ? figure : 0);

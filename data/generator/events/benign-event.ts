import type { DefenderAlert } from '../security-alerts.ts';
import { dayMs, hourMs, minuteMs, type TimeSpan } from '../time-window.ts';
import type { BusyFactor, Trouble } from '../traffic/conditions.ts';
import type { Population } from '../traffic/population.ts';
import type { TrafficSource } from '../traffic/traffic-source.ts';
import type { PolicyChange } from '../waf/policy-history.ts';

/**
 * Something out of the ordinary that is no attack: it changes how busy the usual sources are, adds one of its own, makes
 * calls fail, or leaves traces in other logs. An alert on it is a false alarm, and its label says on what.
 */
export type BenignEvent = {
  readonly name: string;
  readonly description: string;
  /** When it may be seen, oldest first. */
  readonly spans: readonly TimeSpan[];
  /** The operations that it shows at, where it does not show everywhere. */
  readonly operations?: readonly string[];
  /** Where it comes from, if these addresses are known. */
  readonly addresses?: readonly string[];
  /** Those who look after the APIs know of it and of its addresses before it happens, and could allow them. */
  readonly isAnnounced?: true;
  readonly factor?: BusyFactor;
  readonly source?: (population: Population) => TrafficSource;
  readonly troubles?: readonly Trouble[];
  readonly policyChanges?: readonly PolicyChange[];
  readonly defenderAlerts?: readonly DefenderAlert[];
};

/** Events are placed by days after the month's start, so that a month can be moved. */
export type PlaceEvent = (month: TimeSpan) => BenignEvent;

/** A span that starts so many days, hours and minutes after the month does. */
export function spanAt(
  month: TimeSpan,
  [day, hour, minute]: readonly [number, number, number],
  lengthMs: number,
): TimeSpan {
  const fromMs = month.fromMs + day * dayMs + hour * hourMs + minute * minuteMs;
  return { fromMs, untilMs: fromMs + lengthMs };
}

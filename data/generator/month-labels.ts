import type { BenignEvent } from './events/benign-event.ts';
import type { MonthLabel } from './families/attack-family.ts';
import { formatTime } from './time-window.ts';

/** Something out of the ordinary that was no attack. */
export type EventLabel = {
  readonly event: string;
  readonly description: string;
  readonly spans: readonly { readonly startsAt: string; readonly endsAt: string }[];
  /** The operations that it shows at, where it does not show everywhere. */
  readonly operations?: readonly string[];
  /** Where it came from, if these addresses are known. */
  readonly addresses?: readonly string[];
  /** It and its addresses were known before, so that an allow list could have named them. */
  readonly announced?: true;
};

/** How much a month holds, attacks included. */
export type MonthTraffic = {
  /** Requests that reached API Management. */
  readonly requests: number;
  /** Operations that were called, by method and path template. */
  readonly endpoints: number;
  /** Addresses of clients, shared ones once. */
  readonly clients: number;
};

export type MonthLabels = {
  readonly month: string;
  readonly seed: number;
  readonly scale: number;
  readonly from: string;
  readonly until: string;
  readonly traffic: MonthTraffic;
  readonly attacks: readonly MonthLabel[];
  readonly events: readonly EventLabel[];
};

export function eventLabel({ name, description, spans, operations, addresses, isAnnounced }: BenignEvent): EventLabel {
  return {
    event: name,
    description,
    spans: spans.map(({ fromMs, untilMs }) => ({ startsAt: formatTime(fromMs), endsAt: formatTime(untilMs) })),
    ...(operations === undefined ? {} : { operations }),
    ...(addresses === undefined ? {} : { addresses }),
    ...(isAnnounced === undefined ? {} : { announced: isAnnounced }),
  };
}

/** By time, and at the same time by name. */
export function byStart(a: MonthLabel, b: MonthLabel): number {
  return a.startsAt < b.startsAt ? -1 : a.startsAt > b.startsAt ? 1 : a.attack < b.attack ? -1 : 1;
}

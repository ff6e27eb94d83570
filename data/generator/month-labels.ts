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
};

export type MonthLabels = {
  readonly month: string;
  readonly seed: number;
  readonly scale: number;
  readonly from: string;
  readonly until: string;
  readonly attacks: readonly MonthLabel[];
  readonly events: readonly EventLabel[];
};

export function eventLabel({ name, description, spans, operations, addresses }: BenignEvent): EventLabel {
  return {
    event: name,
    description,
    spans: spans.map(({ fromMs, untilMs }) => ({ startsAt: formatTime(fromMs), endsAt: formatTime(untilMs) })),
    ...(operations === undefined ? {} : { operations }),
    ...(addresses === undefined ? {} : { addresses }),
  };
}

/** By time, and at the same time by name. */
export function byStart(a: MonthLabel, b: MonthLabel): number {
  return a.startsAt < b.startsAt ? -1 : a.startsAt > b.startsAt ? 1 : a.attack < b.attack ? -1 : 1;
}

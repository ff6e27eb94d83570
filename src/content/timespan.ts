import { ContentError } from './content-error.ts';

/** A span of whole minutes in the notation that KQL literals and rule YAML share: `20m`, `1h`, `14d`. */
export type Timespan = { readonly kind: 'timespan'; readonly text: string; readonly minutes: number };

const minutesPerUnit = { m: 1, h: 60, d: 1440 } as const;

/** Reads `<n>m`, `<n>h` or `<n>d`; anything else is refused, because it would end up in query text. */
export function timespan(text: string): Timespan {
  const match = /^([1-9]\d{0,5})([mhd])$/.exec(text);
  if (match === null) {
    throw new ContentError('timespan', `${JSON.stringify(text)} is not a timespan`, 'Write 20m, 1h or 14d.');
  }
  const [, count = '', unit = 'm'] = match;
  return { kind: 'timespan', text, minutes: Number(count) * minutesPerUnit[unit as keyof typeof minutesPerUnit] };
}

/** The span of `minutes`, in the largest unit that divides it: 60 is `1h`, 70 is `70m`. */
export function timespanOfMinutes(minutes: number): Timespan {
  const unit = minutes % 1440 === 0 ? 'd' : minutes % 60 === 0 ? 'h' : 'm';
  return timespan(`${minutes / minutesPerUnit[unit]}${unit}`);
}

export function addTimespans(first: Timespan, second: Timespan): Timespan {
  return timespanOfMinutes(first.minutes + second.minutes);
}

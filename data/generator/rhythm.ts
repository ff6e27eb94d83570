import { hourMs } from './time-window.ts';

/**
 * How busy something is over the week, as relative numbers: 24 hours of the day in UTC and 7 days, Sunday first.
 * An hour of 0 is closed: nothing happens in it at all.
 */
export type Rhythm = { readonly hours: readonly number[]; readonly weekdays: readonly number[] };

/** Day-time shoppers with an evening peak and busier weekends. */
export const shoppingRhythm: Rhythm = {
  hours: [
    0.3, 0.2, 0.15, 0.1, 0.12, 0.2, 0.5, 0.9, 1.1, 1.2, 1.3, 1.3, 1.4, 1.2, 1.1, 1.1, 1.2, 1.5, 1.9, 2.2, 2.1, 1.7, 1.1,
    0.6,
  ],
  weekdays: [1.3, 0.9, 0.85, 0.9, 0.95, 1.05, 1.35],
};

/** Deliveries: two tours a working day, a short one on Saturday, nothing on Sunday and at night. */
export const deliveryRhythm: Rhythm = {
  hours: [0, 0, 0, 0, 0, 0, 0, 0.3, 0.8, 1.5, 1.7, 1.2, 0.3, 0.6, 1.4, 1.2, 0.4, 0, 0, 0, 0, 0, 0, 0],
  weekdays: [0, 1.25, 1.1, 1, 1, 1.15, 0.3],
};

/** Shops from nine to six, with a lunch peak and an evening peak; Friday and Saturday are the strong days. */
export const shopRhythm: Rhythm = {
  hours: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0.3, 0.5, 0.8, 1.6, 1.1, 0.6, 0.7, 1.3, 1.9, 0, 0, 0, 0, 0, 0],
  weekdays: [0, 0.7, 0.7, 0.8, 0.9, 1.3, 1.5],
};

/** Offices from seven to six, quieter at noon; a few look in on Saturday. */
export const officeRhythm: Rhythm = {
  hours: [0, 0, 0, 0, 0, 0, 0.2, 0.9, 1.6, 1.8, 1.8, 1.5, 0.9, 1.5, 1.8, 1.6, 1.1, 0.5, 0.15, 0, 0, 0, 0, 0],
  weekdays: [0, 1.15, 1.05, 1, 1, 0.85, 0.08],
};

/** The relative intensity at a time, linear between the middles of neighbouring open hours. */
export function intensityAt(rhythm: Rhythm, atMs: number): number {
  const date = new Date(atMs);
  const hour = date.getUTCHours();
  const level = rhythm.hours[hour] ?? 0;
  if (level === 0) {
    return 0;
  }
  const pastMiddle = (atMs % hourMs) / hourMs - 0.5;
  const neighbour = rhythm.hours[(hour + (pastMiddle < 0 ? 23 : 1)) % 24] ?? 0;
  const share = neighbour === 0 ? 0 : Math.abs(pastMiddle);
  return (level * (1 - share) + neighbour * share) * (rhythm.weekdays[date.getUTCDay()] ?? 0);
}

import { dayMs } from '../time-window.ts';
import { type PlaceEvent, spanAt } from './benign-event.ts';

/** On the day itself people shop at home and nobody works; on the day after, what was left is done at once. */
const onTheDay: Readonly<Record<string, number>> = {
  shoppers: 1.7,
  devices: 1.8,
  couriers: 0,
  tills: 0,
  suppliers: 0,
  office: 0.05,
};
const dayAfter: Readonly<Record<string, number>> = {
  couriers: 2.6,
  tills: 1.5,
  suppliers: 3.5,
  office: 1.9,
  settlement: 1.8,
};

/** A public holiday. */
export function holiday(day: number): PlaceEvent {
  return (month) => {
    const today = spanAt(month, [day, 0, 0], dayMs);
    const tomorrow = spanAt(month, [day + 1, 0, 0], dayMs);
    return {
      name: 'holiday',
      description: 'A public holiday: shops and offices are closed, and on the next day everybody catches up.',
      spans: [{ fromMs: today.fromMs, untilMs: tomorrow.untilMs }],
      factor(source, atMs) {
        if (atMs >= today.fromMs && atMs < today.untilMs) {
          return onTheDay[source] ?? 1;
        }
        return atMs >= tomorrow.fromMs && atMs < tomorrow.untilMs ? (dayAfter[source] ?? 1) : 1;
      },
    };
  };
}

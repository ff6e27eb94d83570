import { ContentError } from './content-error.ts';
import { addTimespans, type Timespan, timespan, timespanOfMinutes } from './timespan.ts';

/**
 * When a rule runs. A scheduled rule's run at time T answers for what happened in
 * (T - frequency - lateData, T - lateData]: nothing is looked at twice, nothing that is late by up to `lateData` is missed.
 */
export type Schedule =
  | {
      readonly kind: 'Scheduled';
      readonly frequency: Timespan;
      readonly period: Timespan;
      readonly lateData: Timespan;
    }
  | { readonly kind: 'NRT' };

export type ScheduledTimes = {
  readonly every: string;
  readonly lookingBack?: string;
  readonly lateData: string;
};

const shortestMinutes = 5;
const longestMinutes = timespan('14d').minutes;
/** Rules that look back this far may run hourly at most. */
const longLookBackMinutes = timespan('2d').minutes;

/**
 * A schedule within the service's limits: 5 minutes to 14 days, a period that covers frequency and late data, and not
 * more often than hourly when looking back two days or more.
 */
export function scheduled(times: ScheduledTimes): Schedule {
  const frequency = timespan(times.every);
  const lateData = timespan(times.lateData);
  const answersFor = addTimespans(frequency, lateData);
  const period = times.lookingBack === undefined ? answersFor : timespan(times.lookingBack);
  if (frequency.minutes < shortestMinutes || period.minutes > longestMinutes) {
    throw schedule(`runs every ${frequency.text}, looks back ${period.text}`, 'Stay between 5m and 14d.');
  }
  if (period.minutes < answersFor.minutes) {
    throw schedule(
      `looks back ${period.text}, but answers for ${answersFor.text}`,
      'Look back over the frequency and the time allowed for late data.',
    );
  }
  if (period.minutes >= longLookBackMinutes && frequency.minutes < 60) {
    throw schedule(`looks back ${period.text} every ${frequency.text}`, 'Run hourly at most, or look back less.');
  }
  return { kind: 'Scheduled', frequency, period, lateData };
}

/** Near-real-time: every minute, over what was ingested since the run before. */
export function nearRealTime(): Schedule {
  return { kind: 'NRT' };
}

/** How far back a scheduled run's responsibility begins. */
export function answersFor(schedule: Extract<Schedule, { kind: 'Scheduled' }>): Timespan {
  return timespanOfMinutes(schedule.frequency.minutes + schedule.lateData.minutes);
}

function schedule(message: string, hint: string): ContentError {
  return new ContentError('schedule', `the schedule ${message}`, hint);
}

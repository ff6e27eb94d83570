import { ContentError } from '../content-error.ts';
import { type KqlFragment, kql } from '../kql.ts';
import { answersFor, type Schedule } from '../schedule.ts';
import { timespan } from '../timespan.ts';

type ScheduledOnly = Extract<Schedule, { kind: 'Scheduled' }>;

/** The length of a window, as in Defender for APIs; windows are aligned to the clock by `bin`. */
export const window = timespan('20m');

/** The schedule's scheduled form; queries over a span of time have no meaning in near real time. */
export function scheduledOnly(schedule: Schedule): ScheduledOnly {
  if (schedule.kind !== 'Scheduled') {
    throw new ContentError('schedule', 'the query spans a period of time', 'Give the rule a scheduled(…) schedule.');
  }
  return schedule;
}

/**
 * `EvaluatedFrom` and `EvaluatedTo`: the windows that this run answers for are those that start in
 * [EvaluatedFrom, EvaluatedTo), that is, those whose end lies in (T - frequency - lateData, T - lateData].
 */
export function evaluatedWindows(schedule: Schedule): KqlFragment {
  const scheduled = scheduledOnly(schedule);
  const { frequency, lateData } = scheduled;
  if (frequency.minutes % window.minutes !== 0) {
    throw new ContentError(
      'schedule',
      `every ${frequency.text} does not hold whole windows of ${window.text}`,
      'Use a frequency that is a multiple of the window.',
    );
  }
  return kql`
    // This run answers for the windows that end in (now - ${answersFor(scheduled)}, now - ${lateData}]; ${lateData} are left for late data.
    let EvaluatedFrom = bin(now() - ${answersFor(scheduled)}, ${window});
    let EvaluatedTo = bin(now() - ${lateData}, ${window});`;
}

/** `EvaluatedFrom` and `EvaluatedTo` for rules without windows: this run answers for (EvaluatedFrom, EvaluatedTo]. */
export function evaluatedPeriod(schedule: Schedule): KqlFragment {
  const scheduled = scheduledOnly(schedule);
  return kql`
    // This run answers for (EvaluatedFrom, EvaluatedTo]; ${scheduled.lateData} are left for late data.
    let EvaluatedFrom = now() - ${answersFor(scheduled)};
    let EvaluatedTo = now() - ${scheduled.lateData};`;
}

import type { Check, RuleFile } from '../check.ts';
import { type Issue, issue } from '../issue.ts';
import { minutesOf } from '../timespan.ts';

const shortest = 5;
const longest = 14 * 1440;
const longLookBack = 2 * 1440;

/** Frequency and period within the service's limits (learn.microsoft.com/azure/sentinel/create-analytics-rules). */
export const ruleTiming: Check = { name: 'rule timing', run: ({ rules }) => rules.flatMap(timingIssues) };

function timingIssues(file: RuleFile): readonly Issue[] {
  const { queryFrequency, queryPeriod } = file.rule;
  if (queryFrequency === undefined || queryPeriod === undefined) {
    return [];
  }
  const frequency = minutesOf(queryFrequency);
  const period = minutesOf(queryPeriod);
  const limits: readonly (readonly [boolean, string, string, string])[] = [
    [
      frequency < shortest || frequency > longest,
      'queryFrequency',
      `runs every ${queryFrequency}`,
      'Stay between 5m and 14d.',
    ],
    [period < shortest || period > longest, 'queryPeriod', `looks back ${queryPeriod}`, 'Stay between 5m and 14d.'],
    [
      period < frequency,
      'queryPeriod',
      `looks back ${queryPeriod}, but runs every ${queryFrequency}`,
      'Look back at least over the frequency, or events between runs are never seen.',
    ],
    [
      period >= longLookBack && frequency < 60,
      'queryFrequency',
      `looks back ${queryPeriod} every ${queryFrequency}`,
      'A rule that looks back two days or more may run hourly at most.',
    ],
  ];
  const broken = limits.filter(([isBroken]) => isBroken);
  if (broken.length === 0 && period === frequency) {
    return [
      issue(
        'rule-late-data',
        file.placeOf(['queryPeriod']),
        `looks back ${queryPeriod}, just as far as it runs`,
        'Look back further by the delay that the logs have, and leave out what an earlier run has seen.',
      ),
    ];
  }
  return broken.map(([, field, message, hint]) => issue('rule-timing', file.placeOf([field]), message, hint));
}

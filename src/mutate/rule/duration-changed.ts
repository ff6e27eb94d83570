import { parseDurationMs } from '../../replay/duration.ts';
import { type RuleChange, type RuleMutation, type RuleValue, withValue } from '../rule-mutation.ts';

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
] as const;

export const frequencyChanged = durationMutation('frequency-changed', 'queryFrequency', 'how often the rule runs');
export const periodChanged = durationMutation('period-changed', 'queryPeriod', 'how far the rule looks back');
export const suppressionChanged = durationMutation(
  'suppression-changed',
  'suppressionDuration',
  'how long the rule pauses after an alert',
);

type DurationKey = 'queryFrequency' | 'queryPeriod' | 'suppressionDuration';

function durationMutation(name: string, key: DurationKey, what: string): RuleMutation {
  return {
    name,
    changes: `${what}: twice and half of it`,
    changesOf: (rule) =>
      changedDurations(rule[key]).map((other): RuleChange => {
        return {
          path: [key],
          original: `${key}: ${rule[key]}`,
          replacement: `${key}: ${other}`,
          value: withValue(rule, key satisfies keyof RuleValue, other),
        };
      }),
  };
}

/** Twice and half of a duration, in the spelling of rules; none where there is no duration. */
export function changedDurations(text: string | undefined): readonly string[] {
  const durationMs = text === undefined ? undefined : parseDurationMs(text);
  return durationMs === undefined ? [] : [durationMs * 2, durationMs / 2].map(durationText);
}

/** `90m`, `2h`, `7d`; ISO 8601 where minutes are not enough. */
function durationText(durationMs: number): string {
  const unit = UNITS.find(([, unitMs]) => durationMs % unitMs === 0);
  return unit === undefined ? `PT${durationMs / 1000}S` : `${durationMs / unit[1]}${unit[0]}`;
}

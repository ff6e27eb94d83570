import { estate } from '../estate.ts';
import type { ExpectedDetection } from '../labels.ts';
import { dayMs, formatTime, hourMs, minuteMs, type TimeSpan } from '../time-window.ts';
import { defaultRuleSet } from '../waf/firewall-rules.ts';
import { callers, intruderAddress, officeAddress, type PolicyChange } from '../waf/policy-history.ts';
import type { AttackFamily, PlannedAttack } from './attack-family.ts';

const rule = 'waf-protection-weakened';

export type Weakening = {
  readonly at: readonly [day: number, hour: number, minute: number];
  /** What is done to the policy; a refused write and a lost custom rule are no weakening that the rule is there for. */
  readonly change: 'switched to detection' | 'disabled' | 'deleted' | 'refused' | 'custom rules removed';
  /** Until somebody puts the policy back as it was. */
  readonly minutes: number;
  readonly note: string;
};

const weakenings: readonly Weakening[] = [
  { at: [6, 2, 10], change: 'switched to detection', minutes: 40, note: 'noticed within the hour' },
  { at: [11, 5, 30], change: 'disabled', minutes: 90, note: 'nothing is even logged meanwhile' },
  { at: [19, 23, 5], change: 'deleted', minutes: 25, note: 'and made anew' },
  { at: [24, 1, 5], change: 'switched to detection', minutes: 180, note: 'SQL injections pass meanwhile' },
  { at: [27, 12, 2], change: 'switched to detection', minutes: 2, note: 'put back at once' },
  { at: [28, 4, 0], change: 'refused', minutes: 0, note: 'the account may not' },
  { at: [28, 15, 0], change: 'custom rules removed', minutes: 60, note: 'it still prevents' },
];

/** Changes that are no weakening. */
const harmlessBecause: Partial<Record<Weakening['change'], string>> = {
  refused: 'the write was refused and changed nothing',
  'custom rules removed': 'the policy is still enabled and still prevents',
};

const customRules = ['BlockAnonymizers', 'RateLimitToken'];
const usual = { mode: 'Prevention', ruleSet: defaultRuleSet, customRules } as const;
const intruder = { caller: callers.onCall, callerAddress: intruderAddress };

/** Somebody with a stolen account weakens the firewall in front of the APIs. */
export const wafWeakenedFamily: AttackFamily = {
  name: 'waf-weakened',
  rule,
  attacks: (_random, month) => weakenings.map((one) => planWeakening(month, one)),
};

/** A change of the policy and, unless it was refused, its restoration. */
export function planWeakening(month: TimeSpan, { at, change, minutes, note }: Weakening): PlannedAttack {
  const atMs = month.fromMs + at[0] * dayMs + at[1] * hourMs + at[2] * minuteMs;
  const untilMs = atMs + Math.max(1, minutes) * minuteMs;
  const restored: PolicyChange = { ...usual, caller: callers.network, callerAddress: officeAddress, atMs: untilMs };
  const notExpectedBecause = harmlessBecause[change];
  return {
    name: `${change.replaceAll(' ', '-')}-${minutes}-minutes`,
    intensity: `${change} for ${minutes} minutes`,
    description: `The firewall's policy is ${change}: ${note}.`,
    span: { fromMs: atMs, untilMs },
    addresses: [intruderAddress],
    policyChanges: [changeOf(atMs, change), ...(change === 'refused' ? [] : [restored])],
    ...(notExpectedBecause === undefined ? { certain: [detectionOf(atMs, change)] } : { notExpectedBecause }),
  };
}

function changeOf(atMs: number, change: Weakening['change']): PolicyChange {
  const write = { ...usual, ...intruder, atMs };
  switch (change) {
    case 'switched to detection':
      return { ...write, mode: 'Detection' };
    case 'disabled':
      return { ...write, state: 'Disabled' };
    case 'deleted':
      return { ...write, state: 'Deleted' };
    case 'refused':
      return { ...write, mode: 'Detection', isRefused: true };
    case 'custom rules removed':
      return { ...write, customRules: [] };
    default:
      return change satisfies never;
  }
}

function detectionOf(atMs: number, change: string): ExpectedDetection {
  return { rule, eventAt: formatTime(atMs), key: { PolicyName: estate.wafPolicyName, Change: change }, figures: {} };
}

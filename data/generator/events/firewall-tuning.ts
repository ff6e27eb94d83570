import { minuteMs } from '../time-window.ts';
import { defaultRuleSet } from '../waf/firewall-rules.ts';
import { callers, officeAddress } from '../waf/policy-history.ts';
import { type PlaceEvent, spanAt } from './benign-event.ts';

const startsAt = [12, 9, 5] as const;
const minutes = 35;
const customRules = ['BlockAnonymizers', 'RateLimitToken'];

/** The firewall's policy is put into detection by those who look after it, to see what a new rule would do, and back. */
export const firewallTuning: PlaceEvent = (month) => {
  const span = spanAt(month, startsAt, minutes * minuteMs);
  const write = { caller: callers.network, callerAddress: officeAddress, ruleSet: defaultRuleSet, customRules };
  return {
    name: 'firewall-tuning',
    description: `Administrators put the firewall into detection for ${minutes} minutes to tune a rule.`,
    spans: [span],
    policyChanges: [
      { ...write, atMs: span.fromMs, mode: 'Detection' },
      { ...write, atMs: span.untilMs, mode: 'Prevention' },
    ],
  };
};

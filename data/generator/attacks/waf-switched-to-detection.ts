import { estate } from '../estate.ts';
import { formatTime } from '../time-window.ts';
import { intruderAddress, restoredAtMs, switchedOffAtMs } from '../waf/policy-history.ts';
import type { Injection } from './injection.ts';

/** With a stolen account the firewall's policy is switched to detection, until the administrators notice. */
export function wafSwitchedToDetection(): Injection {
  return {
    requests: [],
    label: {
      attack: 'waf-switched-to-detection',
      description: 'The policy of the web application firewall only detects until it is switched back.',
      startsAt: formatTime(switchedOffAtMs),
      endsAt: formatTime(restoredAtMs),
      addresses: [intruderAddress],
      expected: [
        {
          rule: 'waf-protection-weakened',
          eventAt: formatTime(switchedOffAtMs),
          key: { PolicyName: estate.wafPolicyName, Change: 'switched to detection' },
          figures: {},
        },
      ],
    },
  };
}

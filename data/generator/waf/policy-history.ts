import { coreRuleSet, defaultRuleSet, type RuleSet } from './firewall-rules.ts';

export type FirewallMode = 'Prevention' | 'Detection';

/** A write to the firewall's policy: who, from where, and what the policy is afterwards. */
export type PolicyChange = {
  readonly atMs: number;
  readonly caller: string;
  readonly callerAddress: string;
  readonly mode: FirewallMode;
  /** Enabled where absent. A disabled policy inspects nothing; a deleted one is gone until the next write. */
  readonly state?: 'Disabled' | 'Deleted';
  readonly ruleSet: RuleSet;
  readonly customRules: readonly string[];
  /** Refused writes are logged too and change nothing. */
  readonly isRefused?: true;
};

export const callers = {
  deployment: '5d0c8a41-3b7e-4e19-a6f2-c41b7e90d582',
  network: 'network-operations@contoso.com',
  onCall: 'platform-oncall@contoso.com',
} as const;

/** The address of Contoso's own administrators. */
export const officeAddress = '198.19.200.14';
/** From where the stolen account works. */
export const intruderAddress = '203.0.113.90';

export const switchedOffAtMs = Date.UTC(2026, 2, 28, 1, 12, 40);
export const restoredAtMs = Date.UTC(2026, 2, 28, 7, 41, 5);

const routine = { caller: callers.network, callerAddress: officeAddress, mode: 'Prevention' } as const;
const intruder = { caller: callers.onCall, callerAddress: intruderAddress, mode: 'Detection' } as const;

/**
 * The month of the firewall's policy, oldest first. The activity log tells it, and the firewall's own log follows it:
 * the rule set changes on the 12th, and between the switch and the restoration attacks are only reported.
 */
export const policyHistory: readonly PolicyChange[] = [
  { ...routine, atMs: Date.UTC(2026, 2, 4, 9, 12, 11), ruleSet: coreRuleSet, customRules: ['BlockAnonymizers'] },
  { ...routine, atMs: Date.UTC(2026, 2, 12, 8, 30, 52), ruleSet: defaultRuleSet, customRules: ['BlockAnonymizers'] },
  {
    ...routine,
    caller: callers.deployment,
    atMs: Date.UTC(2026, 2, 18, 14, 5, 33),
    ruleSet: defaultRuleSet,
    customRules: ['BlockAnonymizers', 'RateLimitToken'],
  },
  { ...intruder, atMs: Date.UTC(2026, 2, 27, 23, 48, 9), ruleSet: defaultRuleSet, customRules: [], isRefused: true },
  { ...intruder, atMs: switchedOffAtMs, ruleSet: defaultRuleSet, customRules: ['BlockAnonymizers', 'RateLimitToken'] },
  {
    ...routine,
    atMs: restoredAtMs,
    ruleSet: defaultRuleSet,
    customRules: ['BlockAnonymizers', 'RateLimitToken'],
  },
];

/** The policy at a time; `isOff` where nothing is inspected. */
export type FirewallState = { readonly mode: FirewallMode; readonly ruleSet: RuleSet; readonly isOff: boolean };

/** What the policy is at a time, by its history (oldest first). Before the first change it prevents. */
export function firewallStateAt(atMs: number, history: readonly PolicyChange[] = policyHistory): FirewallState {
  const last = history.findLast((change) => change.isRefused !== true && change.atMs <= atMs);
  if (last === undefined) {
    return { mode: 'Prevention', ruleSet: coreRuleSet, isOff: false };
  }
  return { mode: last.mode, ruleSet: last.ruleSet, isOff: last.state !== undefined };
}

import type { AttackLabel, ExpectedDetection } from '../labels.ts';
import type { InjectionLedger } from '../ledger/injection-ledger.ts';
import type { TrafficLedger } from '../ledger/traffic-ledger.ts';
import type { WindowFacts } from '../ledger/window-facts.ts';
import type { Random } from '../random.ts';
import type { ApiRequest } from '../request.ts';
import type { DefenderAlert } from '../security-alerts.ts';
import type { TimeSpan } from '../time-window.ts';
import type { FirewallTransaction } from '../waf/inspect-requests.ts';
import type { PolicyChange } from '../waf/policy-history.ts';

/** What an attack can know when its window comes: the usual requests of the window, and the month before it. */
export type AttackWindow = {
  readonly startMs: number;
  /** A stream of this attack and this window alone. */
  readonly random: Random;
  readonly usual: WindowFacts;
  readonly ledger: TrafficLedger;
};

/** Where an attack is put: a month, and its place among the family's attacks, which tells its attackers apart. */
export type AttackPlace = { readonly random: Random; readonly month: TimeSpan; readonly index: number };

/** One attack of a family, before it takes place. */
export type PlannedAttack = {
  /** Unique in the family and in a month: `6.05-deviations`. */
  readonly name: string;
  /** How strong it is in the terms of the family's rule, in words. */
  readonly intensity: string;
  readonly description: string;
  /** Whole windows, for attacks that send requests. */
  readonly span: TimeSpan;
  readonly addresses: readonly string[];
  /** The requests of one window; none may lie outside it. */
  readonly requestsIn?: (window: AttackWindow) => readonly ApiRequest[];
  readonly defenderAlerts?: readonly DefenderAlert[];
  readonly policyChanges?: readonly PolicyChange[];
  /** Detections that no count decides: an alert or a change of a policy is there or it is not. */
  readonly certain?: readonly ExpectedDetection[];
  /** Why the family's rule must not see it, where no count decides that. */
  readonly notExpectedBecause?: string;
};

/** Where something lies by the threshold of a rule: `at` is above it by no more than a single call, value or address. */
export type ThresholdLevel = 'above' | 'at' | 'below';

/** What a rule must make of something that an attack touched, and what it lacks where that lies below the threshold. */
export type Judgement = {
  readonly detection: ExpectedDetection;
  readonly level: ThresholdLevel;
  readonly lacks: readonly string[];
};

/** A window of an attack after it has passed: which requests of the attack reached API Management, and all counts. */
export type PassedWindow = {
  readonly startMs: number;
  readonly touched: readonly ApiRequest[];
  readonly facts: WindowFacts;
  readonly ledger: TrafficLedger;
};

/** A month of an attack after it has passed: what the firewall made of it, and all injections. */
export type PassedMonth = {
  readonly transactions: readonly FirewallTransaction[];
  readonly injections: InjectionLedger;
};

/**
 * A detection family: the attacks that its rule is there for, at several intensities, and how the rule sees any attack.
 * A family is one file and a row of the list; the attacks of all families are judged by all, because one attack may be
 * several detections.
 */
export type AttackFamily = {
  readonly name: string;
  /** The slug of the rule. */
  readonly rule: string;
  /** Those of the benchmark month. Others are planned with the family's own function, at any intensity. */
  readonly attacks: (random: Random, month: TimeSpan) => readonly PlannedAttack[];
  readonly judgeWindow?: (window: PassedWindow) => readonly Judgement[];
  readonly judgeMonth?: (month: PassedMonth) => readonly Judgement[];
};

/**
 * A label of the larger months: `expected` lists what must be detected, by any rule; `below` what the family's own rule
 * must not raise, because the attack stays beneath its threshold there.
 */
export type MonthLabel = AttackLabel & {
  readonly family: string;
  readonly rule: string;
  readonly intensity: string;
  /** The family's own rule must detect it at its threshold and above; what has no amount is above where it counts. */
  readonly threshold: ThresholdLevel;
  /** Why the family's own rule must not detect it, where it lies below the threshold. */
  readonly notExpectedBecause?: string;
  readonly below: readonly ExpectedDetection[];
};

import type {
  AttackFamily,
  AttackWindow,
  Judgement,
  MonthLabel,
  PassedWindow,
  PlannedAttack,
  ThresholdLevel,
} from './families/attack-family.ts';
import type { InjectionLedger } from './ledger/injection-ledger.ts';
import type { Random } from './random.ts';
import type { ApiRequest } from './request.ts';
import { formatTime } from './time-window.ts';
import { type FirewallTransaction, inspectRequests } from './waf/inspect-requests.ts';
import type { PolicyChange } from './waf/policy-history.ts';

/** What an attack adds to a window, in no order. */
export type AttackTraffic = {
  readonly passed: readonly ApiRequest[];
  readonly transactions: readonly FirewallTransaction[];
};

const nothing: AttackTraffic = { passed: [], transactions: [] };

/** One attack on its way through the month: what it sends, and what all rules must make of it. */
export class AttackCourse {
  readonly #family: AttackFamily;
  readonly #attack: PlannedAttack;
  readonly #random: Random;
  readonly #judgements: Judgement[] = [];
  readonly #transactions: FirewallTransaction[] = [];
  #firstMs = Number.POSITIVE_INFINITY;
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(family: AttackFamily, attack: PlannedAttack, random: Random) {
    this.#family = family;
    this.#attack = attack;
    this.#random = random;
  }

  isActiveIn(startMs: number): boolean {
    const { span, requestsIn } = this.#attack;
    return requestsIn !== undefined && startMs >= span.fromMs && startMs < span.untilMs;
  }

  /** The attack's requests of a window, as far as the firewall lets them through. */
  send(window: Omit<AttackWindow, 'random'>, policy: readonly PolicyChange[]): AttackTraffic {
    const random = this.#random.fork(window.startMs);
    const requests = this.#attack.requestsIn?.({ ...window, random }) ?? [];
    if (requests.length === 0) {
      return nothing;
    }
    for (const { atMs } of requests) {
      this.#firstMs = Math.min(this.#firstMs, atMs);
      this.#lastMs = Math.max(this.#lastMs, atMs);
    }
    const inspection = inspectRequests(requests, policy);
    this.#transactions.push(...inspection.transactions);
    return inspection;
  }

  /** What each family's rule must make of the window now that all of it is counted. */
  judgeWindow(window: PassedWindow, families: readonly AttackFamily[]): void {
    this.#judgements.push(...families.flatMap(({ judgeWindow }) => judgeWindow?.(window) ?? []));
  }

  /** The label, once the month is over. */
  label(injections: InjectionLedger, families: readonly AttackFamily[]): MonthLabel {
    const { name, description, intensity, addresses, certain = [], notExpectedBecause, span } = this.#attack;
    const month = { transactions: this.#transactions, injections };
    const judged = [...this.#judgements, ...families.flatMap(({ judgeMonth }) => judgeMonth?.(month) ?? [])];
    const { name: family, rule } = this.#family;
    const above = judged.filter(({ level }) => level !== 'below').map(({ detection }) => detection);
    const expected = [...certain, ...above].sort((a, b) => Number(b.rule === rule) - Number(a.rule === rule));
    const own = judged.filter(({ detection }) => detection.rule === rule);
    const threshold = certain.length > 0 ? 'above' : highest(own);
    const isSent = this.#firstMs <= this.#lastMs && certain.length === 0;
    return {
      attack: `${family}/${name}`,
      family,
      rule,
      intensity,
      threshold,
      ...(threshold === 'below' ? { notExpectedBecause: notExpectedBecause ?? reasonOf(own) } : {}),
      description,
      startsAt: formatTime(isSent ? this.#firstMs : span.fromMs),
      endsAt: formatTime(isSent ? this.#lastMs : span.untilMs),
      addresses: [...addresses].sort(),
      expected,
      below: own.filter(({ level }) => level === 'below').map(({ detection }) => detection),
    };
  }
}

const levels = ['above', 'at', 'below'] as const satisfies readonly ThresholdLevel[];

function highest(judgements: readonly Judgement[]): ThresholdLevel {
  return levels.find((level) => judgements.some((one) => one.level === level)) ?? 'below';
}

/** What the windows of an attack lack, each lack once. */
function reasonOf(judgements: readonly Judgement[]): string {
  return `the rule asks for more: ${[...new Set(judgements.flatMap(({ lacks }) => lacks))].join('; ')}`;
}

import { answers } from '../answers.ts';
import { texts } from '../attacks/sql-injection.ts';
import { estate } from '../estate.ts';
import { isSqlInjection, type RunInjections } from '../ledger/injection-ledger.ts';
import { newRequest } from '../request.ts';
import { dayMs, formatTime, hourMs, minuteMs, windowMs } from '../time-window.ts';
import { type PlatformOperationId, platformOperations } from '../traffic/platform-operations.ts';
import type {
  AttackFamily,
  AttackPlace,
  AttackWindow,
  Judgement,
  PassedMonth,
  PlannedAttack,
} from './attack-family.ts';
import { loneAddress } from './botnet.ts';
import { counted, judgeMeasures } from './threshold-measure.ts';
import { thresholds } from './thresholds.ts';

const rule = 'waf-sql-injection';
const { minimumTransactions } = thresholds[rule];

export type SqlInjections = {
  /** The hour's run looks at what happens from ten to the hour on; attacks start at the full hour. */
  readonly at: readonly [day: number, hour: number, minute?: number];
  readonly attempts: number;
  /** One address where absent; the attempts are each address's own. */
  readonly addresses?: number;
  /** The texts match too little to be blocked or reported. */
  readonly isHarmless?: true;
  readonly note: string;
};

const attacks: readonly SqlInjections[] = [
  { at: [2, 9], attempts: 300, note: 'a tool that tries everything' },
  { at: [5, 16], attempts: 60, note: 'a tool at work' },
  { at: [8, 21], attempts: 12, note: 'somebody by hand' },
  { at: [10, 4], attempts: 4, note: 'one more than the rule asks for' },
  { at: [12, 11], attempts: minimumTransactions, note: 'as many as the rule asks for' },
  { at: [13, 7], attempts: minimumTransactions - 1, note: 'one fewer than the rule asks for' },
  { at: [14, 18], attempts: 1, note: 'a single try' },
  { at: [16, 10], attempts: 5, addresses: 8, note: 'eight addresses at once' },
  { at: [18, 3], attempts: 2, addresses: 20, note: 'twenty addresses, none of them often enough alone' },
  {
    at: [20, 8, 40],
    attempts: 2 * (minimumTransactions - 1),
    note: 'half before and half after the hour of the rule ends',
  },
  { at: [22, 15], attempts: 6, isHarmless: true, note: 'too little for the firewall to decide on' },
  { at: [24, 1, 20], attempts: 25, note: 'while the firewall only detects' },
];

const operation: PlatformOperationId = 'GET /catalog/search';
const fewSpecialCharacters: typeof texts = [["a' (b); c", ['942430']]];

/** Addresses that try SQL injection through the firewall. */
export const sqlInjectionFamily: AttackFamily = {
  name: 'sql-injection',
  rule,
  attacks: (random, month) => attacks.map((one, index) => planSqlInjections({ random, month, index }, one)),
  judgeMonth,
};

/** So many attempts. */
export function planSqlInjections({ month, index }: AttackPlace, one: SqlInjections): PlannedAttack {
  const [day, hour, minute = 0] = one.at;
  const startMs = month.fromMs + day * dayMs + hour * hourMs + minute * minuteMs;
  const addresses = Array.from({ length: one.addresses ?? 1 }, (_, turn) => loneAddress(20 + index * 5 + turn));
  const sends = one.addresses === undefined ? addresses[0] : `${one.addresses} addresses, each`;
  return {
    name: `${one.attempts}-transactions${one.addresses === undefined ? '' : `-by-${one.addresses}`}${one.isHarmless ? '-harmless' : ''}${minute > 0 ? `-at-${minute}` : ''}`,
    intensity: `${one.attempts} ${one.attempts === 1 ? 'transaction' : 'transactions'}`,
    description: `${sends} tries ${one.attempts} SQL ${one.attempts === 1 ? 'injection' : 'injections'} on ${operation}: ${one.note}.`,
    span: { fromMs: startMs, untilMs: startMs + windowMs },
    addresses,
    requestsIn: (window) => addresses.flatMap((address) => inject(window, address, one)),
    ...(one.isHarmless === true
      ? { notExpectedBecause: 'no request reaches the score from which the firewall decides' }
      : {}),
  };
}

/** Evenly over the window, so that half of them lie on either side of its middle. */
function inject({ startMs, random }: AttackWindow, address: string, { attempts, isHarmless }: SqlInjections) {
  const client = { address, userAgent: 'sqlmap/1.8.4#stable (https://sqlmap.org)' };
  const everyMs = Math.floor(windowMs / attempts);
  const choices = isHarmless === true ? fewSpecialCharacters : texts;
  return Array.from({ length: attempts }, (_, attempt) => {
    const [text, firewallRules] = choices[attempt % choices.length] ?? random.pick(choices);
    return newRequest(random, {
      atMs: startMs + attempt * everyMs + random.below(Math.floor(everyMs / 2)),
      operation: platformOperations[operation],
      target: `/catalog/search?q=${encodeURIComponent(`${text} ${attempt}`)}&sort=price`,
      client,
      answer: isHarmless === true ? answers.ok : answers.badRequest,
      firewallRules,
    });
  });
}

function judgeMonth({ transactions, injections }: PassedMonth): readonly Judgement[] {
  const touched = new Set<RunInjections>(transactions.filter(isSqlInjection).map((one) => injections.ofRun(one)));
  return [...touched].map(({ runAtMs, address, observed, blocked }) => ({
    ...judgeMeasures([counted(observed, minimumTransactions, "transactions in a run's hour")]),
    detection: {
      rule,
      runAt: formatTime(runAtMs),
      key: { ClientAddress: address, Host: estate.host },
      figures: { Observed: observed, Blocked: blocked },
    },
  }));
}

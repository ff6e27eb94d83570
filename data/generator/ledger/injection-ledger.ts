import { runFor } from '../time-window.ts';
import type { FirewallTransaction } from '../waf/inspect-requests.ts';

/** SQL injections of one address that one hourly run looks at. */
export type RunInjections = { readonly runAtMs: number; readonly address: string; observed: number; blocked: number };

/** Transactions that the firewall blocked or reported with a rule of group 942, by run and address. */
export class InjectionLedger {
  readonly #byRun = new Map<string, RunInjections>();

  record(transactions: Iterable<FirewallTransaction>): void {
    for (const transaction of transactions) {
      if (isSqlInjection(transaction)) {
        const counted = this.ofRun(transaction);
        counted.observed++;
        counted.blocked += transaction.verdict === 'Blocked' ? 1 : 0;
      }
    }
  }

  /** The count that a transaction belongs to. */
  ofRun({ request }: FirewallTransaction): RunInjections {
    const runAtMs = runFor(request.atMs);
    const address = seenAddress(request.client);
    const key = `${runAtMs} ${address}`;
    const counted = this.#byRun.get(key) ?? { runAtMs, address, observed: 0, blocked: 0 };
    this.#byRun.set(key, counted);
    return counted;
  }
}

export function isSqlInjection({ matches, verdict }: FirewallTransaction): boolean {
  return verdict !== undefined && matches.some(({ id }) => id.startsWith('942'));
}

/** The firewall sees the end of the connection: the forward proxy, where there is one. */
function seenAddress({ address, forwardedBy }: FirewallTransaction['request']['client']): string {
  return forwardedBy ?? address;
}

import type { BenignEvent } from '../events/benign-event.ts';
import type { AttackFamily } from '../families/attack-family.ts';
import type { TimeSpan } from '../time-window.ts';

/** A month of traffic before it is made: usual sources, what is out of the ordinary in it, and who attacks. */
export type MonthPlan = {
  readonly name: string;
  /** Whole days, in UTC. */
  readonly span: TimeSpan;
  readonly events: readonly BenignEvent[];
  readonly families: readonly AttackFamily[];
};

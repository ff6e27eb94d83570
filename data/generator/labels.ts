/**
 * A detection that must happen. Figures have two decimals, as an alert shows them.
 * - `runAt`: the run of a scheduled rule that must raise it (`now()` in its query); absent for rules that follow
 *   single events (`eventAt`).
 * - `windowStart`: the window of 20 minutes, where one run may raise the same key for several.
 * - `key`: the columns that tell this result of the rule from others; these and the figures bear the names of the
 *   alert's custom details.
 */
export type ExpectedDetection = {
  readonly rule: string;
  readonly runAt?: string;
  readonly eventAt?: string;
  readonly windowStart?: string;
  readonly key: Readonly<Record<string, string>>;
  readonly figures: Readonly<Record<string, number>>;
};

/** What was injected, when, by whom, and everything that the rules must say about it, the main detection first. */
export type AttackLabel = {
  readonly attack: string;
  readonly description: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly addresses: readonly string[];
  readonly expected: readonly ExpectedDetection[];
};

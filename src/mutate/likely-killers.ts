import type { Verdict } from './judge-mutants.ts';

/** The scenarios that have killed mutants, those first that killed most; of two alike the one that killed first. */
export function likelyKillers(verdicts: readonly Verdict[]): readonly string[] {
  const kills = new Map<string, number>();
  for (const verdict of verdicts) {
    if (verdict.status === 'fails') kills.set(verdict.scenario, (kills.get(verdict.scenario) ?? 0) + 1);
  }
  return [...kills].sort(([, a], [, b]) => b - a).map(([name]) => name);
}

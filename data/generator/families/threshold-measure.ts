import type { Judgement } from './attack-family.ts';

/** One thing that a rule compares with a threshold: how much of it there is, and how much the rule asks for. */
export type ThresholdMeasure = {
  /** In words, after a number: `calls`. */
  readonly unit: string;
  readonly actual: number;
  /** What it would be if the attack had sent one call, value or address less. */
  readonly withOneFewer: number;
  readonly least: number;
};

/** A whole number of something, each of which counts. */
export function counted(actual: number, least: number, unit: string): ThresholdMeasure {
  return { unit, actual, withOneFewer: actual - 1, least };
}

/**
 * Where a window or an hour lies by everything that the rule asks for: `at` the threshold is what would be below it with
 * one call, value or address fewer. What lies below says what it lacks.
 */
export function judgeMeasures(measures: readonly ThresholdMeasure[]): Pick<Judgement, 'level' | 'lacks'> {
  const missed = measures.filter(({ actual, least }) => !(actual >= least));
  if (missed.length > 0) {
    return { level: 'below', lacks: missed.filter(({ actual }) => !Number.isNaN(actual)).map(describeLack) };
  }
  return { level: measures.some(({ withOneFewer, least }) => withOneFewer < least) ? 'at' : 'above', lacks: [] };
}

/** Rounded down: what is 5.998 is not shown as the 6 that it does not reach. */
function describeLack({ actual, least, unit }: ThresholdMeasure): string {
  return `${Math.floor(actual * 100) / 100} of ${least} ${unit}`;
}

import type { TriggerOperator } from './analytics-rule.ts';

const comparisons: Readonly<Record<TriggerOperator, (resultCount: number, threshold: number) => boolean>> = {
  GreaterThan: (resultCount, threshold) => resultCount > threshold,
  LessThan: (resultCount, threshold) => resultCount < threshold,
  Equal: (resultCount, threshold) => resultCount === threshold,
  NotEqual: (resultCount, threshold) => resultCount !== threshold,
};

/** Whether a run with so many results raises alerts. The threshold holds for each run by itself. */
export function isTriggered(operator: TriggerOperator, threshold: number, resultCount: number): boolean {
  return comparisons[operator](resultCount, threshold);
}

import type { Alert } from './build-alerts.ts';

/**
 * The numbers that say how far an alert is from what is usual, from its custom details of these names. For an alert of
 * several results they are those of the first.
 */
export type AlertFigures = {
  readonly observed?: number;
  readonly mean?: number;
  readonly standardDeviation?: number;
  /** How many standard deviations, or times the mean, the observed value lies away: as the rule defines it. */
  readonly deviation?: number;
  /** The smallest observed value that would have raised the alert. */
  readonly threshold?: number;
};

const detailKeys: Readonly<Record<keyof AlertFigures, string>> = {
  observed: 'Observed',
  mean: 'Mean',
  standardDeviation: 'StandardDeviation',
  deviation: 'Deviation',
  threshold: 'Threshold',
};

export function readAlertFigures(alert: Pick<Alert, 'customDetails'>): AlertFigures {
  const figures: Partial<Record<keyof AlertFigures, number>> = {};
  for (const [figure, key] of Object.entries(detailKeys) as [keyof AlertFigures, string][]) {
    const text = alert.customDetails[key]?.[0];
    const value = text === undefined ? Number.NaN : Number(text);
    if (Number.isFinite(value)) figures[figure] = value;
  }
  return figures;
}

/** `865 against 71.17 ± 57.8`, or undefined where the alert names no baseline. */
export function describeFigures(figures: AlertFigures): string | undefined {
  const { observed, mean, standardDeviation } = figures;
  if (observed === undefined || mean === undefined) return undefined;
  return `${observed} against ${mean}${standardDeviation === undefined ? '' : ` ± ${standardDeviation}`}`;
}

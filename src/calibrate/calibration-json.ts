import type { Calibration } from './calibrate.ts';
import { criteria } from './recommend.ts';

/** The outcome for programs. The same rule, logs and sweep give the same bytes. */
export function formatCalibrationJson(calibration: Calibration): string {
  const { slug, days, detections, isShared, sweep, current, recommendation, measurements } = calibration;
  const { criterion, measurement, asGood, marginSteps } = recommendation;
  const document = {
    slug,
    days,
    detections,
    shared: isShared,
    sweep: Object.fromEntries(sweep.axes.map(({ parameter, values }) => [parameter, values])),
    current,
    recommended: { criterion, meaning: criteria[criterion].doc, asGood, marginSteps, ...measurement },
    settings: measurements,
  };
  return `${JSON.stringify(document, (_key, value) => (value === undefined ? null : value), 2)}\n`;
}

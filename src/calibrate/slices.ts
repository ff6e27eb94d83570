import type { Calibration } from './calibrate.ts';
import type { Measurement } from './measure-setting.ts';
import { keyOf } from './recommend.ts';
import type { Setting } from './sweep.ts';

/** What one parameter does while the others stay as recommended, in the order of its values. */
export type Slice = { readonly parameter: string; readonly points: readonly SlicePoint[] };

export type SlicePoint = { readonly value: number; readonly measurement: Measurement; readonly isRecommended: boolean };

/** A slice for each parameter of which several values were tried. */
export function slicesOf({ sweep, measurements, recommendation }: Calibration): readonly Slice[] {
  const { setting } = recommendation.measurement;
  const bySetting = new Map(measurements.map((measurement) => [keyOf(measurement.setting), measurement]));
  return sweep.axes
    .filter(({ values }) => values.length > 1)
    .map(({ parameter, values }) => ({
      parameter,
      points: values.map((value) => {
        const at: Setting = { ...setting, [parameter]: value };
        const measurement = bySetting.get(keyOf(at)) as Measurement;
        return { value, measurement, isRecommended: value === setting[parameter] };
      }),
    }));
}

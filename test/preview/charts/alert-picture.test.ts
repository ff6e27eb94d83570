import { strict as assert } from 'node:assert';
import { drawAlertPicture } from '../../../src/preview/charts/alert-picture.ts';
import { fillWindows } from '../../../src/preview/charts/fill-windows.ts';
import { measuredSeriesOption } from '../../../src/preview/charts/measured-series.ts';
import { spikeSeries } from '../report-fixture.ts';

/** The parts of an ECharts series that the tests look at. */
type Point = { readonly coord: readonly [number, number] };
type DrawnSeries = {
  readonly data: readonly { readonly value?: unknown; readonly itemStyle?: { readonly color: string } }[];
  readonly markLine?: { readonly data: readonly (readonly [Point, Point])[] };
  readonly markArea?: { readonly data: readonly [readonly [Point, Point]] };
};

const wide = { name: 'wide', widthPx: 1120, heightPx: 280 } as const;

describe('the picture of an alert', () => {
  it('says what it shows to those who do not see it', () => {
    const page = drawAlertPicture(spikeSeries).text;
    const label =
      'calls in 20 minutes: 865 in the window of 2026-03-24 10:20, usual are 71.17, the threshold is 417.97';
    assert.ok(page.includes(`aria-label="${label}"`));
  });

  it('shows mean, band, threshold, the window that fired and the moment of detection', () => {
    const [line, peak, bars, detection] = measuredSeriesOption(spikeSeries, wide).series as readonly DrawnSeries[];
    assert.deepEqual(
      line?.markLine?.data.map(([start]) => start.coord[1]),
      [71.17, 417.97],
    );
    const band = line?.markArea?.data[0].map(({ coord }) => coord[1].toFixed(2));
    assert.deepEqual(band, ['13.37', '128.97']);
    assert.deepEqual(peak?.data, [[spikeSeries.windowAtMs, 865]]);
    const fired = bars?.data.filter(({ itemStyle }) => itemStyle?.color === 'var(--deviation)');
    // The bar stands in the middle of its window.
    assert.deepEqual(
      fired?.map(({ value }) => value),
      [[spikeSeries.windowAtMs + 600_000, 865]],
    );
    assert.deepEqual(detection?.markLine?.data, [{ xAxis: spikeSeries.detectedAtMs }]);
  });

  it('has no band and no mean where the rule has no baseline', () => {
    const { baseline: _, ...bare } = spikeSeries;
    const page = drawAlertPicture(bare).text;
    assert.match(page, /threshold 417.97/);
    assert.doesNotMatch(page, /mean|standard deviation|var\(--band\)/);
  });
});

describe('fillWindows', () => {
  const windows = { windowMs: 20, fromMs: 5, windowAtMs: 60 };

  it('gives windows without a row the value zero, from the start on, aligned to the window that fired', () => {
    const points = [
      { atMs: 20, value: 5 },
      { atMs: 60, value: 7 },
      { atMs: 80, value: 1 },
    ];
    assert.deepEqual(fillWindows(points, windows), [
      { atMs: 20, value: 5 },
      { atMs: 40, value: 0 },
      { atMs: 60, value: 7 },
      { atMs: 80, value: 1 },
    ]);
  });

  it('shows zeros up to the window that fired where nothing was measured', () => {
    assert.deepEqual(
      fillWindows([], windows).map(({ value }) => value),
      [0, 0, 0],
    );
  });
});

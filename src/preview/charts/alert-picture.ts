import { formatNumber, formatTime } from '../format-figures.ts';
import { type Html, html } from '../html.ts';
import type { AlertPicture, MeasuredSeries } from '../report-input.ts';
import { drawEventTimeline } from './event-timeline.ts';
import { drawLegend, type LegendEntry } from './legend.ts';
import { measuredSeriesOption } from './measured-series.ts';
import { type ChartSize, renderChart } from './render-svg.ts';

const sizes: readonly ChartSize[] = [
  { name: 'wide', widthPx: 1120, heightPx: 280 },
  { name: 'narrow', widthPx: 360, heightPx: 480 },
];

/** The picture of one alert: what it measured against what is usual, or the events that it is about. */
export function drawAlertPicture(picture: AlertPicture): Html {
  return picture.kind === 'measured-series' ? drawMeasuredSeries(picture) : drawEventTimeline(picture);
}

function drawMeasuredSeries(picture: MeasuredSeries): Html {
  const observed = picture.points.find(({ atMs }) => atMs === picture.windowAtMs)?.value ?? 0;
  const label =
    `${picture.measure}: ${formatNumber(observed)} in the window of ${formatTime(picture.windowAtMs)}` +
    `${picture.baseline === undefined ? '' : `, usual are ${formatNumber(picture.baseline.mean)}`}` +
    `, the threshold is ${formatNumber(picture.threshold)}`;
  const drawing = renderChart({ label, sizes, draw: (size) => measuredSeriesOption(picture, size) });
  return html`${drawLegend(legendOf(picture))}${drawing}`;
}

function legendOf({ measure, baseline, threshold }: MeasuredSeries): readonly LegendEntry[] {
  const usual: readonly LegendEntry[] =
    baseline === undefined
      ? []
      : [{ name: `mean ${formatNumber(baseline.mean)}`, color: 'muted', mark: 'dashed-line' }];
  const deviation = baseline?.standardDeviation;
  const band: readonly LegendEntry[] =
    deviation === undefined
      ? []
      : [{ name: `± standard deviation ${formatNumber(deviation)}`, color: 'band', mark: 'box' }];
  return [
    { name: measure, color: 'ink', mark: 'line' },
    ...usual,
    ...band,
    { name: `threshold ${formatNumber(threshold)}`, color: 'deviation', mark: 'dashed-line' },
    { name: 'window that fired', color: 'deviation', mark: 'box' },
  ];
}

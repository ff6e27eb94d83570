import type { EChartsOption, SeriesOption } from 'echarts';
import { axisLabel, valueAxis } from '../preview/charts/axes.ts';
import { cssColor } from '../preview/charts/chart-color.ts';
import { drawLegend } from '../preview/charts/legend.ts';
import { type ChartSize, renderChart } from '../preview/charts/render-svg.ts';
import { type Html, html, trustedHtml } from '../preview/html.ts';
import { renderPage } from '../preview/page-frame.ts';
import { formatDurationMs } from '../replay/duration.ts';
import type { Calibration } from './calibrate.ts';
import { count, explain, percent } from './format-calibration.ts';
import type { Measurement } from './measure-setting.ts';
import { type Slice, slicesOf } from './slices.ts';

const sizes: readonly ChartSize[] = [
  { name: 'wide', widthPx: 1120, heightPx: 240 },
  { name: 'narrow', widthPx: 360, heightPx: 220 },
];

/** The outcome as one self-contained page: the recommendation, a chart for each parameter, every setting. */
export function renderCalibration(calibration: Calibration): string {
  const { slug, days, detections, sweep, recommendation } = calibration;
  const title = `Calibration of ${slug}`;
  const summary = `${count(sweep.settings.length, 'setting')} over ${days.toFixed(1)} days of logs with ${count(detections, 'labelled detection')}.`;
  const recommended = settingsTable([
    ['current', calibration.current],
    ['recommended', recommendation.measurement],
  ]);
  const every = settingsTable(calibration.measurements.map((one) => ['', one]));
  return renderPage({
    title,
    summary,
    skipTo: 'recommendation',
    sections: [
      {
        id: 'recommendation',
        title: 'Recommendation',
        content: html`<p>${explain(calibration)}</p>${recommended}`,
      },
      ...slicesOf(calibration).map((slice) => ({
        id: `parameter-${slice.parameter}`,
        title: slice.parameter,
        content: drawSlice(slice),
      })),
      { id: 'settings', title: 'Every setting', content: every },
    ],
  });
}

function drawSlice(slice: Slice): Html {
  const recommended = slice.points.find(({ isRecommended }) => isRecommended);
  const label = `Precision and recall by ${slice.parameter}; ${recommended?.value} is recommended`;
  const legend = drawLegend([
    { name: 'precision', color: 'ink', mark: 'line' },
    { name: 'recall', color: 'deviation', mark: 'dashed-line' },
  ]);
  const chart = renderChart({ label, sizes, draw: (size) => sliceOption(slice, size) });
  return html`<p class="note">The other parameters stay as recommended; ${slice.parameter} ${recommended?.value} is recommended.</p>${legend}${chart}`;
}

function sliceOption({ points }: Slice, size: ChartSize): EChartsOption {
  const { name: _, ...axis } = valueAxis('') as Record<string, unknown>;
  return {
    grid: { left: 48, right: 16, top: size.name === 'wide' ? 20 : 24, bottom: 24 },
    xAxis: {
      type: 'category',
      data: points.map(({ value }) => String(value)),
      axisLabel,
      axisLine: { lineStyle: { color: cssColor('hairline') } },
      axisTick: { show: false },
    },
    yAxis: { ...axis, max: 100, interval: 25, axisLabel: { ...axisLabel, formatter: (value: number) => `${value} %` } },
    series: [
      shareSeries(
        points.map(({ measurement }) => measurement.precision),
        'ink',
        'solid',
      ),
      shareSeries(
        points.map(({ measurement }) => measurement.recall),
        'deviation',
        'dashed',
      ),
    ],
  };
}

function shareSeries(shares: readonly number[], color: 'ink' | 'deviation', type: 'solid' | 'dashed'): SeriesOption {
  return {
    type: 'line',
    silent: true,
    symbol: 'circle',
    symbolSize: 5,
    data: shares.map((share) => share * 100),
    itemStyle: { color: cssColor(color) },
    lineStyle: { color: cssColor(color), width: 1.5, type },
  };
}

type NamedMeasurement = readonly [name: string, measurement: Measurement];

function settingsTable(rows: readonly NamedMeasurement[]): Html {
  const names = Object.keys(rows[0]?.[1].setting ?? {});
  const titles = ['', ...names, 'Alerts', 'False', 'Precision', 'Recall', 'F1', 'Alerts a day', 'Median delay'];
  return html`<div class="scroll"><table>
<thead><tr>${titles.map((title, index) => html`<th scope="col"${index > 0 && trustedHtml(' class="number"')}>${title}</th>`)}</tr></thead>
<tbody>${rows.map(settingRow)}</tbody></table></div>`;
}

function settingRow([name, one]: NamedMeasurement): Html {
  const delay =
    one.medianDelayMs === undefined ? '–' : formatDurationMs(Math.round(one.medianDelayMs / 60_000) * 60_000);
  const cells = [
    ...Object.values(one.setting).map(String),
    String(one.alerts),
    String(one.falseAlerts),
    percent(one.precision),
    percent(one.recall),
    one.f1.toFixed(2),
    one.alertsPerDay.toFixed(2),
    delay,
  ];
  return html`<tr><th scope="row">${name}</th>${cells.map((cell) => html`<td class="number">${cell}</td>`)}</tr>`;
}

import type { EChartsOption, SeriesOption } from 'echarts';
import { type Html, html } from '../html.ts';
import { timeAxis, valueAxis } from './axes.ts';
import { type ChartColor, cssColor } from './chart-color.ts';
import { drawLegend, type LegendEntry } from './legend.ts';
import { type ChartSize, renderChart } from './render-svg.ts';

export type TimeSeries = {
  readonly name: string;
  readonly color: ChartColor;
  readonly dashed: boolean;
  readonly points: readonly { readonly atMs: number; readonly value: number | null }[];
};

/** Values over time. Bars and areas are stacked, and a missing value counts as zero in them. */
export type TimeChart = {
  readonly label: string;
  readonly form: 'line' | 'area' | 'bar';
  readonly measure: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly series: readonly TimeSeries[];
};

const sizes: readonly ChartSize[] = [
  { name: 'wide', widthPx: 1120, heightPx: 240 },
  { name: 'narrow', widthPx: 360, heightPx: 220 },
];

export function drawTimeChart(chart: TimeChart): Html {
  const legend: readonly LegendEntry[] = chart.series.map(({ name, color, dashed }) => ({
    name,
    color,
    mark: chart.form === 'line' ? (dashed ? 'dashed-line' : 'line') : 'box',
  }));
  const picture = renderChart({ label: chart.label, sizes, draw: (size) => timeChartOption(chart, size) });
  return html`${drawLegend(legend)}${picture}`;
}

function timeChartOption(chart: TimeChart, size: ChartSize): EChartsOption {
  const grid = { left: 48, right: 16, top: 30, bottom: 24 };
  const plotWidthPx = size.widthPx - grid.left - grid.right;
  return {
    grid,
    xAxis: timeAxis(chart.fromMs, chart.toMs, size.name === 'wide' ? 10 : 4),
    yAxis: valueAxis(chart.measure),
    series: stackable(chart, barStepMs(chart)).map((series) => seriesOption(series, chart, plotWidthPx)),
  };
}

/** ECharts stacks the nth points of all series, whatever their times: so each series gets a point at every time. */
function stackable({ form, series }: TimeChart, stepMs: number): readonly TimeSeries[] {
  if (form === 'line') return series;
  // A point stands for the bin that starts at its time; a bar covers the bin.
  const shiftMs = form === 'bar' ? stepMs / 2 : 0;
  const times = allTimes(series);
  return series.map((one) => {
    const values = new Map(one.points.map(({ atMs, value }) => [atMs, value]));
    return { ...one, points: times.map((atMs) => ({ atMs: atMs + shiftMs, value: values.get(atMs) ?? 0 })) };
  });
}

const allTimes = (series: readonly TimeSeries[]): readonly number[] =>
  [...new Set(series.flatMap(({ points }) => points.map(({ atMs }) => atMs)))].sort((a, b) => a - b);

function seriesOption(series: TimeSeries, chart: TimeChart, plotWidthPx: number): SeriesOption {
  const color = cssColor(series.color);
  const data = series.points.map(({ atMs, value }) => [atMs, value]);
  const common = { name: series.name, data, silent: true, itemStyle: { color } };
  if (chart.form === 'bar') {
    return { ...common, type: 'bar', stack: 'all', barWidth: barWidthPx(chart, plotWidthPx) };
  }
  return {
    ...common,
    type: 'line',
    showSymbol: series.points.length === 1,
    symbolSize: 5,
    lineStyle: { color, width: chart.form === 'area' ? 1 : 1.5, type: series.dashed ? [5, 4] : 'solid' },
    ...(chart.form === 'area' ? { stack: 'all', areaStyle: { color, opacity: 0.85 } } : {}),
  };
}

/** The bin: every time between two points is a multiple of it. 0 where a single point does not tell. */
function barStepMs({ series }: TimeChart): number {
  const times = allTimes(series);
  const gaps = times.slice(1).map((atMs, index) => atMs - (times[index] ?? atMs));
  return gaps.reduce(greatestCommonDivisor, 0);
}

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));

/** Nine tenths of a bin, and never thinner than can be seen. */
function barWidthPx(chart: TimeChart, plotWidthPx: number): number {
  const stepMs = barStepMs(chart) || chart.toMs - chart.fromMs;
  const stepPx = (stepMs / (chart.toMs - chart.fromMs || 1)) * plotWidthPx;
  return Math.max(1.5, Math.min(28, stepPx * 0.9));
}

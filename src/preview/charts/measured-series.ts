import type { EChartsOption, GridComponentOption, MarkAreaComponentOption, SeriesOption } from 'echarts';
import { formatClock, formatNumber } from '../format-figures.ts';
import type { MeasuredSeries } from '../report-input.ts';
import { axisLabel, timeAxis, valueAxis } from './axes.ts';
import { cssColor } from './chart-color.ts';
import { fillWindows, type MeasuredPoint } from './fill-windows.ts';
import type { ChartSize } from './render-svg.ts';

const HOUR_MS = 3_600_000;
/** The zoom shows so many windows before the one that fired. */
const ZOOM_WINDOWS = 12;
const ZOOM_AFTER_MS = HOUR_MS / 2;

type Panel = { readonly index: number; readonly fromMs: number; readonly toMs: number; readonly widthPx: number };

/**
 * Two panels with one measure: all of the time that the baseline was taken from, where the spike is one thin peak, and
 * the hours around it, where the windows, the threshold and the delay until the detection can be seen.
 */
export function measuredSeriesOption(picture: MeasuredSeries, size: ChartSize): EChartsOption {
  const { windowAtMs, detectedAtMs, windowMs } = picture;
  const points = fillWindows(picture.points, picture);
  const zoomFromMs = windowAtMs - ZOOM_WINDOWS * windowMs;
  const zoomToMs = Math.max(detectedAtMs + ZOOM_AFTER_MS, windowAtMs + windowMs);
  const fromMs = Math.min(picture.fromMs, zoomFromMs);
  // Some room behind the last window: a peak on the frame would look like a part of it.
  const overview: Panel = {
    index: 0,
    fromMs,
    toMs: zoomToMs + (zoomToMs - fromMs) * 0.03,
    widthPx: size.name === 'wide' ? 640 : 296,
  };
  const zoom: Panel = { index: 1, fromMs: zoomFromMs, toMs: zoomToMs, widthPx: size.name === 'wide' ? 354 : 296 };
  const labels = size.name === 'wide' ? [7, 5] : [4, 4];
  return {
    grid: panelGrids(size),
    xAxis: [overview, zoom].map((panel, index) => ({
      ...timeAxis(panel.fromMs, panel.toMs, labels[index] ?? 4),
      gridIndex: panel.index,
    })),
    yAxis: [0, 1].map((index) => ({
      ...valueAxis(index === 0 ? picture.measure : `${picture.measure}, UTC`),
      gridIndex: index,
    })),
    series: [...overviewSeries(picture, points, overview), ...zoomSeries(picture, points, zoom)],
  };
}

function panelGrids(size: ChartSize): readonly GridComponentOption[] & GridComponentOption[] {
  if (size.name === 'narrow') {
    return [
      { left: 48, right: 16, top: 30, height: 170 },
      { left: 48, right: 16, top: 264, height: 180 },
    ];
  }
  return [
    { left: 48, width: 640, top: 30, bottom: 24 },
    { left: 750, right: 16, top: 30, bottom: 24 },
  ];
}

function overviewSeries(
  picture: MeasuredSeries,
  points: readonly MeasuredPoint[],
  panel: Panel,
): readonly SeriesOption[] {
  const color = cssColor('ink');
  const peak = points.find(({ atMs }) => atMs === picture.windowAtMs);
  return [
    {
      type: 'line',
      ...panelAxes(panel),
      silent: true,
      showSymbol: false,
      lineStyle: { color, width: 1 },
      itemStyle: { color },
      data: points.map(({ atMs, value }) => [atMs, value]),
      markLine: { ...usualAndThreshold(picture, panel), z: 4 },
      ...usualBand(picture, panel),
    },
    {
      type: 'scatter',
      ...panelAxes(panel),
      silent: true,
      symbolSize: 7,
      itemStyle: { color: cssColor('deviation'), opacity: 1 },
      data: peak === undefined ? [] : [[peak.atMs, peak.value]],
      label: {
        show: true,
        position: 'left',
        distance: 6,
        color: cssColor('deviation'),
        fontSize: 12,
        fontWeight: 'bold',
        formatter: formatNumber(peak?.value ?? 0),
      },
    },
  ];
}

function zoomSeries(picture: MeasuredSeries, points: readonly MeasuredPoint[], panel: Panel): readonly SeriesOption[] {
  const inside = points.filter(({ atMs }) => atMs >= panel.fromMs && atMs < panel.toMs);
  const plotShare = picture.windowMs / (panel.toMs - panel.fromMs);
  return [
    {
      type: 'bar',
      ...panelAxes(panel),
      silent: true,
      barWidth: Math.max(2, plotShare * panel.widthPx - 1.5),
      // A bar stands over its window: from the window's start to its end.
      data: inside.map(({ atMs, value }) => ({
        value: [atMs + picture.windowMs / 2, value],
        itemStyle: { color: cssColor(atMs === picture.windowAtMs ? 'deviation' : 'shade-3') },
      })),
      markLine: { ...usualAndThreshold(picture, panel), z: 4 },
      ...usualBand(picture, panel),
    },
    {
      type: 'line',
      ...panelAxes(panel),
      silent: true,
      data: [],
      markLine: {
        symbol: 'none',
        silent: true,
        lineStyle: { color: cssColor('ink'), width: 1.5, type: 'solid' },
        label: {
          ...axisLabel,
          color: cssColor('ink'),
          position: 'end',
          align: 'right',
          formatter: `detected ${formatClock(picture.detectedAtMs)}`,
        },
        data: [{ xAxis: picture.detectedAtMs }],
      },
    },
  ];
}

const panelAxes = ({ index }: Panel): { readonly xAxisIndex: number; readonly yAxisIndex: number } => ({
  xAxisIndex: index,
  yAxisIndex: index,
});

function usualAndThreshold({ baseline, threshold }: MeasuredSeries, { fromMs, toMs }: Panel): object {
  const level = (value: number, color: string, dash: readonly number[], width: number): readonly object[] => [
    { coord: [fromMs, value], lineStyle: { color, type: dash, width } },
    { coord: [toMs, value] },
  ];
  return {
    symbol: 'none',
    silent: true,
    label: { show: false },
    data: [
      ...(baseline === undefined ? [] : [level(baseline.mean, cssColor('muted'), [4, 3], 1)]),
      level(threshold, cssColor('deviation'), [6, 4], 1.2),
    ],
  };
}

function usualBand({ baseline }: MeasuredSeries, panel: Panel): { readonly markArea?: MarkAreaComponentOption } {
  const deviation = baseline?.standardDeviation;
  if (baseline === undefined || deviation === undefined) return {};
  return {
    markArea: {
      silent: true,
      itemStyle: { color: cssColor('band') },
      data: [
        [
          { coord: [Math.max(panel.fromMs, baseline.fromMs), Math.max(0, baseline.mean - deviation)] },
          { coord: [panel.toMs, baseline.mean + deviation] },
        ],
      ],
    },
  };
}

import type { EChartsOption } from 'echarts';
import { formatClock, formatTime } from '../format-figures.ts';
import type { Html } from '../html.ts';
import type { EventTimeline } from '../report-input.ts';
import { axisLabel, timeAxis } from './axes.ts';
import { cssColor } from './chart-color.ts';
import { type ChartSize, chartText, renderChart } from './render-svg.ts';

const LANE_HEIGHT_PX = 24;
/** Of an average character at the size of axis labels, with some room. */
const CHARACTER_WIDTH_PX = 6.6;
const MINUTE_MS = 60_000;

type Lane = { readonly atMs: number; readonly label: string; readonly color: string };

/** Events and the detection on one time axis, a lane each, the first at the top. */
export function drawEventTimeline({ events, detectedAtMs }: EventTimeline): Html {
  const lanes: readonly Lane[] = [
    ...events.map(({ atMs, label, isCause }) => ({ atMs, label, color: cssColor(isCause ? 'deviation' : 'shade-2') })),
    { atMs: detectedAtMs, label: 'alert created', color: cssColor('ink') },
  ].sort((a, b) => a.atMs - b.atMs);
  const heightPx = lanes.length * LANE_HEIGHT_PX + 36;
  const sizes: readonly ChartSize[] = [
    { name: 'wide', widthPx: 1120, heightPx },
    { name: 'narrow', widthPx: 360, heightPx },
  ];
  const label = lanes.map((lane) => `${formatTime(lane.atMs)} ${lane.label}`).join(', ');
  return renderChart({ label, sizes, draw: (size) => timelineOption(lanes, size) });
}

function timelineOption(lanes: readonly Lane[], size: ChartSize): EChartsOption {
  const isWide = size.name === 'wide';
  const times = lanes.map(({ atMs }) => atMs);
  const labelLength = isWide ? 46 : 19;
  const longest = Math.max(...lanes.map(({ label }) => Math.min(labelLength, label.length)));
  const marginMs = Math.max(5 * MINUTE_MS, (Math.max(...times) - Math.min(...times)) * 0.08);
  return {
    grid: { left: 16 + Math.ceil(longest * CHARACTER_WIDTH_PX), right: isWide ? 60 : 44, top: 8, bottom: 26 },
    xAxis: timeAxis(Math.min(...times) - marginMs, Math.max(...times) + marginMs, isWide ? 8 : 3),
    yAxis: {
      type: 'category',
      inverse: true,
      data: lanes.map((_, index) => String(index)),
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { show: true, lineStyle: { color: cssColor('hairline') } },
      axisLabel: {
        ...axisLabel,
        color: cssColor('ink'),
        interval: 0,
        formatter: (index: string) => chartText(lanes[Number(index)]?.label ?? '', labelLength),
      },
    },
    series: [
      {
        type: 'scatter',
        silent: true,
        symbolSize: 9,
        data: lanes.map(({ atMs, color }, index) => ({ value: [atMs, index], itemStyle: { color, opacity: 1 } })),
        label: {
          show: true,
          position: 'right',
          ...axisLabel,
          formatter: ({ dataIndex }) => formatClock(lanes[dataIndex]?.atMs ?? 0),
        },
      },
    ],
  };
}

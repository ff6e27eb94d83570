import type { XAXisComponentOption, YAXisComponentOption } from 'echarts';
import { formatClock, formatDay, formatShortNumber, spansDays } from '../format-figures.ts';
import { cssColor } from './chart-color.ts';

const FONT_SIZE_PX = 11;
const DAY_MS = 86_400_000;

export const axisLabel = { color: cssColor('muted'), fontSize: FONT_SIZE_PX };

/** A time axis in UTC: dates where it spans days, clock times otherwise, and the date where a day begins. */
export function timeAxis(fromMs: number, toMs: number, labelCount: number): XAXisComponentOption {
  const byDays = spansDays(fromMs, toMs);
  const axis = {
    type: 'time' as const,
    min: fromMs,
    max: toMs,
    splitNumber: labelCount,
    axisLine: { lineStyle: { color: cssColor('hairline') } },
    axisTick: { lineStyle: { color: cssColor('hairline') } },
    splitLine: { show: false },
    axisLabel: {
      ...axisLabel,
      hideOverlap: true,
      formatter: (timeMs: number) => (byDays || timeMs % DAY_MS === 0 ? formatDay(timeMs) : formatClock(timeMs)),
    },
    ...(byDays ? { minInterval: DAY_MS } : {}),
    // Else ECharts makes room for whole bars, and a chart of one bar gets an axis of months. Its types lack the option.
    containShape: false,
  };
  return axis;
}

/** A value axis from zero, with its name above it. */
export function valueAxis(name: string): YAXisComponentOption {
  return {
    type: 'value',
    min: 0,
    minInterval: 1,
    splitNumber: 4,
    name,
    nameLocation: 'end',
    nameGap: 10,
    nameTextStyle: { ...axisLabel, align: 'left', padding: [0, 0, 0, -44] },
    axisLabel: { ...axisLabel, formatter: formatShortNumber },
    splitLine: { lineStyle: { color: cssColor('hairline') } },
  };
}

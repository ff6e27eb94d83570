import type { EChartsOption } from 'echarts';
import { formatNumber } from '../format-figures.ts';
import type { Html } from '../html.ts';
import { axisLabel } from './axes.ts';
import { type ChartColor, cssColor } from './chart-color.ts';
import { type ChartSize, chartText, renderChart } from './render-svg.ts';

/** One value each of some categories, drawn as horizontal bars in the order given. */
export type BarChart = {
  readonly label: string;
  readonly bars: readonly {
    readonly name: string;
    /** Where there is little room; else the name, cut. */
    readonly narrowName?: string;
    readonly value: number;
    readonly color: ChartColor;
  }[];
};

const BAR_HEIGHT_PX = 26;

export function drawBarChart(chart: BarChart): Html {
  const heightPx = chart.bars.length * BAR_HEIGHT_PX + 12;
  const sizes: readonly ChartSize[] = [
    { name: 'wide', widthPx: 1120, heightPx },
    { name: 'narrow', widthPx: 360, heightPx },
  ];
  return renderChart({ label: chart.label, sizes, draw: (size) => barChartOption(chart, size) });
}

function barChartOption({ bars }: BarChart, { name: sizeName }: ChartSize): EChartsOption {
  const labelLength = sizeName === 'wide' ? 36 : 16;
  const hidden = { axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: false } };
  return {
    grid: { left: sizeName === 'wide' ? 280 : 124, right: 64, top: 4, bottom: 4 },
    xAxis: { type: 'value', min: 0, ...hidden, axisLabel: { show: false } },
    yAxis: {
      type: 'category',
      inverse: true,
      ...hidden,
      // Categories may repeat once they are cut; their place tells them apart.
      data: bars.map((_, index) => String(index)),
      axisLabel: {
        ...axisLabel,
        color: cssColor('ink'),
        fontSize: 12,
        interval: 0,
        formatter: (index: string) => {
          const { name = '', narrowName = name } = bars[Number(index)] ?? {};
          return chartText(sizeName === 'wide' ? name : narrowName, labelLength);
        },
      },
    },
    series: [
      {
        type: 'bar',
        silent: true,
        barWidth: 14,
        data: bars.map(({ value, color }) => ({ value, itemStyle: { color: cssColor(color) } })),
        label: {
          show: true,
          position: 'right',
          color: cssColor('ink'),
          fontSize: 12,
          formatter: ({ dataIndex }) => formatNumber(bars[dataIndex]?.value ?? 0),
        },
      },
    ],
  };
}

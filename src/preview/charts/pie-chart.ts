import type { EChartsOption } from 'echarts';
import { formatNumber } from '../format-figures.ts';
import { type Html, html } from '../html.ts';
import { type ChartColor, cssColor } from './chart-color.ts';
import { drawLegend } from './legend.ts';
import { type ChartSize, renderChart } from './render-svg.ts';

/** Parts of a whole, drawn as a ring with the total in its middle. */
export type PieChart = {
  readonly label: string;
  readonly slices: readonly { readonly name: string; readonly value: number; readonly color: ChartColor }[];
};

const sizes: readonly ChartSize[] = [{ name: 'wide', widthPx: 200, heightPx: 200 }];

export function drawPieChart(chart: PieChart): Html {
  const total = chart.slices.reduce((sum, { value }) => sum + value, 0);
  const legend = chart.slices.map(({ name, value, color }) => {
    const share = total === 0 ? 0 : (100 * value) / total;
    return { name: `${name} ${formatNumber(value)} (${share.toFixed(1)} %)`, color, mark: 'box' as const };
  });
  const picture = renderChart({ label: chart.label, sizes, draw: () => pieChartOption(chart, total) });
  return html`<div class="pie">${picture}${drawLegend(legend)}</div>`;
}

function pieChartOption({ slices }: PieChart, total: number): EChartsOption {
  return {
    series: [
      {
        type: 'pie',
        silent: true,
        radius: ['58%', '92%'],
        label: { show: true, position: 'center', color: cssColor('ink'), fontSize: 18, formatter: formatNumber(total) },
        itemStyle: { borderColor: cssColor('paper'), borderWidth: 1.5 },
        data: slices.map(({ name, value, color }) => ({ name, value, itemStyle: { color: cssColor(color) } })),
      },
    ],
  };
}

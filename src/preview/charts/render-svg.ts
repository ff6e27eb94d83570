import { createHash } from 'node:crypto';
import { type EChartsOption, init } from 'echarts';
import { type Html, html, showControls, trustedHtml } from '../html.ts';

/** Charts are drawn twice, because text in a scaled SVG would shrink with it; the page shows the one that fits. */
export type ChartSize = { readonly name: 'wide' | 'narrow'; readonly widthPx: number; readonly heightPx: number };

export type ChartDrawing = {
  /** What the chart shows, for those who do not see it. */
  readonly label: string;
  readonly sizes: readonly ChartSize[];
  readonly draw: (size: ChartSize) => EChartsOption;
};

/** The chart as one element with an SVG for each size. */
export function renderChart({ label, sizes, draw }: ChartDrawing): Html {
  const pictures = sizes.map((size) => {
    return html`<div class="chart-${size.name}" role="img" aria-label="${label}">${renderSvg(draw(size), size)}</div>`;
  });
  return html`<div class="chart">${pictures}</div>`;
}

/**
 * An ECharts option as SVG, the same bytes for the same option. Colours have to be CSS variables or names. ECharts
 * escapes all text; what it adds for its own scripts (ids counted over the process, hover styles, data indexes) is
 * taken out.
 */
export function renderSvg(option: EChartsOption, { widthPx, heightPx }: Omit<ChartSize, 'name'>): Html {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: widthPx, height: heightPx });
  try {
    chart.setOption({ ...option, animation: false, useUTC: true });
    return trustedHtml(normalizeSvg(chart.renderToSVGString()));
  } finally {
    // An instance that is not disposed keeps the process alive.
    chart.dispose();
  }
}

function normalizeSvg(svg: string): string {
  const bare = svg
    .replace(/<style\s*>[\s\S]*?<\/style>/g, '')
    .replace(/ (?:class|ecmeta_[a-z_]+)="[^"]*"/g, '')
    .replace(/ xml:space="preserve"/g, '')
    .replace(/ pointer-events="visible"/g, '')
    .replace(/<path d="[^"]*"(?: transform="[^"]*")? fill="none"><\/path>/g, '')
    // The page chooses the font; ECharts writes it in two ways.
    .replace(/font-family:[^;"]*;?/g, '')
    .replace(/font: normal (\w+) (\d+px) [^";]*/g, 'font-size:$2;font-weight:$1')
    .replace(/\n+/g, '\n');
  // Clip paths are referred to by id, and ids have to be unique in the page: the content names them.
  const prefix = createHash('sha256')
    .update(bare.replace(/zr\d+-/g, 'zr-'))
    .digest('hex')
    .slice(0, 10);
  return bare.replace(/zr\d+-/g, `c${prefix}-`);
}

/** Text for a label in a chart: made visible where it would not show, and cut to a length that the chart has room for. */
export function chartText(text: string, maximumLength: number): string {
  const visible = showControls(text).replace(/\s+/g, ' ');
  const characters = [...visible];
  return characters.length <= maximumLength ? visible : `${characters.slice(0, maximumLength - 1).join('')}…`;
}

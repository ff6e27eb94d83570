import { type Html, html } from '../html.ts';
import type { ChartColor } from './chart-color.ts';

export type LegendMark = 'box' | 'line' | 'dashed-line' | 'dot';

export type LegendEntry = { readonly name: string; readonly color: ChartColor; readonly mark: LegendMark };

/** The names of a chart's series with their marks, as text of the page: it wraps, can be selected and read aloud. */
export function drawLegend(entries: readonly LegendEntry[]): Html {
  const items = entries.map(
    ({ name, color, mark }) => html`<li><i class="mark mark-${mark} color-${color}"></i>${name}</li>`,
  );
  return html`<ul class="legend">${items}</ul>`;
}

import { formatNumber } from '../format-figures.ts';
import { type Html, html, noHtml } from '../html.ts';
import type { ReportFigures } from '../report-input.ts';

/** `865 against 71.17 ± 57.8`; only the observed value where there is no baseline. */
export function drawObserved(figures: ReportFigures | undefined): Html {
  if (figures === undefined) return noHtml;
  const { observed, mean, standardDeviation } = figures;
  const band = standardDeviation === undefined ? '' : ` ± ${formatNumber(standardDeviation)}`;
  const usual = mean === undefined ? noHtml : html` <span class="against">against ${formatNumber(mean)}${band}</span>`;
  return html`<strong>${formatNumber(observed)}</strong>${usual}`;
}

/** `13.73 σ` or `179 ×`, in the colour of a deviation. */
export function drawDeviation(figures: ReportFigures | undefined): Html {
  if (figures?.deviation === undefined) return noHtml;
  const unit = figures.deviationUnit === 'times-mean' ? '× mean' : 'σ';
  return html`<span class="deviation color-deviation">${formatNumber(figures.deviation)} ${unit}</span>`;
}

import { formatNumber } from '../format-figures.ts';
import { type Html, html } from '../html.ts';
import { drawTime } from '../report/run-section.ts';
import { drawSeverity } from '../report/severity.ts';
import type { BacktestInput } from './backtest-input.ts';

const MAX_INCIDENTS = 100;

/** The incidents that the alerts opened, in the order of their creation. */
export function drawIncidentsSection({ incidents }: BacktestInput): Html {
  const rows = incidents.slice(0, MAX_INCIDENTS).map(
    ({ number, title, ruleSlug, severity, status, createdAtMs, alerts }) => html`<tr>
      <td class="number">${number}</td><td class="time">${drawTime(createdAtMs)}</td><td>${drawSeverity(severity)}</td>
      <td class="text">${title}<span class="slug">${ruleSlug}</span></td><td class="short">${status}</td>
      <td class="number">${formatNumber(alerts)}</td></tr>`,
  );
  const content =
    incidents.length === 0
      ? html`<p class="note">None.</p>`
      : html`<div class="scroll" tabindex="0"><table>
    <thead><tr><th scope="col" class="number">No.</th><th scope="col" class="time">Created (UTC)</th><th scope="col">Severity</th>
      <th scope="col">Title</th><th scope="col">Status</th><th scope="col" class="number">Alerts</th></tr></thead>
    <tbody>${rows}</tbody></table></div>
    ${incidents.length > MAX_INCIDENTS && html`<p class="note">The first ${MAX_INCIDENTS} of ${formatNumber(incidents.length)}.</p>`}`;
  return content;
}

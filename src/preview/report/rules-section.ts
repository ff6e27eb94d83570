import { formatDuration, formatNumber } from '../format-figures.ts';
import { type Html, html } from '../html.ts';
import type { ReportInput, ReportRule } from '../report-input.ts';
import { drawDeviation, drawObserved } from './figures.ts';
import { drawTime } from './run-section.ts';
import { drawSeverity } from './severity.ts';

/** Every rule in one row: how often it ran, what it raised, and how far that was from what is usual. */
export function drawRulesSection({ rules, alerts }: Pick<ReportInput, 'rules' | 'alerts'>): Html {
  const firstAlerts = new Map([...alerts].reverse().map(({ ruleSlug, id }) => [ruleSlug, id]));
  const rows = rules.map((rule) => drawRule(rule, firstAlerts.get(rule.slug)));
  return html`<div class="scroll" tabindex="0"><table class="rules">
      <thead><tr>
        <th scope="col">Rule</th><th scope="col">Kind</th><th scope="col">Severity</th>
        <th scope="col" class="number">Runs</th><th scope="col" class="number">Alerts</th>
        <th scope="col" class="time">First alert (UTC)</th>
        <th scope="col" class="number">Observed against baseline</th>
      </tr></thead>
      <tbody>${rows}</tbody>
    </table></div>`;
}

function drawRule(rule: ReportRule, firstAlertId: string | undefined): Html {
  const name =
    firstAlertId === undefined ? html`${rule.name}` : html`<a href="#alert-${firstAlertId}">${rule.name}</a>`;
  const rhythm =
    rule.kind === 'NRT'
      ? 'near real time'
      : `every ${formatDuration(rule.frequencyMs)}, looks back ${formatDuration(rule.periodMs)}`;
  const failed =
    rule.failedRuns > 0 && html` <span class="color-severity-high">(${formatNumber(rule.failedRuns)} failed)</span>`;
  return html`<tr>
    <th scope="row">${name}<span class="slug">${rule.slug}</span></th>
    <td data-label="Kind">${rule.kind}<span class="slug">${rhythm}</span></td>
    <td data-label="Severity">${drawSeverity(rule.severity)}</td>
    <td class="number" data-label="Runs">${formatNumber(rule.runs)}${failed}</td>
    <td class="number" data-label="Alerts">${rule.alerts === 0 ? html`<span class="zero">0</span>` : html`<strong>${formatNumber(rule.alerts)}</strong>`}</td>
    <td class="time" data-label="First alert (UTC)">${rule.firstAlertAtMs !== undefined && drawTime(rule.firstAlertAtMs)}</td>
    <td class="number" data-label="Observed">${drawObserved(rule.figures)}${drawDeviation(rule.figures)}</td>
  </tr>`;
}

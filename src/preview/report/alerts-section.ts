import { drawAlertPicture } from '../charts/alert-picture.ts';
import { formatTimeRange } from '../format-figures.ts';
import { type Html, html } from '../html.ts';
import type { ReportAlert, ReportEntity, ReportInput } from '../report-input.ts';
import { drawDeviation, drawObserved } from './figures.ts';
import { drawTime } from './run-section.ts';
import { drawSeverity } from './severity.ts';

/** Each alert as Sentinel would show it, with a picture of what it saw. */
export function drawAlertsSection({ alerts }: Pick<ReportInput, 'alerts'>): Html {
  const content = alerts.length === 0 ? html`<p class="note">No rule fired.</p>` : html`${alerts.map(drawAlert)}`;
  return content;
}

function drawAlert(alert: ReportAlert): Html {
  const { id, name, severity, detectedAtMs, startAtMs, endAtMs, figures, picture } = alert;
  const attack = [...alert.tactics, ...alert.techniques].join(' · ');
  return html`<article class="alert severity-${severity.toLowerCase()}" id="alert-${id}">
    <header>
      <h3>${name}</h3>
      <p class="meta">${drawSeverity(severity)} <span>detected ${drawTime(detectedAtMs)}</span>
        <span>activity ${formatTimeRange(startAtMs, endAtMs)}</span> <span>${attack}</span> <code>${alert.ruleSlug}</code></p>
      ${figures !== undefined && html`<p class="observed">${drawObserved(figures)} ${drawDeviation(figures)}</p>`}
    </header>
    <p class="description">${alert.description}</p>
    ${picture !== undefined && html`<figure class="picture">${drawAlertPicture(picture)}</figure>`}
    ${drawDetails(alert)}
    ${alert.cutOff.map((text) => html`<p class="failure">Cut off by a limit of the service: ${text}.</p>`)}
  </article>`;
}

function drawDetails({ customDetails, entities }: ReportAlert): Html {
  const details = customDetails.map(({ key, values }) => html`<div><dt>${key}</dt><dd>${values.join(', ')}</dd></div>`);
  return html`<div class="details">
    <div><h4>Custom details</h4>${details.length === 0 ? html`<p class="note">None.</p>` : html`<dl class="pairs">${details}</dl>`}</div>
    <div><h4>Entities</h4>${entities.length === 0 ? html`<p class="note">None.</p>` : html`<ul class="entities">${entities.map(drawEntity)}</ul>`}</div>
  </div>`;
}

function drawEntity({ type, properties }: ReportEntity): Html {
  const parts = properties.map(
    ({ name, value }) => html`<span class="property"><span class="against">${name}</span> <code>${value}</code></span>`,
  );
  return html`<li><strong>${type}</strong> ${parts}</li>`;
}

import { type Html, html } from '../html.ts';
import type { ReportInput, ReportPlaybookAnswer, ReportPlaybookRun } from '../report-input.ts';

const modes = { 'dry-run': 'dry run', simulated: 'simulated' } as const;
const outcomes = { done: 'done', 'no-change': 'no change', refused: 'refused', failed: 'failed' } as const;

/** What each playbook did, or would have done, about the alerts. */
export function drawPlaybooksSection({ playbooks, answers, alerts }: ReportInput): Html {
  const names = new Map(alerts.map(({ id, name }) => [id, name]));
  const waiting = answers.filter(({ playbook }) => !playbooks.some((run) => run.playbook === playbook));
  const content =
    playbooks.length + waiting.length === 0
      ? html`<p class="note">No alert calls a playbook.</p>`
      : html`${waiting.map((answer) => drawAnswer(answer, names))}${playbooks.map((run) => drawPlaybookRun(run, names.get(run.alertId)))}`;
  return content;
}

/** A playbook that did not run here: which incidents would start it. */
function drawAnswer({ playbook, alertIds }: ReportPlaybookAnswer, names: ReadonlyMap<string, string>): Html {
  const alerts = alertIds.map((id) => html`<li><a href="#alert-${id}">${names.get(id) ?? id}</a></li>`);
  return html`<article class="playbook">
    <header><h3>${playbook}</h3>
      <p class="meta">Not run here. In a workspace its automation rule starts it for the incidents of these alerts:</p></header>
    <ul>${alerts}</ul>
  </article>`;
}

function drawPlaybookRun(run: ReportPlaybookRun, alertName: string | undefined): Html {
  const { outcome, change, comment } = run;
  const cause =
    alertName === undefined ? html`` : html`<p class="meta">for <a href="#alert-${run.alertId}">${alertName}</a></p>`;
  const steps = run.steps.map(
    ({ name, status, text }) =>
      html`<tr><th scope="row">${name}</th><td class="status-${status.toLowerCase()}">${status}</td><td>${text}</td></tr>`,
  );
  return html`<article class="playbook">
    <header><h3>${run.playbook}: <code>${run.target}</code></h3>
      <p class="meta"><span class="tag outcome-${outcome.status}">${outcomes[outcome.status]}</span> <span>${modes[run.mode]}</span></p>
      ${cause}</header>
    <p class="description">${outcome.text}</p>
    ${
      steps.length > 0 &&
      html`<details><summary>${steps.length} steps</summary><div class="scroll" tabindex="0"><table>
      <thead><tr><th scope="col">Step</th><th scope="col">Status</th><th scope="col">What it did</th></tr></thead>
      <tbody>${steps}</tbody></table></div></details>`
    }
    ${
      change !== undefined &&
      html`<details><summary>Change of ${change.resource}</summary><div class="columns">
      <div><h4>Before</h4><pre tabindex="0">${change.before}</pre></div><div><h4>After</h4><pre tabindex="0">${change.after}</pre></div></div></details>`
    }
    ${comment !== undefined && html`<blockquote><h4>Comment on the incident</h4><p>${comment}</p></blockquote>`}
  </article>`;
}

import { formatDuration, formatNumber, formatTime, isoTime } from '../format-figures.ts';
import { type Html, html } from '../html.ts';
import type { ReportInput, ReportProblem, ReportTable } from '../report-input.ts';

/** What was run: the period, the rows of each table, and everything that was wrong with the input. */
export function drawRunSection({ run, rules, alerts }: Pick<ReportInput, 'run' | 'rules' | 'alerts'>): Html {
  const runs = rules.reduce((sum, rule) => sum + rule.runs, 0);
  const rows = run.tables.reduce((sum, table) => sum + table.rows, 0);
  const facts: readonly (readonly [string, Html])[] = [
    [`Period, UTC (${formatDuration(run.toMs - run.fromMs)})`, html`${drawTime(run.fromMs)} – ${drawTime(run.toMs)}`],
    ['Rows', html`${formatNumber(rows)}`],
    ['Rule runs', html`${formatNumber(runs)}`],
    ['Alerts', html`${formatNumber(alerts.length)}`],
    ['Problems', html`${formatNumber(run.problems.filter(({ severity }) => severity !== 'note').length)}`],
  ];
  const tiles = facts.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`);
  return html`<dl class="tiles facts">${tiles}</dl>
    <div class="columns">${drawTables(run.tables)}${drawProblems(run.problems)}</div>`;
}

export const drawTime = (timeMs: number): Html =>
  html`<time datetime="${isoTime(timeMs)}">${formatTime(timeMs)}</time>`;

function drawTables(tables: readonly ReportTable[]): Html {
  const rows = tables.map(
    ({ name, rows: count, fromMs, toMs }) => html`<tr>
      <th scope="row">${name}</th>
      <td class="number">${formatNumber(count)}</td>
      <td class="time">${fromMs !== undefined && drawTime(fromMs)}</td>
      <td class="time">${toMs !== undefined && drawTime(toMs)}</td>
    </tr>`,
  );
  return html`<div>
    <h3>Tables</h3>
    <div class="scroll" tabindex="0"><table>
      <thead><tr><th scope="col">Table</th><th scope="col" class="number">Rows</th><th scope="col" class="time">First</th><th scope="col" class="time">Last</th></tr></thead>
      <tbody>${rows}</tbody>
    </table></div>
  </div>`;
}

function drawProblems(problems: readonly ReportProblem[]): Html {
  const items = problems.map(({ severity, message, hint, file, line, count }) => {
    const place = file === undefined ? '' : `${file}${line === undefined ? '' : `:${line}`}`;
    return html`<li class="problem-${severity}">
      <strong>${severity}</strong> ${place !== '' && html`<code>${place}</code> `}${message}
      ${count !== undefined && count > 1 && html`<span class="against">(${formatNumber(count)} times)</span>`}
      ${hint !== undefined && html`<span class="hint">${hint}</span>`}
    </li>`;
  });
  const list =
    problems.length === 0
      ? html`<p class="note">None: every line was read and every rule ran.</p>`
      : html`<ul class="problems">${items}</ul>`;
  return html`<div><h3>Problems in the input</h3>${list}</div>`;
}

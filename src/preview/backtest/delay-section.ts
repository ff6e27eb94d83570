import { formatNumber } from '../format-figures.ts';
import { type Html, html } from '../html.ts';
import type { BacktestDelay } from './backtest-input.ts';

const columns = ['onTime', 'delayed', 'lost', 'duplicated', 'appeared', 'later'] as const;
const titles = ['On time', 'Delayed', 'Lost', 'Duplicated', 'New', 'Later'] as const;

/** What late logs changed, against the same logs on time. */
export function drawDelaySection({ profile, seed, rules }: BacktestDelay): Html {
  const rows = rules.map(
    (rule) =>
      html`<tr><th scope="row">${rule.slug}</th>${columns.map((column) => drawCount(rule[column], column))}</tr>`,
  );
  return html`<p class="note">Ingestion delay ${profile} (seed ${seed}), against logs that arrive at once.</p>
    <div class="scroll" tabindex="0"><table>
      <thead><tr><th scope="col">Rule</th>${titles.map((title) => html`<th scope="col" class="number">${title}</th>`)}</tr></thead>
      <tbody>${rows}</tbody></table></div>`;
}

function drawCount(count: number, column: (typeof columns)[number]): Html {
  const isLoss = count > 0 && (column === 'lost' || column === 'duplicated');
  const text = isLoss
    ? html`<strong class="color-deviation">${formatNumber(count)}</strong>`
    : html`${formatNumber(count)}`;
  return html`<td class="number">${count === 0 ? html`<span class="zero">0</span>` : text}</td>`;
}

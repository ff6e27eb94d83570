import { drawBarChart } from '../charts/bar-chart.ts';
import { formatNumber } from '../format-figures.ts';
import { type Html, html } from '../html.ts';
import { drawTime } from '../report/run-section.ts';
import type { BacktestInput } from './backtest-input.ts';

/** What the rules read: the rows of the tables in the windows of their runs. */
export function drawCostSection({ costs }: BacktestInput): Html {
  const total = costs.reduce((sum, { rowsScanned = 0 }) => sum + rowsScanned, 0);
  const known = costs.filter(({ rowsScanned }) => rowsScanned !== undefined);
  const chart = drawBarChart({
    label: `Rows scanned: ${known.map(({ slug, rowsScanned = 0 }) => `${slug} ${rowsScanned}`).join(', ')}`,
    bars: known.map(({ slug, rowsScanned = 0 }) => ({ name: slug, value: rowsScanned, color: 'shade-3' })),
  });
  const rows = costs.map(
    ({ slug, runs, rowsScanned, rowsPerRun, largest }) => html`<tr><th scope="row">${slug}</th>
      <td class="number">${formatNumber(runs)}</td><td class="number">${rowsScanned === undefined ? '–' : formatNumber(rowsScanned)}</td>
      <td class="number">${rowsPerRun === undefined ? '–' : formatNumber(Math.round(rowsPerRun))}</td>
      <td class="number">${largest === undefined ? '–' : formatNumber(largest.rows)}</td>
      <td class="time">${largest !== undefined && drawTime(largest.scheduledMs)}</td></tr>`,
  );
  return html`<figure><figcaption>Rows scanned by all runs, ${formatNumber(total)} in all</figcaption>${chart}</figure>
    <div class="scroll" tabindex="0"><table>
      <thead><tr><th scope="col">Rule</th><th scope="col" class="number">Runs</th><th scope="col" class="number">Rows scanned</th>
        <th scope="col" class="number">A run</th><th scope="col" class="number">Largest run</th><th scope="col" class="time">At (UTC)</th></tr></thead>
      <tbody>${rows}</tbody></table></div>`;
}

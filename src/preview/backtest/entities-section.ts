import { describeEntity, shortenMiddle } from '../../replay/format-noise.ts';
import { drawBarChart } from '../charts/bar-chart.ts';
import { formatNumber } from '../format-figures.ts';
import { type Html, html } from '../html.ts';
import type { BacktestInput } from './backtest-input.ts';

const MAX_ENTITIES = 15;

/** The entities that stand in most alerts: who to look at first, or to put on an allow-list. */
export function drawEntitiesSection({ entities }: BacktestInput): Html {
  if (entities.length === 0) return html`<p class="note">No alert names an entity.</p>`;
  const shown = entities.slice(0, MAX_ENTITIES);
  const chart = drawBarChart({
    label: `Entities in most alerts: ${shown.map((entity) => `${describeEntity(entity)} ${entity.alerts}`).join(', ')}`,
    bars: shown.map((entity) => ({
      name: shortenMiddle(describeEntity(entity), 36),
      narrowName: endOf(Object.values(entity.identifiers).join(' ')),
      value: entity.alerts,
      color: 'shade-2',
    })),
  });
  const rows = shown.map(
    ({ type, identifiers, alerts, rules }) => html`<tr><th scope="row">${type}</th>
      <td class="text"><code>${Object.values(identifiers).join(' ')}</code></td>
      <td class="number">${formatNumber(alerts)}</td><td class="text">${rules.join(', ')}</td></tr>`,
  );
  const more = entities.length > shown.length ? ` (the first ${shown.length} of ${formatNumber(entities.length)})` : '';
  return html`<figure><figcaption>Entities in most alerts${more}</figcaption>${chart}</figure>
    <details><summary>As a table</summary><div class="scroll" tabindex="0"><table>
      <thead><tr><th scope="col">Type</th><th scope="col">Entity</th><th scope="col" class="number">Alerts</th><th scope="col">Rules</th></tr></thead>
      <tbody>${rows}</tbody></table></div></details>`;
}

/** Addresses and URLs differ at their ends, as resource ids do. */
function endOf(text: string): string {
  const characters = [...text];
  return characters.length > 16 ? `…${characters.slice(-15).join('')}` : text;
}

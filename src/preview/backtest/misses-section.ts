import { describeNoMiss, shortenMiddle } from '../../replay/format-noise.ts';
import { formatNumber } from '../format-figures.ts';
import { type Html, html } from '../html.ts';
import { drawTime } from '../report/run-section.ts';
import type { BacktestInput, BacktestMiss, BacktestMisses } from './backtest-input.ts';

const CELLS_OF_ROW = 8;
const CELL_CHARACTERS = 44;

/** How near the rules came that raised nothing. */
export function drawMissesSection({ misses }: BacktestInput): Html {
  const content =
    misses.length === 0
      ? html`<p class="note">Every rule that ran raised an alert, or its nearest misses were not looked for.</p>`
      : html`${misses.map(drawRule)}`;
  return content;
}

function drawRule({ slug, runsLooked, runsRead, misses }: BacktestMisses): Html {
  const looked =
    runsLooked < runsRead
      ? html`<p class="note">${formatNumber(runsLooked)} of ${formatNumber(runsRead)} runs looked at.</p>`
      : html``;
  if (misses.length === 0) {
    return html`<h3 class="heat-title">${slug}</h3><p class="note">Quiet: ${describeNoMiss({ looked: runsLooked, read: runsRead })}.</p>`;
  }
  return html`<h3 class="heat-title">${slug}</h3>${looked}<div class="scroll" tabindex="0"><table class="misses">
    <thead><tr><th scope="col">Threshold</th><th scope="col" class="number">Nearest</th><th scope="col" class="number">Away</th>
      <th scope="col" class="number">Reached</th><th scope="col">Quiet because of</th><th scope="col" class="time">Run (UTC)</th><th scope="col">Row</th></tr></thead>
    <tbody>${misses.map(drawMiss)}</tbody></table></div>`;
}

function drawMiss({ threshold, valueText, distanceText, relative, decides, scheduledAtMs, row }: BacktestMiss): Html {
  const cells = Object.entries(row)
    .slice(0, CELLS_OF_ROW)
    .map(
      ([name, text]) =>
        html`<span class="property"><span class="against">${name}</span> ${shortenMiddle(text, CELL_CHARACTERS)}</span>`,
    );
  const reached = Math.max(0, Math.min(100, Math.round((1 - relative) * 100)));
  return html`<tr><td class="short"><code>${shortenMiddle(threshold, CELL_CHARACTERS)}</code></td>
    <td class="number">${valueText}</td><td class="number">${distanceText}</td><td class="number">${reached} %</td>
    <td class="short">${decides ? 'this alone' : 'others, too'}</td><td class="time">${drawTime(scheduledAtMs)}</td>
    <td class="text">${cells}</td></tr>`;
}

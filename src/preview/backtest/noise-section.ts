import { shade } from '../charts/chart-color.ts';
import { drawTimeChart } from '../charts/time-chart.ts';
import { formatNumber } from '../format-figures.ts';
import { type Html, html } from '../html.ts';
import type { BacktestInput } from './backtest-input.ts';

const DAY_MS = 86_400_000;
/** Steps of the heat map, from a single alert to the most of any rule and day. */
const HEAT_STEPS = 5;
/** So many rules have a shade of their own; the quieter ones are drawn together. */
const RULES_IN_CHART = 5;

/** Alerts over time by rule, and how many each rule raised on each day. */
export function drawNoiseSection({ noise, run }: BacktestInput): Html {
  const noisy = noise.rules
    .map((rule) => ({ ...rule, sum: rule.counts.reduce((total, one) => total + one, 0) }))
    .filter(({ sum }) => sum > 0)
    .sort((a, b) => b.sum - a.sum);
  if (noisy.length === 0) {
    return html`<p class="note">No alert on any of ${formatNumber(noise.days.length)} days.</p>`;
  }
  const fromMs = dayMs(noise.days[0] ?? '');
  const chart = drawTimeChart({
    label: `Alerts a day by rule: ${noisy.map(({ slug, sum }) => `${slug} ${sum}`).join(', ')}`,
    form: 'bar',
    measure: 'alerts a day',
    fromMs,
    toMs: Math.max(fromMs + noise.days.length * DAY_MS, run.toMs),
    series: seriesOf(noisy).map(({ name, counts }, index) => ({
      name,
      color: shade(index),
      dashed: false,
      points: noise.days.map((day, at) => ({ atMs: dayMs(day), value: counts[at] ?? 0 })),
    })),
  });
  return html`<figure><figcaption>Alerts a day, by rule</figcaption>${chart}</figure>
    <h3 class="heat-title">Alerts by rule and day (UTC)</h3>${drawHeat(noise.days, noisy)}`;
}

const dayMs = (day: string): number => Date.parse(`${day}T00:00:00Z`);

type NoisyRule = { readonly slug: string; readonly counts: readonly number[]; readonly sum: number };

function seriesOf(
  noisy: readonly NoisyRule[],
): readonly { readonly name: string; readonly counts: readonly number[] }[] {
  const own = noisy.length <= RULES_IN_CHART ? noisy : noisy.slice(0, RULES_IN_CHART - 1);
  const others = noisy.slice(own.length);
  const named = own.map(({ slug, counts }) => ({ name: slug, counts }));
  if (others.length === 0) return named;
  const together = (others[0]?.counts ?? []).map((_, index) =>
    others.reduce((sum, { counts }) => sum + (counts[index] ?? 0), 0),
  );
  return [...named, { name: `${others.length} other rules`, counts: together }];
}

function drawHeat(days: readonly string[], noisy: readonly NoisyRule[]): Html {
  const most = Math.max(...noisy.flatMap(({ counts }) => counts));
  const head = days.map(
    (day) => html`<th scope="col"><time datetime="${day}"><span>${day.slice(5, 7)}-</span>${day.slice(8)}</time></th>`,
  );
  const rows = noisy.map(
    ({ slug, counts, sum }) => html`<tr><th scope="row">${slug}</th>
      ${days.map((day, index) => drawHeatCell(day, counts[index] ?? 0, most))}<td class="number">${formatNumber(sum)}</td></tr>`,
  );
  return html`<div class="scroll" tabindex="0"><table class="heat">
    <thead><tr><th scope="col">Rule</th>${head}<th scope="col" class="number">All</th></tr></thead>
    <tbody>${rows}</tbody></table></div>`;
}

/** By orders of magnitude: one day of hundreds shall not make every other day pale. */
function drawHeatCell(day: string, alerts: number, most: number): Html {
  if (alerts === 0) return html`<td class="heat-0" title="${day}: 0"></td>`;
  const share = most === 1 ? 0 : Math.log(alerts) / Math.log(most);
  const step = Math.min(HEAT_STEPS, 1 + Math.floor(share * HEAT_STEPS));
  return html`<td class="heat-${step}" title="${day}: ${alerts}">${alerts}</td>`;
}

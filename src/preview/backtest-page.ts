import type { BacktestInput } from './backtest/backtest-input.ts';
import { drawCostSection } from './backtest/cost-section.ts';
import { drawDelaySection } from './backtest/delay-section.ts';
import { drawEntitiesSection } from './backtest/entities-section.ts';
import { drawIncidentsSection } from './backtest/incidents-section.ts';
import { drawMissesSection } from './backtest/misses-section.ts';
import { drawNoiseSection } from './backtest/noise-section.ts';
import { formatNumber } from './format-figures.ts';
import { html } from './html.ts';
import { type PageSection, renderPage } from './page-frame.ts';
import { drawAlertsSection } from './report/alerts-section.ts';
import { drawProvenanceSection } from './report/provenance-section.ts';
import { drawRulesSection } from './report/rules-section.ts';
import { drawRunSection } from './report/run-section.ts';

/** Alerts with a picture on the page; a noisy month has thousands. */
export const MAX_ALERTS = 60;

/** The outcome of `pack replay` as one self-contained HTML document; the same input gives the same bytes. */
export function renderBacktest(input: BacktestInput): string {
  const alerts = input.alerts.slice(0, MAX_ALERTS);
  const left = input.alerts.length - alerts.length;
  const drawn = drawAlertsSection({ alerts });
  const note = html`<p class="note">The first ${MAX_ALERTS}; ${formatNumber(left)} more are counted above and not drawn (all are in --format json).</p>`;
  const delay: readonly PageSection[] =
    input.delay === undefined ? [] : [{ id: 'delay', title: 'Late logs', content: drawDelaySection(input.delay) }];
  return renderPage({
    title: input.title,
    summary: input.summary,
    skipTo: 'rules',
    sections: [
      { id: 'run', title: 'What was replayed', content: drawRunSection(input) },
      { id: 'rules', title: 'Rules', content: drawRulesSection({ rules: input.rules, alerts }) },
      { id: 'noise', title: 'Noise', content: drawNoiseSection(input) },
      { id: 'misses', title: 'Nearest misses', content: drawMissesSection(input) },
      { id: 'entities', title: 'Entities', content: drawEntitiesSection(input) },
      { id: 'incidents', title: 'Incidents', content: drawIncidentsSection(input) },
      { id: 'cost', title: 'Cost', content: drawCostSection(input) },
      ...delay,
      { id: 'alerts', title: 'Alerts', content: left > 0 ? html`${drawn}${note}` : drawn },
      { id: 'how', title: 'How this was made', content: drawProvenanceSection({ ...input, workbooks: [] }) },
    ],
  });
}

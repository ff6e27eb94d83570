import { type Html, html, joinHtml } from './html.ts';
import { renderPage } from './page-frame.ts';
import { drawAlertsSection } from './report/alerts-section.ts';
import { drawPlaybooksSection } from './report/playbooks-section.ts';
import { drawProvenanceSection } from './report/provenance-section.ts';
import { drawRulesSection } from './report/rules-section.ts';
import { drawRunSection } from './report/run-section.ts';
import type { ReportInput } from './report-input.ts';
import { drawWorkbook } from './workbook/draw-workbook.ts';

/** The report as one self-contained HTML document; the same input gives the same bytes. */
export function renderReport(input: ReportInput): string {
  return renderPage({
    title: input.title,
    summary: input.summary,
    skipTo: 'rules',
    sections: [
      { id: 'run', title: 'What was replayed', content: drawRunSection(input) },
      { id: 'rules', title: 'Rules', content: drawRulesSection(input) },
      { id: 'alerts', title: 'Alerts', content: drawAlertsSection(input) },
      { id: 'workbooks', title: 'Workbook', content: drawWorkbooksSection(input) },
      { id: 'playbooks', title: 'Playbooks', content: drawPlaybooksSection(input) },
      { id: 'how', title: 'How this was made', content: drawProvenanceSection(input) },
    ],
  });
}

function drawWorkbooksSection({ workbooks }: ReportInput): Html {
  const content =
    workbooks.length === 0 ? html`<p class="note">No workbook was run.</p>` : joinHtml(workbooks.map(drawWorkbook));
  return content;
}

import { type Html, html, joinHtml, trustedHtml } from './html.ts';
import { pageStyle } from './page-style.ts';
import { drawAlertsSection } from './report/alerts-section.ts';
import { drawPlaybooksSection } from './report/playbooks-section.ts';
import { drawProvenanceSection } from './report/provenance-section.ts';
import { drawRulesSection } from './report/rules-section.ts';
import { drawRunSection } from './report/run-section.ts';
import type { ReportInput } from './report-input.ts';
import { drawWorkbook } from './workbook/draw-workbook.ts';

/** Nothing but the page's own styles and SVG: no script runs, no address is called, whatever the logs held. */
const contentSecurityPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** The report as one self-contained HTML document; the same input gives the same bytes. */
export function renderReport(input: ReportInput): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${input.title}</title>
<style>${trustedHtml(pageStyle)}</style>
</head>
<body>
<a class="skip" href="#rules">Skip to the rules</a>
<header class="page">
  <div><h1>${input.title}</h1><p>${input.summary}</p></div>
  ${themeChoice}
</header>
<nav aria-label="Sections"><ul>
  <li><a href="#run">What was replayed</a></li>
  <li><a href="#rules">Rules</a></li>
  <li><a href="#alerts">Alerts</a></li>
  <li><a href="#workbooks">Workbook</a></li>
  <li><a href="#playbooks">Playbooks</a></li>
  <li><a href="#how">How this was made</a></li>
</ul></nav>
<main>
${drawRunSection(input)}
${drawRulesSection(input)}
${drawAlertsSection(input)}
${drawWorkbooksSection(input)}
${drawPlaybooksSection(input)}
${drawProvenanceSection(input)}
</main>
</body>
</html>
`;
  return page.text;
}

/** Radio buttons that the style sheet reads: a choice of theme without a script. */
const themeChoice: Html = html`<fieldset class="theme"><legend>Theme</legend>
  <label><input type="radio" name="theme" id="theme-auto" checked> Auto</label>
  <label><input type="radio" name="theme" id="theme-light"> Light</label>
  <label><input type="radio" name="theme" id="theme-dark"> Dark</label>
</fieldset>`;

function drawWorkbooksSection({ workbooks }: ReportInput): Html {
  const content =
    workbooks.length === 0 ? html`<p class="note">No workbook was run.</p>` : joinHtml(workbooks.map(drawWorkbook));
  return html`<section id="workbooks" aria-labelledby="workbooks-title">
    <h2 id="workbooks-title">Workbook</h2>
    ${content}
  </section>`;
}

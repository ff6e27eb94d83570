import { type Html, html } from '../html.ts';
import type { ReportInput } from '../report-input.ts';

type ProvenanceInput = Pick<ReportInput, 'provenance' | 'workbooks'>;

const workbookFact = {
  term: 'Workbook',
  text: 'The charts come from the generated workbook file: its parameters were filled in, its queries run over the same rows, and their results drawn.',
};

/** How the page came about, so that somebody else can make it again and judge what it says. */
export function drawProvenanceSection({ provenance, workbooks }: ProvenanceInput): Html {
  const own = [
    {
      term: 'Rules',
      text: 'Each rule was read from its generated YAML, the file that a workspace imports, and its KQL was run at every time at which Sentinel would have run it, on the rows that Sentinel would have let it see.',
    },
    ...(workbooks.length === 0 ? [] : [workbookFact]),
    {
      term: 'This page',
      text: 'One file without scripts: it loads nothing and sends nothing. Charts were drawn as SVG when it was written. Times are in UTC. Text from logs is shown as text, with characters that do not show as their code points.',
    },
  ];
  // What the caller says about a subject stands for what could be said of every report.
  const general = own.filter(({ term }) => provenance.every((fact) => fact.term !== term));
  const facts = [...general, ...provenance].map(({ term, text }) => html`<div><dt>${term}</dt><dd>${text}</dd></div>`);
  return html`<dl class="pairs provenance">${facts}</dl>`;
}

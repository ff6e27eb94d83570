import { type Html, html, joinHtml } from '../html.ts';
import { drawStep } from './draw-step.ts';
import { drawMarkdown } from './markdown.ts';
import type { RunItem, WorkbookRun } from './workbook-run.ts';

/** A workbook after its queries ran, as a section's content: every tab's steps, one below the other. */
export function drawWorkbook(run: WorkbookRun): Html {
  return html`<div class="workbook">${joinHtml(run.items.map(drawItem))}</div>`;
}

function drawItem(item: RunItem): Html {
  switch (item.kind) {
    case 'text':
      return drawMarkdown(item.markdown, 3);
    case 'parameters': {
      const values = item.values.map(({ label, text }) => html`<div><dt>${label}</dt><dd>${text}</dd></div>`);
      return values.length === 0 ? html`` : html`<dl class="parameters">${values}</dl>`;
    }
    case 'group':
      return html`<h4>${item.title}</h4>${joinHtml(item.items.map(drawItem))}`;
    case 'step':
      return drawStep(item);
    default:
      return item satisfies never;
  }
}

import { type DataTable, findColumn } from '../data-table.ts';
import { type Html, html } from '../html.ts';
import { drawValue } from './grid.ts';
import { missingColumn } from './time-steps.ts';
import type { WorkbookStep } from './workbook-run.ts';

/** A tile for each row: the name of a figure and its value. */
export function drawTiles(step: WorkbookStep, table: DataTable): Html {
  const { titleContent, leftContent } = step.settings.tileSettings ?? {};
  const name = findColumn(table, titleContent?.columnMatch ?? '');
  const value = findColumn(table, leftContent?.columnMatch ?? '');
  if (name === undefined || value === undefined) {
    throw missingColumn(titleContent?.columnMatch ?? leftContent?.columnMatch ?? 'of a tile', table, step.name);
  }
  const tiles = Array.from(
    { length: table.rowCount },
    (_, row) => html`<div><dt>${String(name.values[row] ?? '')}</dt><dd>${drawValue(value, row)}</dd></div>`,
  );
  return html`<dl class="tiles">${tiles}</dl>`;
}

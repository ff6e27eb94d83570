import type { ChartColor } from '../charts/chart-color.ts';
import type { DataColumn, DataTable } from '../data-table.ts';
import { formatDuration, formatNumber, formatTime, isoTime } from '../format-figures.ts';
import { type Html, html, noHtml } from '../html.ts';
import { seriesColor } from './series-color.ts';
import type { GridFormatter, GridSettings, Threshold } from './workbook-format.ts';

/** Numbers that stand for formatters in workbook JSON (see the emitter). */
const gridFormatters = { bar: 3, hidden: 5, thresholds: 18 } as const;

const MAXIMUM_ROWS = 100;

/** A result as a table: numbers to the right, times in UTC, bars and colours where the workbook asks for them. */
export function drawGrid(table: DataTable, settings: GridSettings = {}): Html {
  const columns = table.columns
    .map((column) => ({ column, formatter: findFormatter(column.name, settings) }))
    .filter(({ formatter }) => formatter?.formatter !== gridFormatters.hidden);
  const head = columns.map(
    ({ column }) => html`<th scope="col" class="${cellClass(column)}">${labelOf(column.name, settings)}</th>`,
  );
  const shownRows = Math.min(table.rowCount, MAXIMUM_ROWS);
  const rows = Array.from({ length: shownRows }, (_, row) => {
    const cells = columns.map(({ column, formatter }) => drawCell(column, row, formatter));
    return html`<tr>${cells}</tr>`;
  });
  const left = table.rowCount - shownRows;
  return html`<div class="scroll" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></div>
    ${left > 0 && html`<p class="note">${formatNumber(left)} more rows are not shown.</p>`}`;
}

/** Short texts, such as addresses, stay on one line; long ones wrap wherever they have to. */
const SHORT_TEXT_CHARACTERS = 26;

const cellClass = (column: DataColumn): string => {
  if (column.kind !== 'text') return column.kind;
  return column.values.every((text) => text.length <= SHORT_TEXT_CHARACTERS) ? 'text short' : 'text';
};

function findFormatter(name: string, { formatters = [] }: GridSettings): GridFormatter | undefined {
  // columnMatch is a regular expression in Azure; this pack's are names, and only such are understood.
  return formatters.find(({ columnMatch }) => columnMatch.replace(/^\^|\$$/g, '') === name);
}

function labelOf(name: string, { labelSettings = [] }: GridSettings): string {
  return labelSettings.find(({ columnId }) => columnId === name)?.label ?? name;
}

function drawCell(column: DataColumn, row: number, formatter: GridFormatter | undefined): Html {
  const content = drawValue(column, row);
  if (formatter?.formatter === gridFormatters.bar && column.kind === 'number') {
    return html`<td class="number bar">${drawBar(column.values, row)}${content}</td>`;
  }
  const color =
    formatter?.formatter === gridFormatters.thresholds
      ? thresholdColor(column.values[row] ?? null, formatter)
      : undefined;
  return color === undefined
    ? html`<td class="${cellClass(column)}">${content}</td>`
    : html`<td class="${cellClass(column)}"><span class="tag color-${color}">${content}</span></td>`;
}

/** The value as text; empty for null. */
export function drawValue(column: DataColumn, row: number): Html {
  const value = column.values[row];
  if (value === null || value === undefined) return noHtml;
  if (typeof value === 'string') return html`${value}`;
  switch (column.kind) {
    case 'time':
      return html`<time datetime="${isoTime(value)}">${formatTime(value)}</time>`;
    case 'duration':
      return html`${formatDuration(value)}`;
    default:
      return html`${formatNumber(value)}`;
  }
}

function drawBar(values: readonly (number | null)[], row: number): Html {
  const largest = Math.max(...values.map((value) => value ?? 0), 1);
  const percent = (100 * Math.max(0, values[row] ?? 0)) / largest;
  return html`<i style="width:${percent.toFixed(1)}%"></i>`;
}

const comparisons: Readonly<Record<string, (value: string | number, threshold: string) => boolean>> = {
  '==': (value, threshold) => String(value) === threshold,
  '>=': (value, threshold) => Number(value) >= Number(threshold),
  '>': (value, threshold) => Number(value) > Number(threshold),
};

function thresholdColor(value: string | number | null, { formatOptions }: GridFormatter): ChartColor | undefined {
  const holds = ({ operator, thresholdValue }: Threshold): boolean =>
    value !== null && typeof thresholdValue === 'string' && (comparisons[operator]?.(value, thresholdValue) ?? false);
  const threshold = formatOptions?.thresholdsGrid?.find(holds);
  return threshold === undefined ? undefined : seriesColor('', threshold.representation, 0);
}

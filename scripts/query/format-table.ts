import { type ColumnType, formatValue, rowsOf, type Table, type Value } from '../../src/kql/index.ts';
import { cutToWidth, displayWidth } from './display-width.ts';
import { printable } from './printable.ts';

/** Columns are not made narrower than this; where they would have to be, rows are shown as records. */
const MIN_WIDTH = 6;
const GAP = '  ';

export type TableLayout = {
  /** Columns of the terminal. */
  readonly width: number;
  /** Rows that are shown; all where it is left out. The last line says how many there are. */
  readonly maxRows?: number;
};

/**
 * The table as text that fits the terminal: numbers to the right, long cells cut with an ellipsis. A table of more
 * columns than fit side by side is shown row by row, a line a column.
 */
export function formatTable(table: Table, { width, maxRows = Number.POSITIVE_INFINITY }: TableLayout): string {
  const shown = table.rowCount > maxRows ? table.rows.slice(0, maxRows) : table.rows;
  const cells = rowsOf(shown).map((row) => row.map((value, index) => cellText(value, typeOf(table, index))));
  const titles = table.columns.map(({ name }) => printable(name));
  const fits = titles.length * MIN_WIDTH + GAP.length * (titles.length - 1) <= width;
  const body = fits ? sideBySide(table, titles, cells, width) : asRecords(titles, cells, width);
  return [...body, summaryLine(table, cells.length)].join('\n');
}

const typeOf = ({ columns }: Table, index: number): ColumnType => columns[index]?.type ?? 'string';

/** Texts much longer than a line are cut before they are looked at character by character. */
const MAX_CELL = 10_000;

const cellText = (value: Value, type: ColumnType): string =>
  value === null ? 'null' : printable(formatValue(value, type).slice(0, MAX_CELL));

function summaryLine({ rowCount, render, name }: Table, shown: number): string {
  const count = `${rowCount.toLocaleString('en-US')} ${rowCount === 1 ? 'row' : 'rows'}`;
  const cut = shown < rowCount ? `, the first ${shown.toLocaleString('en-US')} are shown` : '';
  const chart = render === undefined ? '' : `, to be drawn as ${render.chart}`;
  return `${name === undefined ? '' : `${printable(name)}: `}${count}${cut}${chart}`;
}

function sideBySide(
  table: Table,
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): readonly string[] {
  const natural = titles.map((title, index) =>
    rows.reduce((most, row) => Math.max(most, displayWidth(row[index] ?? '')), displayWidth(title)),
  );
  const widths = fitWidths(natural, width - GAP.length * (titles.length - 1));
  const line = (cells: readonly string[]): string =>
    cells
      .map((text, index) => padCell(text, widths[index] as number, isNumber(typeOf(table, index))))
      .join(GAP)
      .trimEnd();
  return [line(titles), widths.map((size) => '─'.repeat(size)).join('─'.repeat(GAP.length)), ...rows.map(line)];
}

const isNumber = (type: ColumnType): boolean =>
  type === 'int' || type === 'long' || type === 'real' || type === 'decimal';

/** The widths with the widest cut to one common width, so that all together take no more than `available`. */
export function fitWidths(natural: readonly number[], available: number): readonly number[] {
  const ascending = [...natural].sort((a, b) => a - b);
  let rest = available;
  for (const [index, size] of ascending.entries()) {
    const share = Math.floor(rest / (ascending.length - index));
    // From here on none gets what it wants: they share what is left.
    if (size > share) return natural.map((wanted) => Math.min(wanted, Math.max(MIN_WIDTH, share)));
    rest -= size;
  }
  return natural;
}

function padCell(text: string, size: number, toTheRight: boolean): string {
  const cut = cutToWidth(text, size);
  const padding = ' '.repeat(Math.max(0, size - displayWidth(cut)));
  return toTheRight ? padding + cut : cut + padding;
}

function asRecords(titles: readonly string[], rows: readonly (readonly string[])[], width: number): readonly string[] {
  const longest = titles.reduce((most, title) => Math.max(most, displayWidth(title)), 0);
  const nameWidth = Math.min(longest, Math.max(MIN_WIDTH, Math.floor(width / 2)));
  const valueWidth = Math.max(MIN_WIDTH, width - nameWidth - GAP.length);
  return rows.flatMap((row, number) => {
    const head = `── row ${number + 1} `;
    return [
      head + '─'.repeat(Math.max(0, Math.min(width, nameWidth + GAP.length + valueWidth) - head.length)),
      ...row.map((text, index) =>
        `${padCell(titles[index] ?? '', nameWidth, false)}${GAP}${cutToWidth(text, valueWidth)}`.trimEnd(),
      ),
    ];
  });
}

import { formatValue, rowsOf, type Table, type Value } from '../../src/kql/index.ts';

/** Control and direction characters could move the cursor or disguise text on a terminal: log content must not. */
const isControl = (code: number): boolean =>
  code < 0x20 ||
  (code >= 0x7f && code < 0xa0) ||
  (code >= 0x2028 && code <= 0x202e) ||
  (code >= 0x2066 && code <= 0x2069);

const escaped = (char: string): string => {
  const code = char.codePointAt(0) as number;
  if (!isControl(code)) return char;
  return char === '\n' ? '⏎' : `\\u${code.toString(16).padStart(4, '0')}`;
};

const printable = (text: string): string => Array.from(text, escaped).join('');

const MIN_WIDTH = 6;

/** The table as text that fits `width` characters: numbers to the right, long cells cut with an ellipsis. */
export function formatTable(table: Table, width: number): string {
  const rows = rowsOf(table.rows).map((row) =>
    row.map((value, index) => cell(value, table.columns[index]?.type ?? 'string')),
  );
  const titles = table.columns.map(({ name }) => printable(name));
  const natural = titles.map((title, index) => Math.max(title.length, ...rows.map((row) => row[index]?.length ?? 0)));
  const widths = fitWidths(natural, width);
  const isNumber = table.columns.map(
    ({ type }) => type === 'int' || type === 'long' || type === 'real' || type === 'decimal',
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((text, index) => padCell(text, widths[index] as number, isNumber[index] === true))
      .join('  ')
      .trimEnd();
  const rule = widths.map((size) => '─'.repeat(size)).join('──');
  return [line(titles), rule, ...rows.map(line), `${table.rowCount} ${table.rowCount === 1 ? 'row' : 'rows'}`].join(
    '\n',
  );
}

const cell = (value: Value, type: Parameters<typeof formatValue>[1]): string =>
  value === null ? 'null' : printable(formatValue(value, type));

/** Takes from the widest columns until the line fits. */
function fitWidths(natural: readonly number[], width: number): readonly number[] {
  const widths = [...natural];
  const total = (): number => widths.reduce((sum, size) => sum + size, 0) + 2 * (widths.length - 1);
  while (total() > width) {
    const widest = widths.indexOf(Math.max(...widths));
    if ((widths[widest] as number) <= MIN_WIDTH) break;
    widths[widest] = (widths[widest] as number) - 1;
  }
  return widths;
}

function padCell(text: string, size: number, toTheRight: boolean): string {
  const cut = text.length > size ? `${text.slice(0, Math.max(1, size - 1))}…` : text;
  return toTheRight ? cut.padStart(size) : cut.padEnd(size);
}

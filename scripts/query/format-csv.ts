import { formatValue, rowsOf, type Table, type Value } from '../../src/kql/index.ts';

/**
 * The table as CSV (RFC 4180). A text cell that a spreadsheet would take for a formula gets an apostrophe in front:
 * log content is not trusted (OWASP, CSV injection).
 */
export function formatCsv(table: Table): string {
  const header = table.columns.map(({ name }) => quote(guard(name))).join(',');
  const lines = rowsOf(table.rows).map((row) =>
    row.map((value, index) => csvCell(value, table.columns[index]?.type ?? 'string')).join(','),
  );
  return [header, ...lines].join('\r\n');
}

function csvCell(value: Value, type: Parameters<typeof formatValue>[1]): string {
  const text = formatValue(value, type);
  return quote(type === 'string' || type === 'dynamic' ? guard(text) : text);
}

const guard = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
const quote = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

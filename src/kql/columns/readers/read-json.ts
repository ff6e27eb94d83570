import { type DynamicValue, isArray, isBag } from '../../values/dynamic.ts';
import { formatJson, parseJson } from '../../values/json.ts';
import type { RawCell } from './cell-loader.ts';
import type { ProblemCollector } from './input-problem.ts';
import { readText } from './read-lines.ts';
import type { TableLoader } from './table-loader.ts';

/**
 * Adds the rows of a .json file: an array of objects (`az monitor log-analytics query`), or the answer of the query API
 * (`{"tables": [{"columns": […], "rows": [[…]]}]}`).
 */
export async function readJson(path: string, loader: TableLoader, problems: ProblemCollector): Promise<void> {
  let text = '';
  for await (const part of readText(path, problems)) text += part;
  if (text.trim() === '') return;
  const value = parseJson(text.replace(/^\uFEFF/, ''));
  const rows = value === undefined ? undefined : rowsOf(value);
  if (rows === undefined) {
    problems.add('not-json', '', {
      message:
        value === undefined ? 'the file is no JSON' : 'the file holds neither an array of objects nor a query result',
      hint: 'export as an array of objects, or rename a file with one object a line to .ndjson',
    });
    return;
  }
  for (const [index, row] of rows.entries()) addRow(row, index + 1, loader, problems);
}

function addRow(row: DynamicValue, number: number, loader: TableLoader, problems: ProblemCollector): void {
  if (!isBag(row)) {
    problems.add('not-a-row', '', {
      message: `row ${number} is no object; it is left out`,
      hint: 'every row is an object of column names and values',
    });
    return;
  }
  loader.addRow(number, problems, (onCell) => {
    for (const [name, cell] of row) onCell(name, () => rawCell(cell));
  });
}

const rawCell = (value: DynamicValue): RawCell =>
  typeof value === 'string' ? { text: value, isString: true } : { text: formatJson(value), isString: false };

function rowsOf(value: DynamicValue): readonly DynamicValue[] | undefined {
  if (isArray(value)) return value;
  const tables = isBag(value) ? (value.get('tables') ?? value.get('Tables')) : undefined;
  const table = isArray(tables ?? null) ? (tables as readonly DynamicValue[])[0] : undefined;
  if (table === undefined || !isBag(table)) return undefined;
  const columns = table.get('columns') ?? table.get('Columns') ?? null;
  const rows = table.get('rows') ?? table.get('Rows') ?? null;
  if (!isArray(columns) || !isArray(rows)) return undefined;
  const names = columns.map((column) =>
    String((isBag(column) ? (column.get('name') ?? column.get('ColumnName')) : column) ?? ''),
  );
  return rows.map((row) => (isArray(row) ? new Map(names.map((name, index) => [name, row[index] ?? null])) : row));
}

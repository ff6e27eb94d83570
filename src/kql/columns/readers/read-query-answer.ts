import { type DynamicValue, isArray, isBag } from '../../values/dynamic.ts';
import { formatJson, parseJson } from '../../values/json.ts';
import { columnTypes } from '../../values/value.ts';
import { Cell } from './cell.ts';
import type { ProblemCollector } from './input-problem.ts';
import { NotAnObject } from './scan-object.ts';
import type { Slot, TableLoader } from './table-loader.ts';

type Bag = Extract<DynamicValue, ReadonlyMap<string, DynamicValue>>;

/**
 * Adds the rows of the query API's answer: `{"tables": [{"columns": [{"name", "type"}], "rows": [[…]]}]}`, also in the
 * spelling of Azure Data Explorer (`Tables`, `ColumnName`).
 * @throws NotAnObject where the text is no JSON
 */
export function readQueryAnswer(text: string, loader: TableLoader, problems: ProblemCollector): void {
  const answer = parseJson(text);
  if (answer === undefined || !isBag(answer)) throw new NotAnObject('a whole JSON value', faultOf(text));
  reportError(answer, problems);
  const tables = listOf(answer, 'tables', 'Tables').filter(isBag);
  const [first, ...others] = tables;
  if (others.some((table) => listOf(table, 'rows', 'Rows').length > 0)) {
    problems.add('schema', {
      key: 'tables',
      message: `the answer holds ${tables.length} results; the first is read`,
      hint: 'put each result into a file of its own, named after its table',
    });
  }
  if (first !== undefined) readTable(first, loader, problems);
}

/** The service answers with the rows that it has and an error beside them where a query is cut off. */
function reportError(answer: Bag, problems: ProblemCollector): void {
  const error = answer.get('error');
  if (error === undefined || error === null) return;
  problems.add('partial', {
    message: `the service answered with an error: ${formatJson(error).slice(0, 200)}`,
    hint: 'run the export again, over a shorter time',
  });
}

function readTable(table: Bag, loader: TableLoader, problems: ProblemCollector): void {
  const columns = listOf(table, 'columns', 'Columns').map(columnOf);
  for (const { name, type } of columns) {
    const known = columnTypes.find((columnType) => columnType === type);
    if (known !== undefined) loader.declare(name, known);
  }
  const slots = columns.map(({ name }) => loader.resolve(name));
  for (const [index, row] of listOf(table, 'rows', 'Rows').entries()) {
    if (isArray(row) && row.length === slots.length) addRow(row, slots, loader);
    else {
      problems.add('not-a-row', {
        message: `row ${index + 1} is no array of ${slots.length} values; it is left out`,
        hint: 'each row has a value for each column',
      });
      continue;
    }
    loader.endRow(problems, undefined, `row ${index + 1}`);
  }
}

const cell = new Cell();

function addRow(row: readonly DynamicValue[], slots: readonly (Slot | undefined)[], loader: TableLoader): void {
  for (const [index, slot] of slots.entries()) {
    if (slot === undefined) continue;
    const value = row[index] ?? null;
    loader.put(slot, typeof value === 'string' ? cell.set(value, true) : cell.set(formatJson(value), false));
  }
}

function columnOf(column: DynamicValue): { readonly name: string; readonly type: string } {
  if (!isBag(column)) return { name: String(column), type: '' };
  const name = column.get('name') ?? column.get('ColumnName') ?? '';
  const type = column.get('type') ?? column.get('ColumnType') ?? '';
  return { name: String(name), type: String(type) };
}

const listOf = (bag: Bag, ...names: readonly string[]): readonly DynamicValue[] =>
  (names.map((name) => bag.get(name)).find((value) => isArray(value ?? null)) as readonly DynamicValue[] | undefined) ??
  [];

/** Where JSON.parse gives up; the end of the text where it does not say. */
function faultOf(text: string): number {
  try {
    JSON.parse(text);
    return 0;
  } catch (error) {
    return Number(/position (\d+)/.exec((error as SyntaxError).message)?.[1] ?? text.length);
  }
}

import { type ColumnData, parquetRead } from 'hyparquet';
import { datetimeOrNull } from '../../values/datetime.ts';
import type { ColumnType, Value } from '../../values/value.ts';
import { Cell } from './cell.ts';
import type { ProblemCollector } from './input-problem.ts';
import { type ParquetColumn, parquetColumn } from './parquet/column-value.ts';
import {
  compressors,
  describe,
  isSystemError,
  openParquet,
  ParquetError,
  type ParquetFile,
  rawParsers,
} from './parquet/open-parquet.ts';
import { putValue, textOf } from './parquet/put-value.ts';
import type { Slot, TableLoader } from './table-loader.ts';

/**
 * Adds the rows of a Parquet file, one row group after the other and in it one column after the other, so that what is
 * held in memory besides the table is one column of one group. Columns that the table does not want are not read.
 */
export async function readParquet(path: string, loader: TableLoader, problems: ProblemCollector): Promise<void> {
  const before = loader.rowCount;
  let file: ParquetFile | undefined;
  try {
    file = await openParquet(path);
    if (file === undefined) return;
    const columns = openColumns(file, loader, problems);
    let groupStart = 0;
    for (const { num_rows: count } of file.metadata.row_groups) {
      const group = { start: groupStart, rowCount: Number(count) };
      await readGroup(file, group, columns, loader, problems);
      groupStart += group.rowCount;
    }
  } catch (error) {
    reportFault(error, loader.rowCount > before, problems);
  } finally {
    await file?.close();
  }
}

type OpenColumn = ParquetColumn & { readonly slot: Slot };
type RowGroup = { readonly start: number; readonly rowCount: number };

function openColumns(file: ParquetFile, loader: TableLoader, problems: ProblemCollector): readonly OpenColumn[] {
  return file.columns.flatMap((node) => {
    const { name, type, logical_type: logical, converted_type: converted } = node.element;
    const column = parquetColumn(node);
    if (column !== undefined) loader.declare(name, column.type);
    const slot = loader.resolve(name);
    if (slot === undefined) return [];
    if (column !== undefined) return [{ ...column, slot }];
    problems.add('type', {
      key: name,
      message: `${name} is of the Parquet type ${logical?.type ?? converted ?? type ?? 'group'}, which is not read; the column is left out`,
      hint: 'write it as text, or leave it out',
    });
    return [];
  });
}

async function readGroup(
  file: ParquetFile,
  group: RowGroup,
  columns: readonly OpenColumn[],
  loader: TableLoader,
  problems: ProblemCollector,
): Promise<void> {
  try {
    if (await fillColumns(file, group, columns, loader)) {
      for (let row = 0; row < group.rowCount; row++) loader.endRow(problems, group.start + row + 1, 'the row');
      return;
    }
    // Some row has a misfit and is left out, and the rows behind it move up: that goes row by row.
    loader.clearAhead(group.rowCount);
    await readRows(file, group, columns, loader, problems);
  } catch (error) {
    // What was filled in of a group that cannot be read is no row.
    loader.clearAhead(group.rowCount);
    throw error;
  }
}

/** Fills the columns for the rows ahead, which are not ended yet; false as soon as a value does not fit. */
async function fillColumns(
  file: ParquetFile,
  group: RowGroup,
  columns: readonly OpenColumn[],
  loader: TableLoader,
): Promise<boolean> {
  const cell = new Cell();
  for (const { name, slot, type, read } of columns) {
    let row = loader.rowCount;
    for (const values of await readColumn(file, group, name)) {
      for (let index = 0; index < values.length; index++, row++) {
        const raw = values[index];
        const value = raw === null || raw === undefined ? null : read(raw);
        if (!putValue(slot.loader, row, value, type, cell)) return false;
      }
    }
  }
  return true;
}

async function readRows(
  file: ParquetFile,
  group: RowGroup,
  columns: readonly OpenColumn[],
  loader: TableLoader,
  problems: ProblemCollector,
): Promise<void> {
  const cell = new Cell();
  const values: (readonly unknown[])[] = [];
  for (const { name } of columns) {
    values.push((await readColumn(file, group, name)).flatMap((chunk) => Array.from<unknown>(chunk)));
  }
  for (let row = 0; row < group.rowCount; row++) {
    for (const [index, { slot, type, read }] of columns.entries()) {
      const raw = values[index]?.[row];
      const value = raw === null || raw === undefined ? null : read(raw);
      const fits = putValue(slot.loader, loader.rowCount, value, type, cell);
      if (!fits) loader.reject(slot, describeRaw(value, type));
    }
    loader.endRow(problems, group.start + row + 1, 'the row');
  }
}

/** The values of one column in the row group, in runs as they lie in the file. */
async function readColumn(
  { buffer, metadata }: ParquetFile,
  { start, rowCount }: RowGroup,
  name: string,
): Promise<readonly ArrayLike<unknown>[]> {
  const chunks: ColumnData[] = [];
  await parquetRead({
    file: buffer,
    metadata,
    columns: [name],
    rowStart: start,
    rowEnd: start + rowCount,
    compressors,
    parsers: rawParsers,
    utf8: false,
    onChunk: (chunk) => chunks.push(chunk),
  });
  const found = chunks.reduce((sum, { columnData }) => sum + columnData.length, 0);
  if (found !== rowCount) throw new ParquetError(`column ${name} has ${found} values where ${rowCount} rows are`);
  return chunks.map(({ columnData }) => columnData);
}

/** A time beyond the year 9999 has no text of its own. */
const describeRaw = (value: Value, type: ColumnType): string =>
  type === 'datetime' && datetimeOrNull(value as bigint) === null ? `${value} ticks` : textOf(value, type);

function reportFault(error: unknown, hasRows: boolean, problems: ProblemCollector): void {
  if (isSystemError(error)) {
    problems.add('unreadable', {
      message: `the file cannot be read (${(error as Error).message})`,
      hint: 'check the path and its permissions',
    });
    return;
  }
  problems.add('unreadable', {
    message: `the file cannot be read as Parquet: ${describe(error)}${hasRows ? '; the row groups before the fault are used' : ''}`,
    hint: 'export it again, or check what format it is in',
  });
}

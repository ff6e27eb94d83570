import type { ColumnDefinition, ColumnType } from '../../values/value.ts';
import { Batch } from '../batch.ts';
import { type CellLoader, createCellLoader, type RawCell } from './cell-loader.ts';
import type { ProblemCollector } from './input-problem.ts';
import { scanObject } from './scan-object.ts';

/**
 * Collects the rows of one table from any number of files. Columns that the schema does not have are left out; a schema
 * of undefined is inferred: every name that occurs becomes a column, its type that of its first value.
 */
export class TableLoader {
  private readonly loaders = new Map<string, { readonly type: ColumnType; readonly loader: CellLoader }>();
  private readonly infers: boolean;
  rowCount = 0;

  constructor(schema: readonly ColumnDefinition[] | undefined) {
    this.infers = schema === undefined;
    for (const { name, type } of schema ?? []) this.loaders.set(name, { type, loader: createCellLoader(type) });
  }

  /** Adds the row that a line of JSON holds; a row with a cell that does not fit is left out and reported. */
  addJson(text: string, line: number, problems: ProblemCollector): void {
    this.addRow(line, problems, (onCell) => scanObject(text, onCell));
  }

  addRow(
    line: number,
    problems: ProblemCollector,
    fields: (onCell: (name: string, cell: () => RawCell) => void) => void,
  ): void {
    let misfit: { name: string; type: ColumnType; text: string } | undefined;
    try {
      fields((name, cell) => {
        const slot = this.loaders.get(name) ?? (this.infers ? this.infer(name, cell()) : undefined);
        if (slot === undefined) return;
        const raw = cell();
        if (!slot.loader.stage(raw)) misfit ??= { name, type: slot.type, text: raw.text };
      });
    } catch (error) {
      for (const { loader } of this.loaders.values()) loader.drop();
      throw error;
    }
    if (misfit === undefined) {
      for (const { loader } of this.loaders.values()) loader.keep();
      this.rowCount++;
      return;
    }
    for (const { loader } of this.loaders.values()) loader.drop();
    problems.add('type', misfit.name, {
      line,
      message: `${misfit.name} is a ${misfit.type}, not ${JSON.stringify(misfit.text.slice(0, 60))}; the line is left out`,
      hint: `correct the value, or the column's type in the table's schema`,
    });
  }

  private infer(name: string, { text, isString }: RawCell): { type: ColumnType; loader: CellLoader } | undefined {
    if (!isString && text === 'null') return undefined;
    const type = inferType(name, text, isString);
    const loader = createCellLoader(type);
    for (let row = 0; row < this.rowCount; row++) loader.keep();
    const slot = { type, loader };
    this.loaders.set(name, slot);
    return slot;
  }

  get columns(): readonly ColumnDefinition[] {
    return [...this.loaders].map(([name, { type }]) => ({ name, type }));
  }

  build(): Batch {
    const slots = [...this.loaders.values()].map(({ loader }) => loader.build());
    return new Batch(this.columns, this.rowCount, slots);
  }
}

function inferType(name: string, text: string, isString: boolean): ColumnType {
  if (isString) {
    return name === 'TimeGenerated' || name === 'Timestamp' || /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text)
      ? 'datetime'
      : 'string';
  }
  if (text === 'true' || text === 'false') return 'bool';
  if (text.startsWith('{') || text.startsWith('[')) return 'dynamic';
  return /^-?\d+$/.test(text) ? 'long' : 'real';
}

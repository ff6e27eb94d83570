import type { ColumnDefinition, ColumnType } from '../../values/value.ts';
import { Batch } from '../batch.ts';
import type { Cell } from './cell.ts';
import { type CellLoader, createCellLoader } from './cell-loader.ts';
import { InferredLoader } from './inferred-loader.ts';
import type { InputProblem, ProblemCollector } from './input-problem.ts';
import type { FieldSink } from './scan-object.ts';

/** A column that is being filled. */
export type Slot = { readonly name: string; readonly loader: CellLoader };

/** Log Analytics allows a table 500 columns; what has more is no log. */
const MAX_INFERRED_COLUMNS = 500;

/** Names that are noted; a file of random names would not end otherwise. */
const MAX_UNKNOWN_NAMES = 1000;

/** What exports add and no table has: `az monitor log-analytics query` names the result in each row. */
const exportFields: readonly string[] = ['TableName'];

/**
 * Collects the rows of one table from any number of files. A row is put cell by cell, then ended: it is kept where every
 * cell fits its column, and otherwise left out and reported. Names that the schema lacks are left out and noted; a schema
 * of undefined is inferred: every name that occurs becomes a column, its type that of its first value.
 */
export class TableLoader implements FieldSink<Slot> {
  readonly table: string;
  private readonly slots = new Map<string, Slot>();
  private readonly infers: boolean;
  private readonly timeSlot: Slot | undefined;
  private unknownNames = new Set<string>();
  private misfit: { readonly slot: Slot; readonly text: string } | undefined;
  private readonly wanted: ReadonlySet<string> | undefined;
  /** What the current file writes for a null in columns that are no text; undefined where it has a null of its own. */
  nullText: string | undefined;
  rowCount = 0;

  /** @param wanted the columns of the schema that are filled, the others stay empty; undefined: all of them */
  constructor(table: string, schema: readonly ColumnDefinition[] | undefined, wanted?: ReadonlySet<string>) {
    this.table = table;
    this.infers = schema === undefined;
    this.wanted = schema === undefined ? undefined : wanted;
    for (const { name, type } of schema ?? []) this.addSlot(name, createCellLoader(type));
    this.timeSlot = this.slots.get('TimeGenerated');
  }

  /** A file states a column's type; it counts where the schema is inferred and nothing is known of the column yet. */
  declare(name: string, type: ColumnType): void {
    if (this.infers && !this.slots.has(name)) this.addSlot(name, createCellLoader(type));
  }

  resolve(name: string): Slot | undefined {
    const slot = this.slots.get(name);
    if (slot !== undefined) return this.wanted?.has(name) === false ? undefined : slot;
    if (this.infers && this.slots.size < MAX_INFERRED_COLUMNS && !exportFields.includes(name)) {
      return this.addSlot(name, new InferredLoader(name));
    }
    if (!exportFields.includes(name) && this.unknownNames.size < MAX_UNKNOWN_NAMES) this.unknownNames.add(name);
    return undefined;
  }

  private addSlot(name: string, loader: CellLoader): Slot {
    const slot = { name, loader };
    this.slots.set(name, slot);
    return slot;
  }

  put(slot: Slot, cell: Cell): void {
    if (this.nullText !== undefined && cell.isString && slot.loader.type !== 'string' && cell.reads(this.nullText)) {
      slot.loader.clear(this.rowCount);
      return;
    }
    if (!slot.loader.put(this.rowCount, cell)) this.reject(slot, cell.value());
  }

  /** The current row has a value that does not fit its column. */
  reject(slot: Slot, text: string): void {
    this.misfit ??= { slot, text: text.slice(0, 60) };
  }

  /** Keeps the row that was put, or leaves it out and reports why. `what` calls it by a name where it has no line. */
  endRow(problems: ProblemCollector, line?: number, what = 'the line'): void {
    if (this.misfit !== undefined) {
      problems.add('type', { key: this.misfit.slot.name, line, ...describeMisfit(this.misfit, what) });
      this.abandonRow();
      return;
    }
    if (this.timeSlot?.loader.has(this.rowCount) === false) {
      problems.add('no-time', {
        line,
        message: `${what} has no TimeGenerated: no rule will ever see it`,
        hint: 'export the column TimeGenerated too',
      });
    }
    this.rowCount++;
  }

  /** Forgets what was put into the current row. */
  abandonRow(): void {
    this.misfit = undefined;
    this.clearAhead(1);
  }

  /** Forgets what was put into the current row and those behind it. */
  clearAhead(rows: number): void {
    for (const { loader } of this.slots.values()) {
      for (let row = this.rowCount; row < this.rowCount + rows; row++) loader.clear(row);
    }
  }

  /** Notes the names that have no column, once a file. */
  endFile(problems: ProblemCollector): void {
    const names = [...this.unknownNames];
    this.unknownNames.clear();
    this.nullText = undefined;
    if (names.length === 0) return;
    const shown = names.slice(0, 5).map((name) => JSON.stringify(name) + this.similarName(name));
    const more = names.length > shown.length ? ` and ${names.length - shown.length} more` : '';
    problems.add('schema', {
      message: `${this.table} has no column ${shown.join(', ')}${more}: left out`,
      hint: this.infers
        ? `a table has ${MAX_INFERRED_COLUMNS} columns at most`
        : 'names are told apart by case; check that the file holds this table',
    });
  }

  private similarName(name: string): string {
    const similar = [...this.slots.keys()].find((known) => known.toLowerCase() === name.toLowerCase());
    return similar === undefined ? '' : ` (but ${similar})`;
  }

  get columns(): readonly ColumnDefinition[] {
    return this.typedSlots().map(({ name, loader }) => ({ name, type: loader.type }));
  }

  build(): Batch {
    const columns = this.typedSlots().map(({ loader }) => loader.build(this.rowCount));
    return new Batch(this.columns, this.rowCount, columns);
  }

  private typedSlots(): readonly Slot[] {
    return [...this.slots.values()].filter(({ loader }) => !(loader instanceof InferredLoader && loader.isUntyped));
  }
}

function describeMisfit(
  { slot: { name, loader }, text }: { readonly slot: Slot; readonly text: string },
  what: string,
): Pick<InputProblem, 'message' | 'hint'> {
  const hint =
    loader instanceof InferredLoader
      ? 'a column of an unknown table has the type of its first value; name the file after its table'
      : "correct the value, or export the column with the type of the table's schema";
  return { message: `${name} is of type ${loader.type}, ${JSON.stringify(text)} is not; ${what} is left out`, hint };
}

import type { StagedTable } from '../catalog.ts';
import { Batch } from '../columns/batch.ts';
import { columnOf } from '../columns/column-builder.ts';
import type { KqlError } from '../kql-error.ts';
import type { ColumnDefinition, ColumnType } from '../values/value.ts';

export type StagedTables = ReadonlyMap<string, StagedTable>;

/** What is asked about a text whose first stages have run. */
export type OpenText = {
  readonly text: string;
  /** The results that may lack columns, the latest last. */
  readonly results: readonly string[];
  /** The binder's complaints where the tables are these. */
  readonly bind: (tables: StagedTables) => readonly KqlError[];
  /** Whether other data could have given a column of this name: names that the text got wrong cannot be. */
  readonly isOpen: (name: string) => boolean;
};

/** Most fields are texts; a path into one needs dynamic, and a comparison may need one of the others. */
const otherTypes: readonly ColumnType[] = ['dynamic', 'long', 'real', 'datetime', 'timespan', 'bool'];

/**
 * The results of stages with an empty column for each name that the rest of the text reads and no row of this run has. The
 * column is a text where that binds, and otherwise of the type that leaves the fewest complaints.
 */
export function assumeColumns(
  open: OpenText,
  staged: StagedTables,
): { readonly tables: StagedTables; readonly added: readonly ColumnDefinition[] } {
  const seen = new Set<string>();
  const added = new Map<string, readonly string[]>();
  let tables = staged;
  for (;;) {
    const name = unknownNames(open.bind(tables), open.text).find(
      (unknown) => !seen.has(unknown) && open.isOpen(unknown),
    );
    if (name === undefined) return chooseTypes(open, tables, added);
    seen.add(name);
    const holders = holdersOf(name, open, tables);
    if (holders.length === 0) continue;
    added.set(name, holders);
    tables = withColumn(tables, holders, { name, type: 'string' });
  }
}

/** The results that explain the name, from the latest back: each takes a complaint away. */
function holdersOf(name: string, { text, results, bind }: OpenText, staged: StagedTables): readonly string[] {
  const holders: string[] = [];
  const complaints = (tables: StagedTables): number =>
    unknownNames(bind(tables), text).filter((unknown) => unknown === name).length;
  let tables = staged;
  let left = complaints(tables);
  for (const result of results.toReversed()) {
    if (left === 0) break;
    const tried = withColumn(tables, [result], { name, type: 'string' });
    const rest = complaints(tried);
    if (rest >= left) continue;
    holders.push(result);
    tables = tried;
    left = rest;
  }
  return holders;
}

function chooseTypes(
  { bind }: OpenText,
  staged: StagedTables,
  holders: ReadonlyMap<string, readonly string[]>,
): { readonly tables: StagedTables; readonly added: readonly ColumnDefinition[] } {
  let tables = staged;
  let left = bind(tables).length;
  const added = [...holders].map(([name, results]): ColumnDefinition => {
    let type: ColumnType = 'string';
    for (const other of otherTypes) {
      if (left === 0) break;
      const tried = withColumn(tables, results, { name, type: other });
      const count = bind(tried).length;
      if (count >= left) continue;
      tables = tried;
      left = count;
      type = other;
    }
    return { name, type };
  });
  return { tables, added };
}

/** The names that the binder does not know, as often as it says so. */
export const unknownNames = (errors: readonly KqlError[], text: string): readonly string[] =>
  errors.flatMap(({ message, span }) =>
    span !== undefined && message.endsWith('[KS142]') ? [writtenName(text.slice(span.start, span.end))] : [],
  );

const writtenName = (text: string): string => /^\[\s*["'](.*)["']\s*\]$/s.exec(text)?.[1] ?? text;

/** The tables with an empty column more, or of another type where an empty one of that name was added before. */
function withColumn(tables: StagedTables, names: readonly string[], column: ColumnDefinition): StagedTables {
  const changed = new Map(tables);
  for (const name of names) changed.set(name, addColumn(tables.get(name) as StagedTable, column));
  return changed;
}

function addColumn(table: StagedTable, column: ColumnDefinition): StagedTable {
  const kept = table.columns.flatMap(({ name }, index) => (name === column.name ? [] : [index]));
  const columns = [...kept.map((index) => table.columns[index] as ColumnDefinition), column];
  const empty = column.type === 'string' ? '' : null;
  return {
    ...table,
    columns,
    async *scan(range) {
      for await (const batch of table.scan(range)) {
        const slots = kept.map((index) => () => batch.column(index));
        const added = () => columnOf(column.type, new Array(batch.rowCount).fill(empty));
        yield new Batch(columns, batch.rowCount, [...slots, added]);
      }
    },
  };
}

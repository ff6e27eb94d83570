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
  const holders = new Map<string, readonly string[]>();
  let bound: Bound = { tables: staged, errors: open.bind(staged) };
  for (;;) {
    const unknown = unknownNames(bound.errors, open.text).filter((name) => !seen.has(name) && open.isOpen(name));
    if (unknown.length === 0) return chooseTypes(open, bound, holders);
    for (const name of unknown) seen.add(name);
    for (const result of open.results.toReversed()) {
      const { helpful, left } = addToResult([...new Set(unknown)], result, open, bound);
      for (const name of helpful) holders.set(name, [...(holders.get(name) ?? []), result]);
      bound = left;
    }
  }
}

/** Tables, and what the binder complains about with them. */
type Bound = { readonly tables: StagedTables; readonly errors: readonly KqlError[] };

/** The names as columns of one result, as far as each takes a complaint away; all at once, since binding is what costs. */
function addToResult(
  names: readonly string[],
  result: string,
  { text, bind }: OpenText,
  bound: Bound,
): { readonly helpful: readonly string[]; readonly left: Bound } {
  const complaints = ({ errors }: Bound, name: string): number =>
    unknownNames(errors, text).filter((unknown) => unknown === name).length;
  const added = (tried: readonly string[]): Bound => {
    const columns = tried.map((name): ColumnDefinition => ({ name, type: 'string' }));
    const tables = columns.reduce((given, column) => withColumn(given, [result], column), bound.tables);
    return { tables, errors: bind(tables) };
  };
  const missing = names.filter((name) => complaints(bound, name) > 0);
  if (missing.length === 0) return { helpful: [], left: bound };
  const all = added(missing);
  const helpful = missing.filter((name) => complaints(all, name) < complaints(bound, name));
  if (helpful.length === missing.length) return { helpful, left: all };
  return { helpful, left: helpful.length === 0 ? bound : added(helpful) };
}

function chooseTypes(
  { bind }: OpenText,
  bound: Bound,
  holders: ReadonlyMap<string, readonly string[]>,
): { readonly tables: StagedTables; readonly added: readonly ColumnDefinition[] } {
  let { tables } = bound;
  let left = bound.errors.length;
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

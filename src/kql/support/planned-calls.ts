/** A call that the planner answers itself, because it looks at tables, columns or rows and not at values. */
export type PlannedCall = {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly signature: string;
  readonly summary: string;
  readonly page: string;
};

/** What plan/build-special-call.ts, build-reference.ts and build-plan.ts handle, for the support matrix. */
export const plannedCalls: readonly PlannedCall[] = [
  {
    name: 'bag_pack_columns',
    signature: 'bag_pack_columns(column, …): dynamic',
    summary: 'A bag of some columns of the row.',
    page: 'bag-pack-columns-function',
  },
  {
    name: 'bin_auto',
    signature: 'bin_auto(value): the type of value',
    summary: 'Rounds down to a bin of the size that `set query_bin_auto_size` gives, from `query_bin_auto_at` on.',
    page: 'bin-auto-function',
  },
  {
    name: 'column_ifexists',
    aliases: ['columnifexists'],
    signature: 'column_ifexists(name: string, default): the type of the column, or of the default',
    summary: 'The column if the table has it, else the default.',
    page: 'column-ifexists-function',
  },
  {
    name: 'column_names_of',
    signature: 'column_names_of(table): dynamic',
    summary: 'The names of the columns of a table.',
    page: 'column-names-of-function',
  },
  {
    name: 'ingestion_time',
    signature: 'ingestion_time(): datetime',
    summary: 'When the row of a table arrived; of a table that does not know, the time in TimeGenerated.',
    page: 'ingestion-time-function',
  },
  {
    name: 'iscolumnexists',
    signature: 'iscolumnexists(name: string): bool',
    summary: 'Whether the table has the column.',
    page: 'column-ifexists-function',
  },
  {
    name: 'materialize',
    signature: 'materialize(table): table',
    summary: 'The rows, computed once however often they are read.',
    page: 'materialize-function',
  },
  {
    name: 'pack_all',
    signature: 'pack_all([ignore_null_empty: bool]): dynamic',
    summary: 'A bag of all columns of the row.',
    page: 'pack-all-function',
  },
  {
    name: 'table',
    signature: 'table(name: string): table',
    summary: 'The table of that name; the name is a literal.',
    page: 'table-function',
  },
  {
    name: 'toscalar',
    signature: 'toscalar(table): the type of its first column',
    summary: 'The first value of the first row.',
    page: 'toscalar-function',
  },
];

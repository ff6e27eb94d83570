/** A value of a column, as it stands in a line of NDJSON; an absent column is null. */
export type RowValue = string | number | boolean | readonly RowValue[] | { readonly [key: string]: RowValue };

/** One row of a Log Analytics table, by column name. */
export type Row = { readonly [column: string]: RowValue };

/** Rows that can be read any number of times, each time from the first. */
export type Rows = Iterable<Row>;

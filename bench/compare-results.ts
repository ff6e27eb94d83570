/** A cell in the form that both engines' results are brought to: times as microseconds since 1970. */
export type Cell = string | bigint | number | null;

export type ResultRows = { readonly columns: readonly string[]; readonly rows: readonly (readonly Cell[])[] };

/** What differs between two results without regard to the order of their rows; undefined where nothing does. */
export function findDifference(ours: ResultRows, theirs: ResultRows): string | undefined {
  if (ours.columns.join() !== theirs.columns.join())
    return `columns ${ours.columns.join()} against ${theirs.columns.join()}`;
  if (ours.rows.length !== theirs.rows.length) return `${ours.rows.length} rows against ${theirs.rows.length}`;
  const left = sortRows(ours.rows);
  const right = sortRows(theirs.rows);
  for (const [index, row] of left.entries()) {
    const other = right[index] as readonly Cell[];
    const at = row.findIndex((cell, position) => !isSame(cell, other[position] as Cell));
    if (at >= 0) return `row ${index + 1}, ${ours.columns[at]}: ${show(row)} against ${show(other)}`;
  }
  return undefined;
}

/** Real numbers are sums in another order, so that their last digits may differ. */
const TOLERANCE = 1e-9;

function isSame(a: Cell, b: Cell): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return a === b;
  return a === b || Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
}

/** By the cells that are compared exactly. */
function sortRows(rows: readonly (readonly Cell[])[]): readonly (readonly Cell[])[] {
  const key = (row: readonly Cell[]): string => row.filter((cell) => typeof cell !== 'number').join('\u0000');
  return rows
    .map((row) => ({ row, key: key(row) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ row }) => row);
}

const show = (row: readonly Cell[]): string => row.map(String).join(', ');

import { type Column, type Vector, valueReader } from '../columns/column.ts';
import { columnOf } from '../columns/column-builder.ts';
import type { ColumnType, Value } from '../values/value.ts';

/** For each group the values of one row, the row chosen batch by batch. */
export type GroupedRows = {
  /** Remembers that `row` of the current batch is now the group's row. */
  choose(group: number, row: number): void;
  /** Copies the chosen rows' values out of the batch; to be called at its end. */
  commit(args: readonly Vector[]): void;
  /** One column an argument; nulls where no row was chosen. */
  columns(groupCount: number): readonly Column[];
};

/** Values are copied once a batch and group, however often the choice changes within the batch. */
export function groupedRows(types: readonly ColumnType[]): GroupedRows {
  const chosen = new Map<number, number>();
  const values: Value[][] = types.map(() => []);
  return {
    choose(group, row) {
      chosen.set(group, row);
    },
    commit(args) {
      for (const [position, column] of values.entries()) {
        const read = valueReader(args[position] as Vector);
        for (const [group, row] of chosen) column[group] = read(row);
      }
      chosen.clear();
    },
    columns: (groupCount) =>
      types.map((type, position) => {
        const column = values[position] as Value[];
        return columnOf(
          type,
          Array.from({ length: groupCount }, (_, group) => column[group] ?? null),
        );
      }),
  };
}

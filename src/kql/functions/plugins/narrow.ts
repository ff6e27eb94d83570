import { batchOf } from '../../columns/batch.ts';
import { valueReader } from '../../columns/column.ts';
import { formatValue } from '../../values/convert.ts';
import type { ColumnDefinition, Value } from '../../values/value.ts';
import type { Plugin } from '../plugin.ts';

const narrowColumns: readonly ColumnDefinition[] = [
  { name: 'Row', type: 'long' },
  { name: 'Column', type: 'string' },
  { name: 'Value', type: 'string' },
];

export const narrow: Plugin = {
  name: 'narrow',
  signature: 'narrow()',
  summary: 'One row for each cell: its row, its column, its value as text.',
  page: 'narrow-plugin',
  columns: () => narrowColumns,
  run(input) {
    const readers = input.columns.map((_, index) => valueReader(input.column(index)));
    const rows: Value[][] = [];
    for (let row = 0; row < input.rowCount; row++) {
      for (const [index, { name, type }] of input.columns.entries()) {
        rows.push([BigInt(row), name, formatValue((readers[index] as (typeof readers)[number])(row), type)]);
      }
    }
    return batchOf(narrowColumns, rows);
  },
};

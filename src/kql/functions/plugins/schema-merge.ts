import { type Batch, batchOf, rowsOf } from '../../columns/batch.ts';
import { KqlError } from '../../kql-error.ts';
import type { ColumnDefinition, Value } from '../../values/value.ts';
import { constantOf, type Plugin, type PluginArgument } from '../plugin.ts';

const NAME = 'schema_merge';

const schemaColumns: readonly ColumnDefinition[] = [
  { name: 'ColumnName', type: 'string' },
  { name: 'ColumnOrdinal', type: 'long' },
  { name: 'DataType', type: 'string' },
  { name: 'ColumnType', type: 'string' },
];

type Merged = {
  readonly name: string;
  ordinal: number;
  readonly dataType: string;
  readonly columnType: string;
  isMoved: boolean;
};

/** The rows of getschema results as one schema; a column's ordinal is the largest that it has. */
function mergeRows(input: Batch): readonly Merged[] {
  const missing = schemaColumns.find(({ name }) => !input.columns.some((column) => column.name === name));
  if (missing !== undefined)
    throw new KqlError('binding', `${NAME} merges results of getschema: ${missing.name} is missing`);
  const positions = schemaColumns.map(({ name }) => input.columns.findIndex((column) => column.name === name));
  const merged = new Map<string, Merged>();
  for (const row of rowsOf(input)) {
    const [name, ordinal, dataType, columnType] = positions.map((position) => row[position]) as [
      string,
      Value,
      string,
      string,
    ];
    const known = merged.get(name);
    if (known === undefined) {
      merged.set(name, { name, ordinal: Number(ordinal), dataType, columnType, isMoved: false });
      continue;
    }
    if (known.columnType !== columnType) {
      throw new KqlError('unsupported', `${NAME}: '${name}' is ${known.columnType} and ${columnType}`, {
        hint: 'bring the column to one type first',
      });
    }
    known.isMoved ||= known.ordinal !== Number(ordinal);
    known.ordinal = Math.max(known.ordinal, Number(ordinal));
  }
  return [...merged.values()].sort((a, b) => a.ordinal - b.ordinal);
}

const OUT_OF_ORDER = 'ERROR(columns are out of order)';

function keepsOrder(argument: PluginArgument | undefined): boolean {
  return argument === undefined || constantOf(NAME, argument, 'PreserveOrder') !== false;
}

export const schemaMerge: Plugin = {
  name: NAME,
  signature: 'schema_merge([PreserveOrder: bool])',
  summary: 'Results of getschema as one schema.',
  page: 'schema-merge-plugin',
  columns: () => schemaColumns,
  run(input, args) {
    const merged = mergeRows(input);
    const isRefused = ({ isMoved }: Merged): boolean => isMoved && keepsOrder(args[0]);
    const rows = [...merged.filter((column) => !isRefused(column)), ...merged.filter(isRefused)].map(
      (column): Value[] =>
        isRefused(column)
          ? [column.name, -1n, `ERROR(unknown CSL type:${OUT_OF_ORDER})`, OUT_OF_ORDER]
          : [column.name, BigInt(column.ordinal), column.dataType, column.columnType],
    );
    return batchOf(schemaColumns, rows);
  },
};

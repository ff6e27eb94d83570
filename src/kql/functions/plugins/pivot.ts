import { Batch } from '../../columns/batch.ts';
import { type Column, type Vector, valueReader } from '../../columns/column.ts';
import { gather } from '../../columns/gather.ts';
import { GroupIndex } from '../../columns/group-index.ts';
import { KqlError } from '../../kql-error.ts';
import type { QueryContext } from '../../query-context.ts';
import { formatValue } from '../../values/convert.ts';
import type { ColumnDefinition } from '../../values/value.ts';
import { counts } from '../aggregate/counts.ts';
import { columnIndexOf, type Plugin, type PluginArgument } from '../plugin.ts';

const NAME = 'pivot';

/** What the page lists. */
const aggregateNames: readonly string[] =
  'min max take_any sum dcount avg stdev variance make_list make_bag make_set count'.split(' ');

type Aggregate = Extract<PluginArgument, { kind: 'aggregate' }>;

function aggregateOf(args: readonly PluginArgument[]): Aggregate {
  const stated = args.find((argument) => argument.kind === 'aggregate');
  if (stated === undefined) {
    const count = counts.find(({ name }) => name === 'count');
    if (count === undefined) throw new KqlError('internal', 'there is no count()');
    const none = { label: undefined, expressions: [], constants: [], vectors: [] };
    return { kind: 'aggregate', function: count, type: 'long', ...none };
  }
  if (aggregateNames.includes(stated.function.name)) return stated;
  throw new KqlError(
    'binding',
    `${NAME} does not take ${stated.function.name}(); it takes ${aggregateNames.join(', ')}`,
  );
}

/** The columns that make a row: those named, or all but the pivoted and the aggregated ones. */
function rowColumns(input: Batch, aggregate: Aggregate, args: readonly PluginArgument[]): readonly number[] {
  const named = args.slice(1).filter((argument) => argument.kind !== 'aggregate');
  if (named.length > 0) return named.map((argument) => columnIndexOf(NAME, argument));
  const used = aggregate.expressions.map((expression) => (expression.kind === 'column' ? expression.index : -1));
  const excluded = new Set([columnIndexOf(NAME, args[0]), ...used]);
  return input.columns.map((_, index) => index).filter((index) => !excluded.has(index));
}

type Pivoted = { readonly names: string[]; readonly positions: Int32Array };

/** The pivoted column's distinct values as names, in the order in which they are met, and the position of each row's. */
function pivotNames(vector: Vector, rowCount: number): Pivoted {
  const index = new GroupIndex([vector.type]);
  const groups = index.assign([vector], rowCount);
  const read = valueReader(index.keyColumns()[0] as Column);
  const positions = new Map<string, number>();
  const positionOf = Int32Array.from({ length: index.size }, (_, group) => {
    const text = formatValue(read(group), vector.type);
    // A column needs a name: an empty one gets that of an unnamed expression.
    const name = text === '' ? 'Column1' : text;
    const position = positions.get(name) ?? positions.size;
    positions.set(name, position);
    return position;
  });
  return { names: [...positions.keys()], positions: groups.map((group) => positionOf[group] as number) };
}

/** One column a name: the aggregate over the rows of each (row key, name), over no rows where there are none. */
function cells(
  aggregate: Aggregate,
  rows: Int32Array,
  rowSize: number,
  pivoted: Pivoted,
  context: QueryContext,
): readonly Column[] {
  const width = pivoted.names.length;
  const groups = rows.map((row, at) => row * width + (pivoted.positions[at] as number));
  const accumulator = aggregate.function.create({
    types: aggregate.expressions.map(({ type }) => type),
    constants: aggregate.constants,
    context,
  });
  accumulator.update(groups, rows.length, rowSize * width, aggregate.vectors);
  const [all] = accumulator.finish(rowSize * width);
  return pivoted.names.map((_, position) =>
    gather(
      all as Column,
      Int32Array.from({ length: rowSize }, (_row, row) => row * width + position),
    ),
  );
}

function pivotRows(
  input: Batch,
  args: readonly PluginArgument[],
  stated: readonly ColumnDefinition[] | undefined,
  context: QueryContext,
): Batch {
  const aggregate = aggregateOf(args);
  const keys = rowColumns(input, aggregate, args);
  const pivoted = pivotNames(input.column(columnIndexOf(NAME, args[0])), input.rowCount);
  const keyDefinitions = keys.map((index) => input.columns[index] as ColumnDefinition);
  // Names that the schema states and no row has: columns of the aggregate over nothing.
  for (const { name } of stated ?? []) {
    const isKey = keyDefinitions.some((key) => key.name === name);
    if (!isKey && !pivoted.names.includes(name)) pivoted.names.push(name);
  }
  const clash = keyDefinitions.find(({ name }) => pivoted.names.includes(name));
  if (clash !== undefined) {
    throw new KqlError(
      'evaluation',
      `${NAME}: '${clash.name}' is a column of the rows and a value of the pivoted column`,
    );
  }
  const index = new GroupIndex(keyDefinitions.map(({ type }) => type));
  const rows = index.assign(
    keys.map((key) => input.column(key)),
    input.rowCount,
  );
  const rowSize = input.rowCount === 0 ? 0 : index.size;
  context.checkRows(NAME, rowSize * pivoted.names.length);
  const columns = [...keyDefinitions, ...pivoted.names.map((name) => ({ name, type: aggregate.type }))];
  return new Batch(columns, rowSize, [...index.keyColumns(), ...cells(aggregate, rows, rowSize, pivoted, context)]);
}

export const pivot: Plugin = {
  name: NAME,
  signature: 'pivot(column [, aggregate(…)] [, column, …]) [: schema]',
  summary: 'Makes a column of each distinct value of a column, filled by an aggregate.',
  page: 'pivot-plugin',
  run: pivotRows,
};

import { Batch } from '../../columns/batch.ts';
import { type Column, constant, type Vector } from '../../columns/column.ts';
import { gather } from '../../columns/gather.ts';
import { GroupIndex } from '../../columns/group-index.ts';
import { convertVector } from '../../expression/convert-vector.ts';
import { KqlError } from '../../kql-error.ts';
import type { QueryContext } from '../../query-context.ts';
import { formatValue } from '../../values/convert.ts';
import type { ColumnDefinition, Value } from '../../values/value.ts';
import { aggregateRegistry } from '../registry.ts';
import { columnIndexOf, type Plugin, type PluginArgument } from '../plugin.ts';

const NAME = 'pivot';

/** What the page lists. */
const aggregates: readonly string[] = [
  'min', 'max', 'take_any', 'any', 'sum', 'dcount', 'avg', 'stdev', 'variance',
  'make_list', 'make_bag', 'make_set', 'count',
];

type Aggregate = Extract<PluginArgument, { kind: 'aggregate' }>;

function aggregateOf(argument: PluginArgument | undefined): Aggregate {
  if (argument?.kind === 'aggregate') {
    if (aggregates.includes(argument.function.name)) return argument;
    throw new KqlError('binding', `${NAME} does not take ${argument.function.name}; it takes ${aggregates.join(', ')}`);
  }
  const count = aggregateRegistry.get('count');
  if (count === undefined) throw new KqlError('internal', 'there is no count()');
  return { kind: 'aggregate', label: undefined, function: count, type: 'long', expressions: [], constants: [], vectors: [] };
}

/** The columns that make a row: those named, or all but the pivoted and the aggregated ones. */
function rowColumns(input: Batch, pivoted: number, aggregate: Aggregate, named: readonly PluginArgument[]): readonly number[] {
  if (named.length > 0) return named.map((argument) => columnIndexOf(NAME, argument));
  const used = new Set([pivoted, ...aggregate.expressions.map((e) => (e.kind === 'column' ? e.index : -1))]);
  return input.columns.map((_, index) => index).filter((index) => !used.has(index));
}

/** The pivoted column's distinct values as column names, and each row's position in them. */
function pivotNames(vector: Vector, rowCount: number): { names: string[]; positions: Int32Array } {
  const index = new GroupIndex([vector.type]);
  const groups = index.assign([vector], rowCount);
  const [values] = index.keyColumns();
  const read = convertVector(values as Column, 'string', index.size);
  const names: string[] = [];
  const byName = new Map<string, number>();
  const positionOf = Int32Array.from({ length: index.size }, (_, group) => {
    const name = columnNameOf(read, group);
    const known = byName.get(name);
    if (known !== undefined) return known;
    byName.set(name, names.length);
    return names.push(name) - 1;
  });
  return { names, positions: groups.map((group) => positionOf[group] as number) };
}

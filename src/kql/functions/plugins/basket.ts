import { type Batch, batchOf } from '../../columns/batch.ts';
import { type Column, valueReader } from '../../columns/column.ts';
import { createKeyEncoder } from '../../columns/key-encoder.ts';
import { KqlError } from '../../kql-error.ts';
import type { QueryContext } from '../../query-context.ts';
import type { ColumnDefinition, ColumnType, Value } from '../../values/value.ts';
import { columnIndexOf, constantOf, type Plugin, type PluginArgument } from '../plugin.ts';

const NAME = 'basket';
const DEFAULT_THRESHOLD = 0.05;
const DEFAULT_DIMENSIONS = 5;

/** A column whose values make patterns: the number of each row's value, and the values by number. */
type Dimension = { readonly index: number; readonly ids: Int32Array; readonly value: (id: number) => Value };

/** Values of columns that occur together in `rows`, `weight` in all. */
type Pattern = {
  readonly items: readonly (readonly [dimension: number, id: number])[];
  readonly rows: Int32Array;
  readonly weight: number;
};

/** An optional argument; '~' stands for its default. */
function optional(argument: PluginArgument | undefined): PluginArgument | undefined {
  if (argument?.kind === 'expression' && argument.vector.kind === 'constant' && argument.vector.value === '~')
    return undefined;
  return argument;
}

function optionalNumber(
  argument: PluginArgument | undefined,
  what: string,
  byDefault: number,
  from: number,
  to: number,
): number {
  const given = optional(argument);
  const number = given === undefined ? byDefault : Number(constantOf(NAME, given, what));
  if (number >= from && number <= to) return number;
  throw new KqlError('evaluation', `${NAME}: ${what} lies between ${from} and ${to}`);
}

function weightsOf(input: Batch, index: number | undefined): Float64Array {
  if (index === undefined) return new Float64Array(input.rowCount).fill(1);
  const read = valueReader(input.column(index));
  return Float64Array.from({ length: input.rowCount }, (_, row) => Number(read(row) ?? 0));
}

function dimensionOf(column: Column, index: number): Dimension {
  const encoder = createKeyEncoder(column.type);
  const ids = encoder.encode(column, new Int32Array(column.length), true);
  return { index, ids, value: (id) => encoder.value(id) };
}

/** The rows of a pattern by the value of one more dimension, and what each value weighs. */
function split(
  rows: Int32Array,
  { ids }: Dimension,
  weights: Float64Array,
): Map<number, { rows: number[]; weight: number }> {
  const parts = new Map<number, { rows: number[]; weight: number }>();
  for (const row of rows) {
    const id = ids[row] as number;
    const part = parts.get(id) ?? { rows: [], weight: 0 };
    part.rows.push(row);
    part.weight += weights[row] as number;
    parts.set(id, part);
  }
  return parts;
}

class PatternMiner {
  private readonly dimensions: readonly Dimension[];
  private readonly weights: Float64Array;
  private readonly minimum: number;
  private readonly maxItems: number;
  private readonly context: QueryContext;
  /** The columns of the result, which say what a pattern holds. */
  private readonly columns: readonly ColumnDefinition[];
  readonly found: Pattern[] = [];

  constructor(
    dimensions: readonly Dimension[],
    weights: Float64Array,
    minimum: number,
    maxItems: number,
    context: QueryContext,
    columns: readonly ColumnDefinition[],
  ) {
    this.dimensions = dimensions;
    this.weights = weights;
    this.minimum = minimum;
    this.maxItems = maxItems;
    this.context = context;
    this.columns = columns;
  }

  /** Every pattern that extends this one by dimensions from `from` on and is frequent enough. */
  mine(pattern: Pattern, from: number): void {
    this.context.checkpoint();
    if (pattern.items.length > 0 && this.isClosed(pattern)) {
      this.found.push(pattern);
      this.context.checkRows(NAME, this.found.length, this.columns);
    }
    if (pattern.items.length === this.maxItems) return;
    for (let dimension = from; dimension < this.dimensions.length; dimension++) {
      for (const [id, part] of split(pattern.rows, this.dimensions[dimension] as Dimension, this.weights)) {
        if (part.weight < this.minimum) continue;
        const items = [...pattern.items, [dimension, id] as const];
        this.mine({ items, rows: Int32Array.from(part.rows), weight: part.weight }, dimension + 1);
      }
    }
  }

  /** Whether no further column has one value in all its rows: the service lists only the most specific pattern of some rows. */
  private isClosed({ items, rows }: Pattern): boolean {
    if (items.length === this.maxItems) return true;
    return this.dimensions.every(({ ids }, dimension) => {
      if (items.some(([own]) => own === dimension)) return true;
      const first = ids[rows[0] as number];
      return rows.some((row) => ids[row] !== first);
    });
  }
}

/** The value that stands for "any": the custom one of the column's type, else null (an empty string). */
function wildcards(args: readonly PluginArgument[]): (type: ColumnType) => Value {
  const custom = new Map<ColumnType, Value>();
  for (const argument of args) {
    if (argument.kind !== 'expression' || optional(argument) === undefined) continue;
    custom.set(argument.expression.type, constantOf(NAME, argument, 'a wildcard'));
  }
  return (type) => custom.get(type) ?? (type === 'string' ? '' : null);
}

function baskets(input: Batch, args: readonly PluginArgument[], context: QueryContext): Value[][] {
  const threshold = optionalNumber(args[0], 'the threshold', DEFAULT_THRESHOLD, 0.015, 1);
  const weightArgument = optional(args[1]);
  const weightColumn = weightArgument === undefined ? undefined : columnIndexOf(NAME, weightArgument);
  const maxItems = optionalNumber(args[2], 'the number of dimensions', DEFAULT_DIMENSIONS, 1, Number.MAX_SAFE_INTEGER);
  const weights = weightsOf(input, weightColumn);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const dimensions = input.columns.flatMap((_, index) =>
    index === weightColumn ? [] : [dimensionOf(input.column(index), index)],
  );
  const columns = [...patternColumns, ...input.columns, ...heldBesides];
  const miner = new PatternMiner(dimensions, weights, threshold * total, maxItems, context, columns);
  const everything = { items: [], rows: Int32Array.from({ length: input.rowCount }, (_, row) => row), weight: total };
  if (total > 0) miner.mine(everything, 0);
  const wildcardOf = wildcards(args.slice(3));
  const sorted = [...miner.found].sort((a, b) => b.weight - a.weight || b.items.length - a.items.length);
  return sorted.map(({ items, weight }, segment) => {
    const cells = input.columns.map(({ type }) => wildcardOf(type));
    for (const [dimension, id] of items) {
      const { index, value } = dimensions[dimension] as Dimension;
      cells[index] = value(id);
    }
    return [BigInt(segment), BigInt(Math.round(weight)), Math.round((1000 * weight) / total) / 10, ...cells];
  });
}

/** What a pattern holds besides its cells, its items and rows, as columns of eight bytes. */
const heldBesides: readonly ColumnDefinition[] = Array.from({ length: 64 }, () => ({ name: '', type: 'long' }));

const patternColumns: readonly ColumnDefinition[] = [
  { name: 'SegmentId', type: 'long' },
  { name: 'Count', type: 'long' },
  { name: 'Percent', type: 'real' },
];

export const basket: Plugin = {
  name: NAME,
  signature: 'basket([threshold] [, weightColumn] [, maxDimensions] [, wildcard, …])',
  summary: 'The combinations of values that at least a share of the rows has; exact, where the service samples.',
  page: 'basket-plugin',
  columns: (input) => [...patternColumns, ...input],
  run: (input, args, columns, context) => batchOf(columns ?? [], baskets(input, args, context)),
};

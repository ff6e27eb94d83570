import type { Batch } from '../columns/batch.ts';
import type { Vector } from '../columns/column.ts';
import { KqlError } from '../kql-error.ts';
import type { Expression } from '../plan/expression.ts';
import type { EvaluateArgument } from '../plan/plan.ts';
import type { QueryContext } from '../query-context.ts';
import type { ColumnDefinition, ColumnType, Value } from '../values/value.ts';
import type { AggregateFunction } from './aggregate-function.ts';

/** An argument of `evaluate plugin(…)` while the plugin runs: computed over all rows of the input. */
export type PluginArgument =
  | {
      readonly kind: 'expression';
      /** The name given to the argument (`name = …`). */
      readonly label: string | undefined;
      readonly expression: Expression;
      readonly vector: Vector;
    }
  /** An aggregate call, as pivot takes one. */
  | {
      readonly kind: 'aggregate';
      readonly label: string | undefined;
      readonly function: AggregateFunction;
      readonly type: ColumnType;
      readonly expressions: readonly Expression[];
      readonly constants: readonly (Value | undefined)[];
      readonly vectors: readonly Vector[];
    }
  /** A second table, as the lookup plugins take one. */
  | { readonly kind: 'table'; readonly label: string | undefined; readonly table: Batch };

/** A plugin of the evaluate operator: one row of the registry. */
export type Plugin = {
  readonly name: string;
  readonly signature: string;
  readonly summary: string;
  readonly page: string;
  /** The position of the argument that names a column of the table given as first argument. */
  readonly lookupColumn?: number;
  /** The output's columns; absent where they depend on the data (bag_unpack, pivot). */
  readonly columns?: (
    input: readonly ColumnDefinition[],
    args: readonly EvaluateArgument[],
  ) => readonly ColumnDefinition[];
  /**
   * The rows, under the columns given; these are undefined for a plugin whose columns depend on the data where the query
   * states no schema.
   */
  readonly run: (
    input: Batch,
    args: readonly PluginArgument[],
    columns: readonly ColumnDefinition[] | undefined,
    context: QueryContext,
  ) => Batch;
};

const missing = (plugin: string, what: string): KqlError => new KqlError('binding', `${plugin}: ${what}`);

/** The column of the input that the planned argument names. */
export function plannedColumn(plugin: string, argument: EvaluateArgument | undefined): ColumnDefinition {
  if (argument?.kind !== 'expression' || argument.expression.kind !== 'column') {
    throw missing(plugin, 'a column is needed here');
  }
  return { name: argument.expression.name, type: argument.expression.type };
}

/** The rows of an argument that is computed row by row. */
export function vectorOf(plugin: string, argument: PluginArgument | undefined): Vector {
  if (argument?.kind !== 'expression') throw missing(plugin, 'an expression is needed here');
  return argument.vector;
}

/** The position in the input of the column that the argument names. */
export function columnIndexOf(plugin: string, argument: PluginArgument | undefined): number {
  if (argument?.kind !== 'expression' || argument.expression.kind !== 'column') {
    throw missing(plugin, 'a column is needed here');
  }
  return argument.expression.index;
}

/** The value of an argument that must be the same in all rows. */
export function constantOf(plugin: string, argument: PluginArgument | undefined, what: string): Value {
  if (argument?.kind !== 'expression' || argument.vector.kind !== 'constant') {
    throw missing(plugin, `${what} must be a constant`);
  }
  return argument.vector.value;
}

/** The second table. */
export function tableOf(plugin: string, argument: PluginArgument | undefined): Batch {
  if (argument?.kind !== 'table') throw missing(plugin, 'a table is needed here');
  return argument.table;
}

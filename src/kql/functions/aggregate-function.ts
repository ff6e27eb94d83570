import type { Column, Vector } from '../columns/column.ts';
import type { QueryContext } from '../query-context.ts';
import type { ColumnType, Value } from '../values/value.ts';
import type { ParameterType } from './scalar-function.ts';

/**
 * The state of one aggregate over all groups of a summarize. Groups are numbered from 0 in the order of their first row;
 * `groups[row]` is the group of that row.
 */
export type GroupedAccumulator = {
  /** Takes a batch in. Of the groups and arguments it keeps copies alone: their arrays are used again for the next batch. */
  update(groups: Int32Array, rowCount: number, groupCount: number, args: readonly Vector[]): void;
  /** The results, one row a group; one column, or several for an aggregate that yields several (arg_max, percentiles). */
  finish(groupCount: number): readonly Column[];
};

export type AggregateCall = {
  readonly types: readonly ColumnType[];
  /** The arguments that are constant (undefined where they are not). */
  readonly constants: readonly (Value | undefined)[];
  readonly context: QueryContext;
};

/** An aggregate function: one row of the registry. */
export type AggregateFunction = {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly signature: string;
  readonly summary: string;
  readonly page: string;
  readonly parameters: readonly ParameterType[];
  readonly optional?: number;
  readonly rest?: ParameterType;
  /** The type of the result, or the types of the results. */
  readonly returns: (
    types: readonly ColumnType[],
    constants: readonly (Value | undefined)[],
  ) => ColumnType | readonly ColumnType[];
  /** The result's name, where it is not what the binder says; undefined for arguments that have no name of their own. */
  readonly resultName?: (argumentNames: readonly (string | undefined)[]) => string | undefined;
  readonly create: (call: AggregateCall) => GroupedAccumulator;
};

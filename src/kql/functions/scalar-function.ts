import type { Vector } from '../columns/column.ts';
import type { Room } from '../columns/scratch.ts';
import type { QueryContext } from '../query-context.ts';
import type { ColumnType, Value } from '../values/value.ts';

/**
 * What an argument must be. A column type takes what converts to it without loss of meaning (see resolve-overload.ts);
 * `any` takes every type as it is; `number` takes int, long, real and decimal as they are.
 */
export type ParameterType = ColumnType | 'any' | 'number';

/**
 * Computes a whole column at once; undefined where it has no fast path for these forms, so that rows are looped over. The
 * numbers of the result go to an array of `room`.
 */
export type Kernel = (
  args: readonly Vector[],
  rowCount: number,
  context: QueryContext,
  room: Room,
) => Vector | undefined;

/** One row of values to a value, in the canonical forms of values/value.ts. */

export type Evaluate = (...values: never[]) => Value;

export type ScalarOverload = {
  readonly parameters: readonly ParameterType[];
  /** How many of the last parameters may be left out; `evaluate` then receives undefined for them. */
  readonly optional?: number;
  /** The type of any number of further arguments. */
  readonly rest?: ParameterType;
  readonly returns:
    | ColumnType
    | ((types: readonly ColumnType[], constants: readonly (Value | undefined)[]) => ColumnType);
  /** `propagate` (the default): a null argument makes the result null. `pass`: nulls reach `evaluate`. */
  readonly nulls?: 'propagate' | 'pass';
  readonly evaluate?: Evaluate;
  /**
   * Instead of `evaluate`: makes it, from the query's context (now, …) and the arguments that are constant in this call
   * (undefined where they are not), so that a pattern is compiled once.
   */
  readonly prepare?: (
    context: QueryContext,
    constants: readonly (Value | undefined)[],
    types: readonly ColumnType[],
  ) => Evaluate;
  readonly kernel?: Kernel;
  /** The kernel reads numbers through number-source.ts, where an int is as good as a long or a real: none is converted. */
  readonly takesAnyNumber?: true;
  /** The result differs from row to row for the same arguments (rand, new_guid). */
  readonly volatile?: true;
};

/** A scalar function or operator: one row of the registry. */
export type ScalarFunction = {
  readonly name: string;
  /** Other names of the same function, deprecated ones included. */
  readonly aliases?: readonly string[];
  /** For people: `strlen(source: string): long` */
  readonly signature: string;
  /** One sentence: what it returns. */
  readonly summary: string;
  /** The page of learn.microsoft.com/kusto/query/, for example `strlen-function`. */
  readonly page: string;
  readonly overloads: readonly ScalarOverload[];
};

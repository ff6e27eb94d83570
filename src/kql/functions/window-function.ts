import type { Column, Vector } from '../columns/column.ts';
import type { QueryContext } from '../query-context.ts';
import type { ColumnType } from '../values/value.ts';
import type { ParameterType } from './scalar-function.ts';

/** A function over the rows in their order: one row of the registry. */
export type WindowFunction = {
  readonly name: string;
  readonly signature: string;
  readonly summary: string;
  readonly page: string;
  readonly parameters: readonly ParameterType[];
  readonly optional?: number;
  readonly rest?: ParameterType;
  readonly returns: (types: readonly ColumnType[]) => ColumnType;
  /** The result for every row of the whole serialized table. */
  readonly evaluate: (args: readonly Vector[], rowCount: number, context: QueryContext) => Column;
};

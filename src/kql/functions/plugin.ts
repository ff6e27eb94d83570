import type { Batch } from '../columns/batch.ts';
import type { Expression } from '../plan/expression.ts';
import type { QueryContext } from '../query-context.ts';
import type { ColumnDefinition, Value } from '../values/value.ts';

/** An argument of `evaluate plugin(…)`: a constant, a column of the input, or an expression over it. */
export type PluginArgument =
  | { readonly kind: 'constant'; readonly type: string; readonly value: Value }
  | { readonly kind: 'column'; readonly name: string; readonly index: number }
  | { readonly kind: 'expression'; readonly expression: Expression; readonly evaluate: (input: Batch) => Batch }
  /** An aggregate call, as pivot takes one. */
  | { readonly kind: 'aggregate'; readonly name: string; readonly arguments: readonly Expression[] }
  /** A second table, as the lookup plugins take one. */
  | { readonly kind: 'table'; readonly table: Batch };

/** A plugin of the evaluate operator: one row of the registry. */
export type Plugin = {
  readonly name: string;
  readonly signature: string;
  readonly summary: string;
  readonly page: string;
  /** The output's columns where they follow from the input's columns and the arguments alone; else undefined. */
  readonly columns?: (
    input: readonly ColumnDefinition[],
    args: readonly PluginArgument[],
  ) => readonly ColumnDefinition[] | undefined;
  readonly run: (input: Batch, args: readonly PluginArgument[], context: QueryContext) => Batch;
};

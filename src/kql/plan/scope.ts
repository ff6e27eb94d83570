import { ARRIVAL_COLUMN } from '../catalog.ts';
import type { SyntaxNode } from '../parse/syntax.ts';
import type { QueryContext } from '../query-context.ts';
import type { ColumnDefinition, ColumnType } from '../values/value.ts';
import type { Expression } from './expression.ts';
import { isSerialized } from './is-serialized.ts';
import type { Plan } from './plan.ts';

/** What a name means that is no column: a let statement, a function's argument, or an `as` name. */
export type Binding =
  | {
      readonly kind: 'scalar';
      readonly expression: Expression;
      /** Whose columns the expression reads, where it reads any (see Scope). */
      readonly rowIdentity?: object | undefined;
    }
  | { readonly kind: 'table'; readonly plan: Plan }
  /** A let statement, built where it is first used, in the scope in which it stands. */
  | { readonly kind: 'let'; readonly node: SyntaxNode; readonly scope: Scope; readonly built: { value?: Binding } }
  | { readonly kind: 'function'; readonly declaration: SyntaxNode; readonly scope: Scope }
  | { readonly kind: 'pattern'; readonly declaration: SyntaxNode; readonly scope: Scope };

/** What names mean at one place of a query. */
export type Scope = {
  readonly context: QueryContext;
  readonly bindings: ReadonlyMap<string, Binding>;
  /** The columns of the current row; absent outside a row. */
  readonly row: readonly ColumnDefinition[] | undefined;
  /** Tells the rows of one operator from those of another. */
  readonly rowIdentity?: object | undefined;
  /** Whether the rows have an order, so that window functions mean something. */
  readonly isSerialized?: boolean;
  /** The two inputs of a join's on-clause, where $left and $right mean something. */
  readonly sides?: { readonly left: readonly ColumnDefinition[]; readonly right: readonly ColumnDefinition[] };
  /** Columns that stand under a name of their own (the steps of scan): where they begin in the row. */
  readonly records?: ReadonlyMap<string, { readonly columns: readonly ColumnDefinition[]; readonly offset: number }>;
  /** Columns that other tables of a search have and the current row lacks: null in it. */
  readonly elsewhere?: ReadonlyMap<string, ColumnType>;
  /** What stands before the bar of the operator that is being built. */
  readonly piped?: SyntaxNode;
  /** Names given by `as`, which later parts of the same statement may read. */
  readonly aliases: Map<string, Plan>;
  /** Whether the operator that is being built asks when its rows arrived; absent where there are no rows. */
  readonly arrival?: { isRead: boolean };
  /** How deep user-defined functions call each other here. */
  readonly depth: number;
};

/** The scope of expressions over the rows of a plan. */
export const withRow = (scope: Scope, input: Plan): Scope => ({
  ...scope,
  row: input.columns,
  rowIdentity: {},
  isSerialized: isSerialized(input),
});

/** The columns of the current row that a query sees. */
export const visibleColumns = ({ row = [] }: Scope): readonly ColumnDefinition[] =>
  row.filter(({ name }) => name !== ARRIVAL_COLUMN.name);

export const withBinding = (scope: Scope, name: string, binding: Binding): Scope => ({
  ...scope,
  bindings: new Map([...scope.bindings, [name, binding]]),
});

import type { Batch } from '../columns/batch.ts';
import type { AggregateFunction } from '../functions/aggregate-function.ts';
import type { Plugin } from '../functions/plugin.ts';
import type { Span } from '../kql-error.ts';
import type { ColumnDefinition, ColumnType } from '../values/value.ts';
import type { Expression, NamedExpression } from './expression.ts';

/** A tabular expression, resolved: each operator with its input and the columns that it yields. */
export type Plan =
  | TablePlan
  | RowsPlan
  | PrintPlan
  | RangePlan
  | WherePlan
  | ExtendPlan
  | ProjectPlan
  | SummarizePlan
  | CountPlan
  | TakePlan
  | SortPlan
  | TopPlan
  | JoinPlan
  | UnionPlan
  | MvExpandPlan
  | MaterializePlan
  | BoundInputPlan
  | ParsePlan
  | ParseKvPlan
  | MakeSeriesPlan
  | MvApplyPlan
  | PartitionPlan
  | SamplePlan
  | RenderPlan
  | ScanPlan
  | ExternalDataPlan
  | TopNestedPlan
  | EvaluatePlan;

type Node<Operator extends string> = {
  readonly operator: Operator;
  readonly columns: readonly ColumnDefinition[];
};

type Unary<Operator extends string> = Node<Operator> & { readonly input: Plan };

/** A table of the catalog. */
export type TablePlan = Node<'table'> & {
  readonly name: string;
  /** What later operators keep, by the position of a datetime column; rows outside may be skipped. */
  readonly timeBounds?: readonly { readonly column: number; readonly fromTicks?: bigint; readonly toTicks?: bigint }[];
  /** The last column is the time at which the row arrived. */
  readonly withArrival?: true;
};

/** Rows that stand in the query text (datatable). */
export type RowsPlan = Node<'rows'> & { readonly batch: Batch };

export type PrintPlan = Node<'print'> & { readonly outputs: readonly NamedExpression[] };

export type RangePlan = Node<'range'> & {
  readonly from: Expression;
  readonly to: Expression;
  readonly step: Expression;
};

export type WherePlan = Unary<'where'> & { readonly predicate: Expression };

/** The input's columns with the outputs laid over them: an output replaces the column of its name or is appended. */
export type ExtendPlan = Unary<'extend'> & {
  readonly outputs: readonly NamedExpression[];
  /** serialize: from here on the rows have an order. */
  readonly serializes: boolean;
};

/** Exactly the outputs; project-away, project-rename and their like are projections too. */
export type ProjectPlan = Unary<'project'> & { readonly outputs: readonly NamedExpression[] };

/** One aggregate call; it fills as many of the result's columns as it has names. */
export type AggregateOutput = {
  readonly names: readonly string[];
  readonly function: AggregateFunction;
  readonly arguments: readonly Expression[];
  readonly span: Span;
};

/**
 * Groups by the keys. Columns: the keys, then what the aggregates yield; `outputs` are the final columns over those, for
 * aggregates inside expressions (`sum(a) / count()`).
 */
export type SummarizePlan = Unary<'summarize'> & {
  readonly keys: readonly NamedExpression[];
  readonly aggregates: readonly AggregateOutput[];
  readonly outputs: readonly NamedExpression[];
};

export type CountPlan = Unary<'count'>;
export type TakePlan = Unary<'take'> & { readonly count: Expression };

export type SortKey = {
  readonly expression: Expression;
  readonly direction: 'asc' | 'desc';
  readonly nulls: 'first' | 'last';
};

export type SortPlan = Unary<'sort'> & { readonly keys: readonly SortKey[] };
export type TopPlan = Unary<'top'> & { readonly count: Expression; readonly keys: readonly SortKey[] };

export type JoinKind =
  | 'innerunique'
  | 'inner'
  | 'leftouter'
  | 'rightouter'
  | 'fullouter'
  | 'leftsemi'
  | 'leftanti'
  | 'rightsemi'
  | 'rightanti';

/** Where an output column comes from: a position in the left or the right input. */
export type JoinOutput = { readonly side: 'left' | 'right'; readonly index: number };

export type JoinPlan = Node<'join'> & {
  readonly kind: JoinKind;
  readonly left: Plan;
  readonly right: Plan;
  /** Pairs of positions that must be equal. */
  readonly keys: readonly { readonly left: Expression; readonly right: Expression }[];
  readonly outputs: readonly JoinOutput[];
  /** Whether of several matches the last row of the right side comes first: so lookup gives them. */
  readonly lastMatchFirst?: boolean;
};

/** Each input with the expressions that turn its rows into rows of the union. */
export type UnionPlan = Node<'union'> & {
  readonly inputs: readonly { readonly plan: Plan; readonly outputs: readonly NamedExpression[] }[];
};

export type MvExpandPlan = Unary<'mv-expand'> & {
  /** For each expanded column its position in the output and the dynamic to expand. */
  readonly expansions: readonly { readonly index: number; readonly expression: Expression }[];
  readonly bagKind: 'bag' | 'array';
  readonly itemIndex: number | undefined;
  readonly limit: Expression | undefined;
};

/** A result that is computed once a run, however often it is read (materialize, as). */
export type MaterializePlan = Unary<'materialize'>;

/** The rows that an enclosing operator hands to its subquery, run by run (mv-apply, partition). */
export type BoundInputPlan = Node<'bound-input'> & { readonly key: object };

export type ParsePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'column'; readonly column: ColumnDefinition };

export type ParsePlan = Unary<'parse'> & {
  readonly source: Expression;
  readonly mode: 'simple' | 'relaxed' | 'regex';
  readonly flags: string;
  readonly parts: readonly ParsePart[];
  /** parse-where: rows that do not match drop out. */
  readonly dropsMisses: boolean;
};

export type ParseKvPlan = Unary<'parse-kv'> & {
  readonly source: Expression;
  readonly keys: readonly ColumnDefinition[];
  /** Empty where any sign separates. */
  readonly pairDelimiter: string;
  readonly kvDelimiter: string;
  readonly quotes: readonly { readonly open: string; readonly close: string }[];
  /** The characters that escape, one after another. */
  readonly escapes: string;
  readonly greedy: boolean;
  /** A regular expression with two groups, instead of delimiters. */
  readonly pattern: string | undefined;
};

export type MakeSeriesPlan = Unary<'make-series'> & {
  readonly axis: Expression;
  readonly axisName: string;
  readonly from: Expression | undefined;
  readonly to: Expression | undefined;
  readonly step: Expression;
  /** `in range(from, to, step)`: the end is inclusive and the bins are aligned as bin() aligns them. */
  readonly isRange: boolean;
  readonly nonEmpty: boolean;
  readonly keys: readonly NamedExpression[];
  readonly series: readonly {
    readonly name: string;
    readonly aggregate: AggregateOutput;
    readonly defaultValue: Expression | undefined;
  }[];
};

export type MvApplyPlan = Unary<'mv-apply'> & {
  /** The rows of one source row, as the subquery sees them: the input's columns with the expanded ones laid over them. */
  readonly expand: MvExpandPlan;
  readonly inputKey: object;
  readonly expandKey: object;
  readonly subquery: Plan;
  /** For each output column its position in the subquery's result, or in the source row. */
  readonly outputs: readonly { readonly side: 'subquery' | 'source'; readonly index: number }[];
};

export type PartitionPlan = Unary<'partition'> & {
  readonly by: Expression;
  readonly inputKey: object;
  readonly subquery: Plan;
};

export type SamplePlan = Unary<'sample'> & { readonly count: Expression };

/** How the result wants to be drawn; the rows pass unchanged. */
export type RenderPlan = Unary<'render'> & { readonly chart: string; readonly properties: ReadonlyMap<string, string> };

export type ScanStep = {
  readonly condition: Expression;
  readonly assignments: readonly { readonly column: number; readonly expression: Expression }[];
  readonly output: 'all' | 'last' | 'none';
};

/**
 * scan. Expressions see one row made of the record (input columns, then the declared ones) and, after it, the state of
 * each step, which has the same columns: column c of step s stands at (s + 1) × width + c.
 */
export type ScanPlan = Unary<'scan'> & {
  readonly record: readonly ColumnDefinition[];
  readonly row: readonly ColumnDefinition[];
  readonly defaults: readonly (Expression | undefined)[];
  readonly steps: readonly ScanStep[];
  readonly hasMatchId: boolean;
};

export type TopNestedLevel = {
  readonly count: Expression | undefined;
  readonly of: Expression;
  readonly aggregates: readonly AggregateOutput[];
  /** What ranks the values, over the columns of the aggregates. */
  readonly result: Expression;
  readonly direction: 'asc' | 'desc';
  readonly others: Expression | undefined;
};

/** Columns: for each level its value and its aggregate. */
export type TopNestedPlan = Unary<'top-nested'> & { readonly levels: readonly TopNestedLevel[] };

/** Rows of files outside the workspace; the catalog says which local file stands for an address. */
export type ExternalDataPlan = Node<'externaldata'> & {
  readonly uris: readonly string[];
  readonly format: string;
  readonly ignoreFirstRecord: boolean;
  readonly span: Span;
};

/** An argument of a plugin: an expression over the input's rows, an aggregate call, or another table. */
export type EvaluateArgument = {
  /** The name given to the argument (`name = …`). */
  readonly label: string | undefined;
} & (
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'aggregate'; readonly aggregate: AggregateOutput; readonly type: ColumnType }
  | { readonly kind: 'table'; readonly plan: Plan }
);

/** A plugin over its whole input. */
export type EvaluatePlan = Unary<'evaluate'> & {
  readonly plugin: Plugin;
  readonly arguments: readonly EvaluateArgument[];
  readonly span: Span;
};

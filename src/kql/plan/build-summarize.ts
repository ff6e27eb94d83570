import { constantValue } from '../expression/compile.ts';
import { refusedAggregates } from '../functions/aggregate/refused-aggregates.ts';
import { aggregateRegistry } from '../functions/registry.ts';
import { KqlError } from '../kql-error.ts';
import { child, listOf, type SyntaxNode } from '../parse/syntax.ts';
import type { ColumnDefinition, ColumnType } from '../values/value.ts';
import { buildExpression } from './build-expression.ts';
import { nameText } from './build-query.ts';
import type { Expression, NamedExpression } from './expression.ts';
import { boundColumns, columnOutput, definitionsOf, splitNamed } from './outputs.ts';
import type { AggregateOutput, Plan } from './plan.ts';
import { type Scope, visibleColumns, withRow } from './scope.ts';

export function buildSummarize(node: SyntaxNode, input: Plan, scope: Scope): Plan {
  const row = withRow(scope, input);
  const names = boundColumns(node).map(({ name }) => name);
  const by = node.children.ByClause === undefined ? [] : listOf(node.children.ByClause, 'Expressions');
  const keys = by.map((item, index): NamedExpression => {
    const { expression } = splitNamed(item);
    return { name: names[index] ?? `Column${index + 1}`, expression: buildExpression(expression, row) };
  });
  return summarize(input, keys, listOf(node, 'Aggregates'), names.slice(keys.length), row);
}

/** Groups `input` by the keys and computes the aggregate expressions, whose result columns are `names`, in order. */
export function summarize(
  input: Plan,
  keys: readonly NamedExpression[],
  items: readonly SyntaxNode[],
  names: readonly string[],
  row: Scope,
): Plan {
  const aggregates: AggregateOutput[] = [];
  const columns: ColumnDefinition[] = [...definitionsOf(keys)];
  const outputs: NamedExpression[] = columns.map(columnOutput);
  let next = 0;
  for (const item of items) {
    const { names: given, expression } = splitNamed(item);
    if (isAggregateCall(expression)) {
      const width = expression.type === undefined ? (expression.columns?.length ?? 1) : 1;
      const own =
        given.length > 0 ? names.slice(next, next + width) : resultNames(expression, names.slice(next, next + width));
      next += width;
      const types = addAggregate(expression, own, row, aggregates, keys);
      for (const [index, name] of own.entries()) {
        columns.push({ name, type: types[index] as ColumnType });
        outputs.push(columnOutput(columns.at(-1) as ColumnDefinition, columns.length - 1));
      }
    } else {
      const name = names[next++] ?? 'Column1';
      outputs.push({ name, expression: buildOverAggregates(expression, row, aggregates, columns) });
    }
  }
  return { operator: 'summarize', columns: definitionsOf(outputs), input, keys, aggregates, outputs };
}

/** Whether the node calls an aggregate. hll_merge and merge_tdigest are scalar functions too, of two arguments or more. */
export function isAggregateCall(node: SyntaxNode): boolean {
  if (node.kind !== 'FunctionCallExpression' || node.symbol?.kind !== 'Function') return false;
  const fn = aggregateRegistry.get(nameText(child(node, 'Name')));
  if (fn === undefined) return false;
  return fn.rest !== undefined || listOf(child(node, 'ArgumentList'), 'Expressions').length <= fn.parameters.length;
}

/** The names of the results of an unnamed call: the binder's, but where the engine is known to differ. */
function resultNames(node: SyntaxNode, bound: readonly string[]): readonly string[] {
  const fn = aggregateRegistry.get(nameText(child(node, 'Name')));
  const args = listOf(child(node, 'ArgumentList'), 'Expressions');
  const name = fn?.resultName?.(args.map(({ resultName }) => resultName));
  return name === undefined ? bound : [name];
}

/** Adds the call to `aggregates` and returns the types of its columns. */
function addAggregate(
  node: SyntaxNode,
  names: readonly string[],
  row: Scope,
  aggregates: AggregateOutput[],
  keys: readonly NamedExpression[],
): readonly ColumnType[] {
  const { output, types } = buildAggregate(node, names, row, keys);
  aggregates.push(output);
  return types;
}

/** One aggregate call with the names of its columns, and the types of these columns. */
export function buildAggregate(
  node: SyntaxNode,
  names: readonly string[],
  row: Scope,
  keys: readonly NamedExpression[] = [],
): { readonly output: AggregateOutput; readonly types: readonly ColumnType[] } {
  const fn = aggregateRegistry.get(nameText(child(node, 'Name')));
  if (fn === undefined) throw new KqlError('unsupported', `${node.text} is no aggregate`, { span: node.span });
  const args = aggregateArguments(node, row, keys);
  const constants = args.map((arg) => constantValue(arg, row.context));
  const returned = fn.returns(
    args.map((arg) => arg.type),
    constants,
  );
  return {
    output: { names, function: fn, arguments: args, span: node.span },
    types: typeof returned === 'string' ? [returned] : returned,
  };
}

/**
 * The arguments of an aggregate call, `*` as the columns that it stands for: all but those that are keys of the group
 * or named in the call. A column that is named twice beside a `*` comes once, as in the binder.
 */
function aggregateArguments(node: SyntaxNode, row: Scope, keys: readonly NamedExpression[]): readonly Expression[] {
  const items = listOf(child(node, 'ArgumentList'), 'Expressions');
  if (!items.some((item) => item.kind === 'StarExpression')) return items.map((item) => buildExpression(item, row));
  const columns = visibleColumns(row).map((column, index) => columnOutput(column, index));
  const used = new Set<string>();
  const keyColumns = keys.flatMap(({ expression }) => (expression.kind === 'column' ? [expression.name] : []));
  const args: Expression[] = [];
  for (const item of items) {
    const isStar = item.kind === 'StarExpression';
    const candidates = isStar
      ? columns.filter(({ name }) => !keyColumns.includes(name))
      : [{ name: item.resultName ?? '', expression: buildExpression(item, row) }];
    for (const { name, expression } of candidates) {
      if (used.has(name)) continue;
      if (columns.some((column) => column.name === name)) used.add(name);
      args.push(expression);
    }
  }
  return args;
}

/** Any expression of one value over aggregates, with the aggregates; its columns are theirs, in order. */
export function buildAggregation(
  node: SyntaxNode,
  row: Scope,
): { aggregates: readonly AggregateOutput[]; result: Expression } {
  const aggregates: AggregateOutput[] = [];
  const result = buildOverAggregates(node, row, aggregates, []);
  return { aggregates, result };
}

/** An expression over aggregates, such as `sum(a) / count()`: each aggregate inside becomes a hidden column. */
function buildOverAggregates(
  node: SyntaxNode,
  row: Scope,
  aggregates: AggregateOutput[],
  columns: ColumnDefinition[],
): Expression {
  const hidden = new Map<SyntaxNode, string>();
  const visit = (part: SyntaxNode): SyntaxNode => {
    if (isAggregateCall(part)) {
      const name = `$aggregate${columns.length}`;
      const [type] = addAggregate(part, [name], row, aggregates, []);
      columns.push({ name, type: type as ColumnType });
      hidden.set(part, name);
      return referenceTo(part, name);
    }
    refuseAggregate(part);
    // A subquery, as in toscalar(T | summarize sum(n)), computes its own aggregates.
    if (part.kind === 'PipeExpression') return part;
    const children = Object.fromEntries(Object.entries(part.children).map(([key, value]) => [key, visit(value)]));
    return { ...part, children, items: part.items.map(visit) };
  };
  const rewritten = visit(node);
  if (hidden.size === 0 && aggregates.length === 0 && columns.length === 0) {
    return buildExpression(node, { ...row, row: [] });
  }
  return buildExpression(rewritten, { ...row, row: columns });
}

function refuseAggregate(node: SyntaxNode): void {
  const name = node.kind === 'FunctionCallExpression' ? nameText(child(node, 'Name')) : '';
  const reason = refusedAggregates[name];
  if (reason !== undefined)
    throw new KqlError('unsupported', `${name} is not supported: ${reason}`, { span: node.span });
}

const referenceTo = (node: SyntaxNode, name: string): SyntaxNode => ({
  ...node,
  kind: 'NameReference',
  children: { Name: { ...node, kind: 'Token', text: name, valueText: name, children: {}, items: [] } },
  items: [],
  symbol: { name, kind: 'Column' },
});

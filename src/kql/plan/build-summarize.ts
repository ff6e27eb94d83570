import { constantValue } from '../expression/compile.ts';
import { aggregateRegistry } from '../functions/registry.ts';
import { KqlError } from '../kql-error.ts';
import { child, listOf, type SyntaxNode } from '../parse/syntax.ts';
import type { ColumnDefinition, ColumnType } from '../values/value.ts';
import { buildExpression } from './build-expression.ts';
import { nameText } from './build-query.ts';
import type { Expression, NamedExpression } from './expression.ts';
import { boundColumns, columnOutput, definitionsOf, splitNamed } from './outputs.ts';
import type { AggregateOutput, Plan } from './plan.ts';
import { type Scope, withRow } from './scope.ts';

export function buildSummarize(node: SyntaxNode, input: Plan, scope: Scope): Plan {
  const row = withRow(scope, input.columns);
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
    const { expression } = splitNamed(item);
    if (isAggregateCall(expression)) {
      const width = expression.type === undefined ? (expression.columns?.length ?? 1) : 1;
      const own = names.slice(next, next + width);
      next += width;
      const types = addAggregate(expression, own, row, aggregates);
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

export const isAggregateCall = (node: SyntaxNode): boolean =>
  node.kind === 'FunctionCallExpression' &&
  aggregateRegistry.has(nameText(child(node, 'Name'))) &&
  node.symbol?.kind === 'Function';

/** Adds the call to `aggregates` and returns the types of its columns. */
function addAggregate(
  node: SyntaxNode,
  names: readonly string[],
  row: Scope,
  aggregates: AggregateOutput[],
): readonly ColumnType[] {
  const fn = aggregateRegistry.get(nameText(child(node, 'Name')));
  if (fn === undefined) throw new KqlError('unsupported', `${node.text} is no aggregate`, { span: node.span });
  const args = listOf(child(node, 'ArgumentList'), 'Expressions').flatMap((arg): Expression[] =>
    arg.kind === 'StarExpression' ? starArguments(node, names, row) : [buildExpression(arg, row)],
  );
  const constants = args.map((arg) => constantValue(arg, row.context));
  const returned = fn.returns(
    args.map((arg) => arg.type),
    constants,
  );
  aggregates.push({ names, function: fn, arguments: args, span: node.span });
  return typeof returned === 'string' ? [returned] : returned;
}

/** `*` in arg_max(x, *) or take_any(*): the columns that the binder says come out, but for the ordered one itself. */
function starArguments(node: SyntaxNode, names: readonly string[], row: Scope): Expression[] {
  const bound = node.columns ?? [];
  const isArg = /^arg_(max|min)$|^arg(max|min)$/.test(nameText(child(node, 'Name')));
  const wanted = isArg ? bound.slice(1) : bound;
  if (wanted.length > names.length) throw new KqlError('internal', 'more columns than names', { span: node.span });
  return wanted.map(({ name }) => {
    const index = row.row?.findIndex((column) => column.name === name) ?? -1;
    const column = row.row?.[index];
    if (column === undefined) throw new KqlError('internal', `* yields no column ${name}`, { span: node.span });
    return columnOutput(column, index).expression;
  });
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
      const [type] = addAggregate(part, [name], row, aggregates);
      columns.push({ name, type: type as ColumnType });
      hidden.set(part, name);
      return referenceTo(part, name);
    }
    const children = Object.fromEntries(Object.entries(part.children).map(([key, value]) => [key, visit(value)]));
    return { ...part, children, items: part.items.map(visit) };
  };
  const rewritten = visit(node);
  if (hidden.size === 0 && aggregates.length === 0 && columns.length === 0) {
    return buildExpression(node, { ...row, row: [] });
  }
  return buildExpression(rewritten, { ...row, row: columns });
}

const referenceTo = (node: SyntaxNode, name: string): SyntaxNode => ({
  ...node,
  kind: 'NameReference',
  children: { Name: { ...node, kind: 'Token', text: name, valueText: name, children: {}, items: [] } },
  items: [],
  symbol: { name, kind: 'Column' },
});

import { KqlError } from '../kql-error.ts';
import { child, listOf, type SyntaxNode } from '../parse/syntax.ts';
import type { ColumnDefinition } from '../values/value.ts';
import { buildExpression } from './build-expression.ts';
import { orderable } from './build-sort.ts';
import { buildAggregation } from './build-summarize.ts';
import { boundColumns, splitNamed } from './outputs.ts';
import type { Plan, TopNestedLevel } from './plan.ts';
import { type Scope, withRow } from './scope.ts';

export function buildTopNested(node: SyntaxNode, input: Plan, scope: Scope): Plan {
  const row = withRow(scope, input);
  const clauses = listOf(node, 'Clauses');
  const names = namesOf(
    clauses,
    boundColumns(node).map(({ name }) => name),
  );
  const built = clauses.map((clause) => buildLevel(clause, row));
  const columns = built.flatMap(({ level, type }, index): ColumnDefinition[] => [
    { name: names[index * 2] ?? '', type: level.of.type },
    { name: names[index * 2 + 1] ?? '', type },
  ]);
  return { operator: 'top-nested', columns, input, levels: built.map(({ level }) => level) };
}

/** The binder's names, but where it has none: a value without a name is ColumnN, and its aggregate is named after it. */
function namesOf(clauses: readonly SyntaxNode[], bound: readonly string[]): readonly string[] {
  let unnamed = 0;
  return clauses.flatMap((clause, level) => {
    const of = splitNamed(child(clause, 'OfExpression'));
    if (of.names.length > 0 || of.expression.resultName !== undefined) return bound.slice(level * 2, level * 2 + 2);
    const value = `Column${++unnamed}`;
    const by = child(clause, 'ByExpression');
    const ranked = splitNamed(by.kind === 'OrderedExpression' ? child(by, 'Expression') : by);
    return [value, ranked.names[0] ?? `aggregated_${value}`];
  });
}

function buildLevel(clause: SyntaxNode, row: Scope): { level: TopNestedLevel; type: ColumnDefinition['type'] } {
  const by = child(clause, 'ByExpression');
  const ordered = by.kind === 'OrderedExpression' ? child(by, 'Expression') : by;
  const { aggregates, result } = buildAggregation(splitNamed(ordered).expression, row);
  if (aggregates.length === 0)
    throw new KqlError('binding', 'top-nested orders by an aggregate', { span: ordered.span });
  const of = splitNamed(child(clause, 'OfExpression')).expression;
  const count = clause.children.Expression;
  const others = clause.children.WithOthersClause;
  return {
    level: {
      count: count === undefined ? undefined : buildExpression(count, row),
      of: orderable(buildExpression(of, row), of),
      aggregates,
      result,
      direction: by.children.Ordering?.children.AscOrDescKeyword?.text === 'asc' ? 'asc' : 'desc',
      others: others === undefined ? undefined : buildExpression(child(others, 'Expression'), row),
    },
    type: result.type,
  };
}

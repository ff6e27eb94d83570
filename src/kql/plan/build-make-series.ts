import { KqlError } from '../kql-error.ts';
import { child, listOf, type SyntaxNode } from '../parse/syntax.ts';
import type { ColumnDefinition, ColumnType } from '../values/value.ts';
import { buildExpression } from './build-expression.ts';
import { orderable } from './build-sort.ts';
import { buildAggregate, isAggregateCall } from './build-summarize.ts';
import type { Expression, NamedExpression } from './expression.ts';
import { parameterText } from './operator-parameters.ts';
import { boundColumns, splitNamed } from './outputs.ts';
import type { MakeSeriesPlan, Plan } from './plan.ts';
import { type Scope, withRow } from './scope.ts';

export function buildMakeSeries(node: SyntaxNode, input: Plan, scope: Scope): Plan {
  const row = withRow(scope, input);
  const names = boundColumns(node).map(({ name }) => name);
  const by = node.children.ByClause === undefined ? [] : listOf(node.children.ByClause, 'Expressions');
  const keys = by.map(
    (item, index): NamedExpression => ({
      name: names[index] ?? `Column${index + 1}`,
      expression: orderable(buildExpression(splitNamed(item).expression, row), item),
    }),
  );
  const series = listOf(node, 'Aggregates').map((item, index) =>
    buildSeries(item, names[keys.length + index] ?? 'Column1', row),
  );
  const axis = buildExpression(splitNamed(child(child(node, 'OnClause'), 'Expression')).expression, row);
  const axisName = names[keys.length + series.length] ?? 'Column1';
  const columns: ColumnDefinition[] = [
    ...keys.map(({ name, expression }) => ({ name, type: expression.type })),
    ...series.map(({ name }) => ({ name, type: 'dynamic' as const })),
    { name: axisName, type: 'dynamic' },
  ];
  const nonEmpty = parameterText(node, 'kind') === 'nonempty';
  return {
    operator: 'make-series',
    columns,
    input,
    axis,
    axisName,
    keys,
    series,
    nonEmpty,
    ...rangeOf(child(node, 'RangeClause'), scope),
  };
}

const seriesTypes: ReadonlySet<ColumnType> = new Set(['int', 'long', 'real', 'decimal', 'datetime', 'timespan']);

function buildSeries(item: SyntaxNode, name: string, row: Scope): MakeSeriesPlan['series'][number] {
  const call = splitNamed(child(item, 'Expression')).expression;
  if (!isAggregateCall(call)) {
    throw new KqlError('unsupported', 'make-series takes one aggregate function a series', {
      span: item.span,
      hint: 'compute with the series afterwards, with series_…() functions',
    });
  }
  const defaultNode = item.children.DefaultExpression;
  const defaultValue = defaultNode === undefined ? undefined : buildExpression(child(defaultNode, 'Expression'), row);
  const { output, types } = buildAggregate(call, [name], row);
  if (types.some((type) => !seriesTypes.has(type))) {
    throw new KqlError('binding', `make-series takes aggregates that give numbers or times, not ${types.join(', ')}`, {
      span: call.span,
    });
  }
  return { name, aggregate: output, defaultValue };
}

type Range = Pick<MakeSeriesPlan, 'from' | 'to' | 'step' | 'isRange'>;

function rangeOf(clause: SyntaxNode, scope: Scope): Range {
  if (clause.kind === 'MakeSeriesInRangeClause') {
    const [from, to, step] = listOf(child(clause, 'Arguments'), 'Expressions').map((item) =>
      buildExpression(item, scope),
    );
    if (step === undefined)
      throw new KqlError('binding', 'in range() takes a start, an end and a step', { span: clause.span });
    return { from, to, step, isRange: true };
  }
  const part = (name: string): Expression | undefined => {
    const found = clause.children[name];
    return found === undefined ? undefined : buildExpression(child(found, 'Expression'), scope);
  };
  const step = part('MakeSeriesStepClause');
  if (step === undefined) throw new KqlError('binding', 'make-series needs a step', { span: clause.span });
  return { from: part('MakeSeriesFromClause'), to: part('MakeSeriesToClause'), step, isRange: false };
}

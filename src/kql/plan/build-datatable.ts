import { batchOf } from '../columns/batch.ts';
import { constantValue } from '../expression/compile.ts';
import { KqlError } from '../kql-error.ts';
import { listOf, type SyntaxNode } from '../parse/syntax.ts';
import { convertValue } from '../values/convert.ts';
import type { Value } from '../values/value.ts';
import { buildExpression } from './build-expression.ts';
import { isNowLiteral } from './build-literal.ts';
import { boundColumns } from './outputs.ts';
import type { Plan } from './plan.ts';
import type { Scope } from './scope.ts';

export function buildDatatable(node: SyntaxNode, scope: Scope): Plan {
  const columns = boundColumns(node);
  const values = listOf(node, 'Values');
  if (columns.length === 0 || values.length % columns.length !== 0) {
    throw new KqlError('binding', `${values.length} values do not fill rows of ${columns.length} columns`, {
      span: node.span,
    });
  }
  const rows: Value[][] = [];
  for (const [index, item] of values.entries()) {
    const column = columns[index % columns.length] as (typeof columns)[number];
    if (isNowLiteral(item)) {
      throw new KqlError('unsupported', 'the time of the query in a datatable is not supported', {
        span: item.span,
        hint: 'leave the column out and add it with extend … = now()',
      });
    }
    const expression = buildExpression(item, scope);
    const value = constantValue(expression, scope.context);
    if (value === undefined) throw new KqlError('binding', 'a datatable holds constants only', { span: item.span });
    if (index % columns.length === 0) rows.push([]);
    rows.at(-1)?.push(convertValue(value, expression.type, column.type));
  }
  return { operator: 'rows', columns, batch: batchOf(columns, rows) };
}

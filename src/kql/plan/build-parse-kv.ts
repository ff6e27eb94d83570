import { constantValue } from '../expression/compile.ts';
import { KqlError } from '../kql-error.ts';
import { child, listOf, type SyntaxNode } from '../parse/syntax.ts';
import { formatValue } from '../values/convert.ts';
import { buildExpression } from './build-expression.ts';
import { overlay } from './build-extend.ts';
import { declaredColumn } from './build-parse.ts';
import { nameText } from './build-query.ts';
import { literal } from './expression.ts';
import type { ParseKvPlan, Plan } from './plan.ts';
import { type Scope, withRow } from './scope.ts';

export function buildParseKv(node: SyntaxNode, input: Plan, scope: Scope): Plan {
  const keys = listOf(child(node, 'Keys'), 'Columns').map(declaredColumn);
  const clause = node.children.WithClause;
  const properties = new Map(
    (clause === undefined ? [] : listOf(clause, 'Properties')).map((property) => [
      nameText(child(property, 'Name')).toLowerCase(),
      propertyValue(child(property, 'Expression'), scope),
    ]),
  );
  if (properties.has('regex'))
    throw new KqlError('unsupported', 'parse-kv with regex is not supported', { span: node.span });
  return {
    operator: 'parse-kv',
    columns: overlay(
      input.columns,
      keys.map(({ name, type }) => ({ name, expression: literal(type, null) })),
    ),
    input,
    source: buildExpression(child(node, 'Expression'), withRow(scope, input)),
    keys,
    pairDelimiters: properties.get('pair_delimiter') ?? '',
    kvDelimiters: properties.get('kv_delimiter') ?? '=',
    quotes: quotesOf(properties.get('quote')),
    escape: properties.get('escape'),
    greedy: properties.get('greedy') === 'True',
  };
}

function propertyValue(node: SyntaxNode, scope: Scope): string {
  const expression = buildExpression(node, scope);
  const value = constantValue(expression, scope.context);
  return value === undefined ? '' : formatValue(value, expression.type);
}

/** One character opens and closes; two open and close; more come in pairs. */
function quotesOf(text: string | undefined): ParseKvPlan['quotes'] {
  if (text === undefined || text === '') return [];
  if (text.length === 1) return [{ open: text, close: text }];
  return Array.from({ length: Math.floor(text.length / 2) }, (_, pair) => ({
    open: text[pair * 2] as string,
    close: text[pair * 2 + 1] as string,
  }));
}

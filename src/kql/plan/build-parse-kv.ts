import { constantValue } from '../expression/compile.ts';
import { compilePattern } from '../functions/regular-expression.ts';
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
  const properties = (clause === undefined ? [] : listOf(clause, 'Properties')).map((property) => ({
    name: nameText(child(property, 'Name')).toLowerCase(),
    value: propertyValue(child(property, 'Expression'), scope),
  }));
  const all = (name: string): string[] =>
    properties.flatMap((property) => (property.name === name ? property.value : []));
  const [pattern] = all('regex');
  if (pattern !== undefined) checkGroups(pattern, node);
  return {
    operator: 'parse-kv',
    columns: overlay(
      input.columns,
      keys.map(({ name, type }) => ({ name, expression: literal(type, null) })),
    ),
    input,
    source: buildExpression(child(node, 'Expression'), withRow(scope, input)),
    keys,
    pairDelimiter: all('pair_delimiter')[0] ?? '',
    kvDelimiter: all('kv_delimiter')[0] ?? '',
    quotes: all('quote').flatMap(quotesOf),
    escapes: all('escape').join(''),
    greedy: all('greedy')[0] === 'True',
    pattern,
  };
}

function propertyValue(node: SyntaxNode, scope: Scope): string {
  const expression = buildExpression(node, scope);
  const value = constantValue(expression, scope.context);
  return value === undefined ? '' : formatValue(value, expression.type);
}

function checkGroups(pattern: string, { span }: SyntaxNode): void {
  const groups = compilePattern(pattern).matcher('').groupCount();
  if (groups === 2) return;
  throw new KqlError('binding', `the regex of parse-kv has two groups, a key and its value; this one has ${groups}`, {
    span,
  });
}

/** One character opens and closes; two open and close. */
function quotesOf(text: string): ParseKvPlan['quotes'] {
  const [open, close = open] = text;
  return open === undefined || close === undefined ? [] : [{ open, close }];
}

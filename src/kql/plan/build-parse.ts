import { KqlError } from '../kql-error.ts';
import { child, listOf, type SyntaxNode } from '../parse/syntax.ts';
import { type ColumnDefinition, type ColumnType, columnTypes } from '../values/value.ts';
import { buildExpression } from './build-expression.ts';
import { nameText } from './build-query.ts';
import { parameterText } from './operator-parameters.ts';
import type { ParsePart, ParsePlan, Plan } from './plan.ts';
import { type Scope, withRow } from './scope.ts';

/** parse and parse-where. */
export function buildParse(node: SyntaxNode, input: Plan, scope: Scope): Plan {
  const source = buildExpression(child(node, 'Expression'), withRow(scope, input));
  const parts = listOf(node, 'Patterns').map(buildPart);
  const columns = new Map(input.columns.map((column) => [column.name, column]));
  for (const part of parts) if (part.kind === 'column') columns.set(part.column.name, part.column);
  return {
    operator: 'parse',
    columns: [...columns.values()],
    input,
    source,
    mode: (parameterText(node, 'kind') ?? 'simple') as ParsePlan['mode'],
    flags: parameterText(node, 'flags') ?? '',
    parts,
    dropsMisses: node.kind === 'ParseWhereOperator',
  };
}

function buildPart(node: SyntaxNode): ParsePart {
  switch (node.kind) {
    case 'StarExpression':
      return { kind: 'any' };
    case 'StringLiteralExpression':
      return { kind: 'text', text: child(node, 'Token').valueText };
    case 'CompoundStringLiteralExpression':
      return {
        kind: 'text',
        text: listOf(node, 'Tokens')
          .map(({ valueText }) => valueText)
          .join(''),
      };
    case 'NameDeclaration':
      return { kind: 'column', column: { name: nameText(node), type: 'string' } };
    case 'NameAndTypeDeclaration':
      return { kind: 'column', column: declaredColumn(node) };
    default:
      throw new KqlError('unsupported', `${node.kind} is no part of a parse pattern`, { span: node.span });
  }
}

/** `name: type` in a pattern or a schema. */
export function declaredColumn(node: SyntaxNode): ColumnDefinition {
  const written = child(node, 'Type');
  const type =
    child(node, 'Name').symbol === undefined ? undefined : (child(node, 'Name').type ?? written.symbol?.name);
  const name = type ?? written.symbol?.name ?? written.text;
  if (!(columnTypes as readonly string[]).includes(name)) {
    throw new KqlError('binding', `there is no type ${written.text}`, { span: written.span });
  }
  return { name: nameText(child(node, 'Name')), type: name as ColumnType };
}

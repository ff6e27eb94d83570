import { Decimal } from 'decimal.js';
import { KqlError } from '../kql-error.ts';
import { child, listOf, type SyntaxNode } from '../parse/syntax.ts';
import { convertValue, parseDecimal, parseGuid, parseLong, parseReal, toDynamic } from '../values/convert.ts';
import type { DynamicValue } from '../values/dynamic.ts';
import { parseDatetime } from '../values/parse-datetime.ts';
import { parseTimespan } from '../values/timespan.ts';
import type { ColumnType, Value } from '../values/value.ts';
import { type Literal, literal } from './expression.ts';

type LiteralReader = (text: string) => Value | undefined;

/** How the text of each kind of literal is read; undefined means that the text is none. `null` is read before. */
const readers: Readonly<Record<string, { readonly type: ColumnType; readonly read: LiteralReader }>> = {
  LongLiteralExpression: { type: 'long', read: (text) => parseLong(text) ?? undefined },
  IntLiteralExpression: { type: 'int', read: (text) => convertValue(parseLong(text), 'long', 'int') ?? undefined },
  RealLiteralExpression: { type: 'real', read: (text) => parseReal(text) ?? undefined },
  DecimalLiteralExpression: { type: 'decimal', read: (text) => parseDecimal(text) ?? undefined },
  BooleanLiteralExpression: { type: 'bool', read: (text) => convertValue(text, 'string', 'bool') ?? undefined },
  DateTimeLiteralExpression: {
    type: 'datetime',
    read: (text) =>
      parseDatetime(text.replace(/^(\d{4})\s*[,-]\s*(\d{1,2})\s*[,-]\s*(\d{1,2})$/, '$1-$2-$3')) ?? undefined,
  },
  TimespanLiteralExpression: { type: 'timespan', read: (text) => parseTimespan(text) ?? undefined },
  GuidLiteralExpression: { type: 'guid', read: (text) => parseGuid(text) ?? undefined },
};

export const isLiteral = (node: SyntaxNode): boolean =>
  node.kind in readers ||
  node.kind === 'StringLiteralExpression' ||
  node.kind === 'CompoundStringLiteralExpression' ||
  node.kind === 'NullLiteralExpression' ||
  node.kind === 'DynamicExpression' ||
  node.kind === 'JsonArrayExpression' ||
  node.kind === 'JsonObjectExpression';

/** datetime(now), and datetime() as the page of the type has it: the one literal whose value is not in the text. */
export const isNowLiteral = (node: SyntaxNode): boolean =>
  node.kind === 'DateTimeLiteralExpression' && ['now', ''].includes(child(node, 'Token').valueText.trim());

/** A literal with its value. */
export function buildLiteral(node: SyntaxNode): Literal {
  switch (node.kind) {
    case 'StringLiteralExpression':
      return literal('string', child(node, 'Token').valueText);
    case 'CompoundStringLiteralExpression':
      return literal(
        'string',
        listOf(node, 'Tokens')
          .map((token) => token.valueText)
          .join(''),
      );
    case 'NullLiteralExpression':
      return literal('dynamic', null);
    case 'DynamicExpression':
      return literal('dynamic', dynamicLiteral(child(node, 'Expression')));
    case 'JsonArrayExpression':
    case 'JsonObjectExpression':
      return literal('dynamic', dynamicLiteral(node));
    default:
      return typedLiteral(node);
  }
}

function typedLiteral(node: SyntaxNode): Literal {
  const reader = readers[node.kind];
  if (reader === undefined)
    throw new KqlError('unsupported', `${node.kind} is no literal that the engine knows`, { span: node.span });
  if (isNowLiteral(node))
    throw new KqlError('unsupported', 'datetime(now) is not supported here', {
      span: node.span,
      hint: 'use now() in an extend',
    });
  // Of a type's other names (int32, int64) the parser leaves the name in the text.
  const text = child(node, 'Token')
    .valueText.trim()
    .replace(/^int(?:32|64)\((.*)\)$/s, '$1')
    .trim();
  if (text === 'null' || text === '') return literal(reader.type, null);
  const value = reader.read(text);
  if (value === undefined) {
    throw new KqlError('binding', `'${text}' is no ${reader.type}`, { span: node.span });
  }
  return literal(reader.type, value);
}

/** The value inside `dynamic(…)`: JSON, with KQL's own literals for datetimes and their like. */
function dynamicLiteral(node: SyntaxNode): DynamicValue {
  switch (node.kind) {
    case 'JsonArrayExpression':
      return listOf(node, 'Values').map((item) => dynamicLiteral(item));
    case 'JsonObjectExpression':
      return new Map(
        listOf(node, 'Pairs').map((pair) => [child(pair, 'Name').valueText, dynamicLiteral(child(pair, 'Value'))]),
      );
    case 'UnaryMinusExpression':
      return minimumLong(node) ?? negate(dynamicLiteral(child(node, 'Expression')));
    case 'ParenthesizedExpression':
      return dynamicLiteral(child(node, 'Expression'));
    default: {
      const { type, value } = buildLiteral(node);
      return type === 'dynamic' ? (value as DynamicValue) : toDynamic(value, type);
    }
  }
}

const negate = (value: DynamicValue): DynamicValue =>
  typeof value === 'bigint' || typeof value === 'number' ? -value : value instanceof Decimal ? null : value;

/** -9223372036854775808: its digits alone are no long; undefined for every other negation. */
export function minimumLong(node: SyntaxNode): bigint | undefined {
  const digits = node.children.Expression?.children.Token?.valueText;
  return digits === '9223372036854775808' ? -(2n ** 63n) : undefined;
}

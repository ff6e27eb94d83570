import type { Expression } from '../plan/expression.ts';
import { formatValue } from '../values/convert.ts';
import type { DynamicValue } from '../values/dynamic.ts';
import { formatJson } from '../values/json.ts';
import type { ColumnType, Value } from '../values/value.ts';

/** The expression as a person would write it, near enough to KQL to be recognised. */
export function describeExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
      return describeLiteral(expression.value, expression.type);
    case 'column':
      return expression.name;
    case 'toscalar':
      return 'toscalar(…)';
    case 'column-values':
      return '(…)';
    case 'window':
      return describeCall(expression.function.name, expression.arguments);
    case 'call':
      return describeCall(expression.function.name, expression.arguments);
    default:
      return expression satisfies never;
  }
}

function describeCall(name: string, args: readonly Expression[]): string {
  const [first, second] = args;
  if (name === 'unary-minus' && first !== undefined) return `-${operand(first)}`;
  if (name === 'dynamic-member' && first !== undefined && second !== undefined) {
    return `${operand(first)}[${describeExpression(second)}]`;
  }
  if (isInfix(name) && first !== undefined) {
    const rest = args.slice(1);
    if (rest.length === 1) return `${operand(first)} ${name} ${operand(rest[0] as Expression)}`;
    return `${operand(first)} ${name} (${rest.map(describeExpression).join(', ')})`;
  }
  return `${name}(${args.map(describeExpression).join(', ')})`;
}

/** Names of operators that stand between their operands: signs, and the words of the text operators. */
const isInfix = (name: string): boolean =>
  /^[^\w]/.test(name) || /^(and|or|in~?|(has|contains|startswith|endswith)\w*|matches regex)$/.test(name);

function operand(expression: Expression): string {
  const text = describeExpression(expression);
  return expression.kind === 'call' && isInfix(expression.function.name) ? `(${text})` : text;
}

const MAX_LITERAL = 40;

function describeLiteral(value: Value, type: ColumnType): string {
  if (value === null) return `${type}(null)`;
  if (type === 'string') return JSON.stringify(shorten(value as string));
  if (type === 'dynamic') return `dynamic(${shorten(formatJson(value as DynamicValue))})`;
  const text = formatValue(value, type);
  return type === 'datetime' || type === 'guid' || type === 'decimal' ? `${type}(${text})` : text;
}

const shorten = (text: string): string => (text.length > MAX_LITERAL ? `${text.slice(0, MAX_LITERAL - 1)}…` : text);

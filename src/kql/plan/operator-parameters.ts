import { child, listOf, type SyntaxNode } from '../parse/syntax.ts';
import { nameText } from './build-query.ts';

/** The value of an operator's parameter (`kind=inner`, `withsource=Name`) as its node; undefined where it is not given. */
export function operatorParameter(node: SyntaxNode, name: string): SyntaxNode | undefined {
  const found = listOf(node, 'Parameters').find(
    (parameter) => nameText(child(parameter, 'Name')).toLowerCase() === name,
  );
  return found === undefined ? undefined : child(found, 'Expression');
}

/** A parameter whose value is a word or a name, as text. */
export function parameterText(node: SyntaxNode, name: string): string | undefined {
  const value = operatorParameter(node, name);
  if (value === undefined) return undefined;
  return value.children.Token === undefined ? nameText(value) : value.children.Token.valueText;
}

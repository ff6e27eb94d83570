import { KqlError } from '../kql-error.ts';
import { child, listOf, type SyntaxNode } from '../parse/syntax.ts';
import { nameText } from '../plan/build-query.ts';
import type { Stage } from './find-stage.ts';

/**
 * The call of a function as a query of its own: the statements before it, a let statement for each parameter, and the
 * function's body.
 */
export function callText({ node, statementStart }: Stage, declaration: SyntaxNode, text: string): string {
  const isInvoke = node.kind === 'PipeExpression';
  const call = isInvoke ? child(child(node, 'Operator'), 'Function') : node;
  const given = node.kind === 'NameReference' ? [] : listOf(child(call, 'ArgumentList'), 'Expressions');
  const textOf = ({ span }: SyntaxNode): string => text.slice(span.start, span.end);
  const args = given.map((argument) => ({ node: argument, text: textOf(argument) }));
  const piped = isInvoke ? textOf(child(node, 'Expression')) : undefined;
  const parameters = declaration.children.Parameters;
  const bindings = bindParameters(parameters === undefined ? [] : listOf(parameters, 'Parameters'), args, piped, call);
  const body = child(declaration, 'Body').text.replace(/^\{/, '').replace(/\}$/, '');
  return [text.slice(0, statementStart), ...bindings, body].join('\n');
}

type Given = { readonly node: SyntaxNode; readonly text: string };

function bindParameters(
  parameters: readonly SyntaxNode[],
  args: readonly Given[],
  piped: string | undefined,
  call: SyntaxNode,
): readonly string[] {
  const named = new Map(
    args.flatMap(({ node, text }): [string, string][] =>
      node.kind === 'SimpleNamedExpression'
        ? [[nameText(child(node, 'Name')), text.slice(child(node, 'Expression').span.start - node.span.start)]]
        : [],
    ),
  );
  const positional = args.filter(({ node }) => node.kind !== 'SimpleNamedExpression').map(({ text }) => text);
  if (piped !== undefined) positional.unshift(piped);
  let position = 0;
  return parameters.map((parameter) => {
    const declared = child(parameter, 'NameAndType');
    const name = nameText(child(declared, 'Name'));
    const value = named.get(name) ?? positional[position++] ?? parameter.children.DefaultValue?.children.Value?.text;
    if (value === undefined) throw new KqlError('binding', `the argument ${name} is missing`, { span: call.span });
    const type = child(declared, 'Name').type;
    const quoted = `['${name.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}']`;
    return `let ${quoted} = ${type === undefined ? value : `to${type}(${value})`};`;
  });
}

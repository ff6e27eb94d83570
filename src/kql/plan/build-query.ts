import { KqlError } from '../kql-error.ts';
import { child, listOf, type SyntaxNode } from '../parse/syntax.ts';
import type { QueryContext } from '../query-context.ts';
import { buildPlan } from './build-plan.ts';
import type { Plan } from './plan.ts';
import { type Scope, withBinding } from './scope.ts';

/** The plan of a query: its let statements as bindings, its tabular statement as the plan. */
export function buildQuery(root: SyntaxNode, context: QueryContext): Plan {
  const scope: Scope = { context, bindings: new Map(), row: undefined, aliases: new Map(), depth: 0 };
  return buildStatements(listOf(root, 'Statements'), scope, root);
}

function buildStatements(statements: readonly SyntaxNode[], initial: Scope, root: SyntaxNode): Plan {
  let scope = initial;
  let result: Plan | undefined;
  for (const statement of statements) {
    if (statement.kind === 'ExpressionStatement') {
      if (result !== undefined) {
        throw new KqlError('unsupported', 'a query with several tabular statements gives several results', {
          span: statement.span,
          hint: 'run them one by one, or join them with union',
        });
      }
      result = buildPlan(child(statement, 'Expression'), scope);
    } else scope = declareStatement(statement, scope);
  }
  if (result === undefined) throw new KqlError('syntax', 'the query has no tabular statement', { span: root.span });
  return result;
}

/** The scope after a statement that declares something. */
export function declareStatement(statement: SyntaxNode, scope: Scope): Scope {
  switch (statement.kind) {
    case 'LetStatement': {
      const name = nameText(child(statement, 'Name'));
      const node = child(statement, 'Expression');
      if (node.kind === 'FunctionDeclaration')
        return withBinding(scope, name, { kind: 'function', declaration: node, scope });
      return withBinding(scope, name, { kind: 'let', node, scope, built: {} });
    }
    case 'SetOptionStatement':
      return scope;
    case 'QueryParametersStatement':
      return declareParameters(statement, scope);
    default:
      throw new KqlError('unsupported', `${statement.kind} is not supported`, { span: statement.span });
  }
}

/** The name that a declaration or reference gives, brackets and quotes resolved. */
export function nameText(node: SyntaxNode): string {
  if (node.kind === 'Token') return node.valueText;
  if (node.children.Token !== undefined) return node.children.Token.valueText;
  const inner = node.children.Name ?? node.children.Pattern;
  return inner === undefined ? node.text : nameText(inner);
}

/** declare query_parameters(…): each takes the value that the caller gives, or its default. */
function declareParameters(statement: SyntaxNode, scope: Scope): Scope {
  return listOf(statement, 'Parameters').reduce((inner, parameter) => {
    const declaration = child(parameter, 'NameAndType');
    const name = nameText(child(declaration, 'Name'));
    const node = parameter.children.DefaultValue?.children.Value;
    if (node === undefined) {
      throw new KqlError('unavailable', `the query parameter ${name} has no value`, {
        span: parameter.span,
        hint: `give it a default: declare query_parameters(${name}: ${child(declaration, 'Type').text} = …)`,
      });
    }
    return withBinding(inner, name, { kind: 'let', node, scope: inner, built: {} });
  }, scope);
}

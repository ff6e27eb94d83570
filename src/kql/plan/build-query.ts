import { KqlError } from '../kql-error.ts';
import { child, listOf, type SyntaxNode } from '../parse/syntax.ts';
import type { QueryContext } from '../query-context.ts';
import { declareBinAuto } from './build-bin-auto.ts';
import { buildPlan, refusedNode } from './build-plan.ts';
import { resultOperators } from './operator-builders.ts';
import type { Plan } from './plan.ts';
import { restrictScope } from './restrict-scope.ts';
import type { ResultPlan } from './result-plan.ts';
import { type Scope, withBinding } from './scope.ts';

/** The plan of a query that gives one table: its first, where it gives several. */
export function buildQuery(root: SyntaxNode, context: QueryContext): Plan {
  return (buildResults(root, context)[0] as ResultPlan).plan;
}

/** The plans of a query: its let statements as bindings, each tabular statement as a plan, fork and facet as several. */
export function buildResults(root: SyntaxNode, context: QueryContext): readonly ResultPlan[] {
  let scope: Scope = { context, bindings: new Map(), row: undefined, aliases: new Map(), depth: 0 };
  const results: ResultPlan[] = [];
  for (const statement of listOf(root, 'Statements')) {
    if (statement.kind === 'ExpressionStatement') results.push(...resultsOf(child(statement, 'Expression'), scope));
    else scope = declareStatement(statement, scope);
  }
  if (results.length > 0) return results;
  throw new KqlError('syntax', 'the query has no tabular statement', {
    span: root.span,
    hint: 'end it with what it shall return: a table, or print for a value',
  });
}

/** The results of a tabular statement, which may end in an operator that gives several. */
function resultsOf(node: SyntaxNode, scope: Scope): readonly ResultPlan[] {
  const operator = node.kind === 'PipeExpression' ? child(node, 'Operator') : undefined;
  const build = operator === undefined ? undefined : resultOperators[operator.kind];
  if (operator === undefined || build === undefined) return [{ name: undefined, plan: buildPlan(node, scope) }];
  return build(operator, buildPlan(child(node, 'Expression'), scope), scope);
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
      return declareBinAuto(statement, checkOption(statement), scope);
    case 'PatternStatement':
      return declarePattern(statement, scope);
    case 'RestrictStatement':
      return restrictScope(statement, scope);
    case 'QueryParametersStatement':
      return declareParameters(statement, scope);
    default:
      throw refusedNode(statement);
  }
}

/** Request properties that would change a result and that the engine does not follow; all others steer the service. */
const refusedOptions: ReadonlySet<string> = new Set([
  'query_datetimescope_column',
  'query_datetimescope_from',
  'query_datetimescope_to',
  'query_now',
  'query_take_max_records',
]);

/** The name of the property. */
function checkOption(statement: SyntaxNode): string {
  const name = nameText(child(statement, 'Name'));
  if (!refusedOptions.has(name)) return name;
  throw new KqlError('unsupported', `set ${name} is not supported: it would change the result`, {
    span: statement.span,
    hint: 'say it in the query, or run the query at another time (--now)',
  });
}

/** The name that a declaration or reference gives, brackets and quotes resolved. */
export function nameText(node: SyntaxNode): string {
  if (node.kind === 'Token') return node.valueText;
  if (node.children.Token !== undefined) return node.children.Token.valueText;
  const inner = node.children.Name ?? node.children.Pattern;
  return inner === undefined ? node.text : nameText(inner);
}

/** declare pattern; one without a mapping waits for the application that sends the query, and maps nothing. */
function declarePattern(statement: SyntaxNode, scope: Scope): Scope {
  const declaration = statement.children.Pattern;
  if (declaration === undefined) return scope;
  return withBinding(scope, nameText(child(statement, 'Name')), { kind: 'pattern', declaration, scope });
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

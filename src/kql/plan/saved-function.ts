import type { Catalog } from '../catalog.ts';
import { KqlError, positionOf, type Span } from '../kql-error.ts';
import { analyzeQuery } from '../parse/parse-query.ts';
import { splitDefinition } from '../parse/split-definition.ts';
import { child, listOf, type SyntaxNode } from '../parse/syntax.ts';
import { symbolsOf } from '../symbols.ts';
import type { Scope } from './scope.ts';

type Declarations = Map<string, SyntaxNode>;
const declarations = new WeakMap<Catalog, Declarations>();

/** The declaration of a function that the catalog holds as text, with the scope that its body sees: the catalog alone. */
export function savedFunction(
  name: string,
  scope: Scope,
  callSite?: Span,
): { declaration: SyntaxNode; scope: Scope } | undefined {
  const { catalog } = scope.context;
  const text = catalog.functions?.get(name);
  if (text === undefined) return undefined;
  const known: Declarations = declarations.get(catalog) ?? new Map();
  declarations.set(catalog, known);
  const declaration = known.get(name) ?? declare(name, text, catalog, callSite);
  known.set(name, declaration);
  return { declaration, scope: { ...scope, bindings: new Map(), row: undefined, rowIdentity: undefined } };
}

/** The function's text as a declaration; a fault in it is told with the function's name and its own line. */
function declare(name: string, text: string, catalog: Catalog, callSite: Span | undefined): SyntaxNode {
  const { parameters, body, parametersStart, bodyStart } = splitDefinition(text);
  const head = `let ['${name}'] = `;
  const { root, errors } = analyzeQuery(`${head}${parameters} ${body}; print 1`, symbolsOf(catalog));
  const [fault] = errors;
  if (fault === undefined) return child(listOf(root(), 'Statements')[0] as SyntaxNode, 'Expression');
  const inParameters = (fault.span?.start ?? 0) - head.length;
  const inBody = inParameters - parameters.length - 1;
  const { line } = positionOf(text, Math.max(0, inBody < 0 ? parametersStart + inParameters : bodyStart + inBody));
  throw new KqlError(fault.code, `the saved function ${name}, line ${line}: ${fault.message}`, {
    span: callSite,
    cause: fault,
  });
}

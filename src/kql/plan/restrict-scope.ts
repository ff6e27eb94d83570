import type { Catalog } from '../catalog.ts';
import { KqlError } from '../kql-error.ts';
import { child, listOf, type SyntaxNode } from '../parse/syntax.ts';
import { nameText } from './build-query.ts';
import { nameMatcher } from './name-pattern.ts';
import type { Binding, Scope } from './scope.ts';

/** Whether an entity of that name may be used: one list for let statements, one for the workspace. */
type Allowed = { readonly declared: (name: string) => boolean; readonly stored: (name: string) => boolean };

/**
 * restrict access to (…): what is not listed is not seen by the rest of the query (restrict-statement). A pattern such as
 * `V*` stands for let statements, `database().V*` for what the workspace has. Values named by let are seen as before.
 */
export function restrictScope(statement: SyntaxNode, scope: Scope): Scope {
  const entities = listOf(statement, 'Expressions').map(allowedBy);
  const isDeclared = (name: string): boolean => entities.some(({ declared }) => declared(name));
  const isStored = (name: string): boolean => entities.some(({ stored }) => stored(name));
  const bindings = [...scope.bindings].filter(([name, binding]) => isValue(binding) || isDeclared(name));
  const catalog = restrictCatalog(scope.context.catalog, isStored);
  return { ...scope, context: { ...scope.context, catalog }, bindings: new Map(bindings) };
}

const isValue = (binding: Binding): boolean =>
  binding.kind === 'scalar' || (binding.kind === 'let' && binding.node.columns === undefined);

function allowedBy(entity: SyntaxNode): Allowed {
  if (entity.kind === 'NameReference') {
    const name = nameText(entity);
    const matches = nameMatcher(name);
    return { declared: matches, stored: name.includes('*') ? () => false : matches };
  }
  const selector = entity.kind === 'PathExpression' ? child(entity, 'Selector') : undefined;
  const database = entity.kind === 'PathExpression' ? child(entity, 'Expression').text.replace(/\s/g, '') : '';
  if (selector?.kind === 'NameReference' && database === 'database()') {
    return { declared: () => false, stored: nameMatcher(nameText(selector)) };
  }
  throw new KqlError('unsupported', `restrict cannot give access to ${entity.text}: there is one workspace`, {
    span: entity.span,
  });
}

function restrictCatalog(catalog: Catalog, isAllowed: (name: string) => boolean): Catalog {
  const only = <T>(entries: ReadonlyMap<string, T>): ReadonlyMap<string, T> =>
    new Map([...entries].filter(([name]) => isAllowed(name)));
  return {
    ...catalog,
    tables: only(catalog.tables),
    ...(catalog.functions === undefined ? {} : { functions: only(catalog.functions) }),
  };
}

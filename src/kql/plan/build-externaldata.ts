import { child, listOf, type SyntaxNode } from '../parse/syntax.ts';
import { nameText } from './build-query.ts';
import { boundColumns } from './outputs.ts';
import type { Plan } from './plan.ts';

export function buildExternalData(node: SyntaxNode): Plan {
  const clause = node.children.WithClause;
  const properties = new Map(
    (clause === undefined ? [] : listOf(clause, 'Properties')).map((property) => [
      nameText(child(property, 'Name')).toLowerCase(),
      (child(property, 'Expression').children.Token?.valueText ?? child(property, 'Expression').text).toLowerCase(),
    ]),
  );
  return {
    operator: 'externaldata',
    columns: boundColumns(node),
    uris: listOf(node, 'URIs').map((uri) => child(uri, 'Token').valueText),
    format: properties.get('format') ?? 'csv',
    ignoreFirstRecord: properties.get('ignorefirstrecord') === 'true',
  };
}

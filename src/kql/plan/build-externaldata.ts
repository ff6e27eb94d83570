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
  const uris = listOf(node, 'URIs').map((uri) => child(uri, 'Token').valueText);
  return {
    operator: 'externaldata',
    columns: boundColumns(node),
    uris,
    format: properties.get('format') ?? formatOf(uris[0] ?? ''),
    ignoreFirstRecord: properties.get('ignorefirstrecord') === 'true',
    span: node.span,
  };
}

const knownEndings: ReadonlySet<string> = new Set(['csv', 'tsv', 'psv', 'scsv', 'txt', 'json']);

/** The format where the query states none: that of the file's ending, else csv. */
function formatOf(uri: string): string {
  const path = uri.split(/[?#;]/)[0] ?? '';
  const ending = /\.(\w+)(?:\.(?:gz|zip))?$/.exec(path)?.[1]?.toLowerCase() ?? '';
  return knownEndings.has(ending) ? ending : 'csv';
}

import { KqlError } from '../kql-error.ts';
import { child, listOf, type SyntaxNode } from '../parse/syntax.ts';
import type { ColumnDefinition, ColumnType } from '../values/value.ts';
import { buildExpression, callFunction } from './build-expression.ts';
import { pipedName, unionPlans } from './build-union.ts';
import { type Expression, literal, type NamedExpression } from './expression.ts';
import { parameterText } from './operator-parameters.ts';
import { columnOutput, definitionsOf } from './outputs.ts';
import type { Plan } from './plan.ts';
import type { Scope } from './scope.ts';
import { type SearchedInput, searchedRows } from './searched-rows.ts';
import { searchedTables } from './searched-tables.ts';

/** search after a bar: over the rows so far. */
export function buildSearch(node: SyntaxNode, input: Plan, scope: Scope): Plan {
  return searchIn(node, [{ plan: input, source: pipedName(scope) ?? 'search_arg0' }], scope);
}

/** search that starts a query: over the tables that it names, or all. */
export const buildSearchSource = (node: SyntaxNode, scope: Scope): Plan =>
  searchIn(node, searchedTables(node, scope), scope);

function searchIn(node: SyntaxNode, inputs: readonly SearchedInput[], scope: Scope): Plan {
  const isCaseSensitive = parameterText(node, 'kind') === 'case_sensitive';
  const condition = child(node, 'Condition');
  const rows = searchedRows(condition, inputs, scope, (part, row) => buildCondition(part, row, isCaseSensitive));
  const found = rows.map(({ plan, source, predicate }): SearchedInput => {
    const where: Plan = { operator: 'where', columns: plan.columns, input: plan, predicate };
    const outputs: NamedExpression[] = [
      { name: '$table', expression: literal('string', source) },
      // Of a search over a search the later name stays.
      ...plan.columns.map(columnOutput).filter(({ name }) => name !== '$table'),
    ];
    return { plan: { operator: 'project', columns: definitionsOf(outputs), input: where, outputs }, source };
  });
  if (found.length === 0) {
    throw new KqlError('binding', 'there is no table to search', { span: node.span });
  }
  return found.length === 1 ? (found[0] as SearchedInput).plan : unionPlans(found, node);
}

/** A condition in which a bare string means "in any column", and `column:text` "in that column". */
export function buildCondition(node: SyntaxNode, scope: Scope, cs: boolean): Expression {
  switch (node.kind) {
    case 'ParenthesizedExpression':
      return buildCondition(child(node, 'Expression'), scope, cs);
    case 'AndExpression':
    case 'OrExpression': {
      const parts = [buildCondition(child(node, 'Left'), scope, cs), buildCondition(child(node, 'Right'), scope, cs)];
      return callFunction(node.kind === 'AndExpression' ? 'and' : 'or', parts, node, scope);
    }
    case 'StringLiteralExpression':
      return anyColumn(child(node, 'Token').valueText, node, scope, cs);
    case 'SearchExpression':
      return textIn(
        buildExpression(child(node, 'Left'), scope),
        searchText(child(node, 'Right'), scope),
        node,
        scope,
        cs,
      );
    case 'LongLiteralExpression':
    case 'RealLiteralExpression':
      return anyColumn(child(node, 'Token').valueText, node, scope, cs);
    case 'StarExpression':
      return literal('bool', true);
    case 'FunctionCallExpression':
      if (node.text.startsWith('not')) {
        const inner = listOf(child(node, 'ArgumentList'), 'Expressions')[0];
        if (inner !== undefined) return callFunction('not', [buildCondition(inner, scope, cs)], node, scope);
      }
      return buildExpression(node, scope);
    default:
      return buildComparison(node, scope, cs);
  }
}

/** Text operators that a search with kind=case_sensitive turns into their case-sensitive forms. */
const foldingOperators: ReadonlySet<string> = new Set(
  ['has', 'contains', 'startswith', 'endswith', 'hasprefix', 'hassuffix'].flatMap((name) => [name, `!${name}`]),
);

function buildComparison(node: SyntaxNode, scope: Scope, cs: boolean): Expression {
  const operator = node.children.Operator?.text ?? '';
  const { Left: left, Right: right } = node.children;
  if (!cs || left === undefined || right === undefined || !foldingOperators.has(operator)) {
    return buildExpression(node, scope);
  }
  const sides = [buildExpression(left, scope), buildExpression(right, scope)];
  return callFunction(`${operator}_cs`, sides, node, scope);
}

function searchText(node: SyntaxNode, scope: Scope): string {
  const expression = buildExpression(node, scope);
  if (expression.kind !== 'literal' || typeof expression.value !== 'string') {
    throw new KqlError('unsupported', 'search compares with a literal text', { span: node.span });
  }
  return expression.value;
}

/** The engine finds whole numbers and texts; a search for 2.71 passes over a real that holds it. */
const isSearched = (type: ColumnType): boolean => type !== 'real' && type !== 'decimal';

function anyColumn(text: string, node: SyntaxNode, scope: Scope, cs: boolean): Expression {
  const columns = (scope.row ?? []).flatMap((column: ColumnDefinition, index) =>
    isSearched(column.type) ? [columnOutput(column, index).expression] : [],
  );
  const tests = columns.map((column) => textIn(column, text, node, scope, cs));
  return tests.reduce<Expression>((all, test) => callFunction('or', [all, test], node, scope), literal('bool', false));
}

/** Whole terms, or with `*` a prefix, a suffix or a part; a pattern with `*` inside is one regular expression. */
function textIn(column: Expression, text: string, node: SyntaxNode, scope: Scope, cs: boolean): Expression {
  const value = column.type === 'string' ? column : callFunction('tostring', [column], node, scope);
  const bare = text.replace(/^\*|\*$/g, '');
  if (bare.includes('*')) {
    const parts = bare.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'));
    const pattern = `${text.startsWith('*') ? '' : '\\b'}${parts.join('.*')}${text.endsWith('*') ? '' : '\\b'}`;
    return callFunction('matches regex', [value, literal('string', `(?${cs ? '' : 'i'}s)${pattern}`)], node, scope);
  }
  const open = text.startsWith('*');
  const operator =
    open && text.endsWith('*') ? 'contains' : open ? 'hassuffix' : text.endsWith('*') ? 'hasprefix' : 'has';
  return callFunction(cs ? `${operator}_cs` : operator, [value, literal('string', bare)], node, scope);
}

import type { Span } from '../kql-error.ts';
import { type ColumnDefinition, type ColumnType, columnTypes } from '../values/value.ts';
import { type BridgeNode, type BridgeType, listItems, loadKustoLanguage, namesByValue } from './language-service.ts';
import type { SyntaxNode } from './syntax.ts';

/**
 * The bound tree as plain data. `callSite` is the span that stands for every position inside an expanded function
 * body, whose own offsets count from the start of that body and mean nothing to the author of the query.
 */
export function toSyntax(node: BridgeNode, callSite?: Span): SyntaxNode {
  const kinds = syntaxKinds();
  const span = callSite ?? { start: node.TextStart, end: node.End };
  const kind = node.IsToken ? 'Token' : (kinds.get(node.Kind) ?? String(node.Kind));
  const children: Record<string, SyntaxNode> = {};
  const items: SyntaxNode[] = [];
  for (let index = 0; index < node.ChildCount; index++) {
    const part = node.GetChild(index);
    if (part === null || part.IsMissing) continue;
    const name = node.GetName(index);
    if (kind === 'List') items.push(toSyntax(unwrapSeparated(part, kinds), callSite));
    else if (name !== null && name !== '') children[name] = toSyntax(part, callSite);
  }
  // The text and the result name of a node cost a walk of their own, and few nodes are asked for them.
  let text: string | undefined;
  let resultName: { readonly value: string | undefined } | undefined;
  return {
    kind,
    span,
    get text() {
      text ??= node.IsToken ? (node.Text ?? '') : node.toString().trim();
      return text;
    },
    valueText: node.IsToken ? (node.ValueText ?? node.Text ?? '') : '',
    children,
    items,
    type: scalarType(node.ResultType),
    columns: columnsOf(node.ResultType),
    isOpen: node.ResultType?.IsOpen === true,
    symbol: symbolOf(node),
    get resultName() {
      resultName ??= { value: resultNameOf(node) };
      return resultName.value;
    },
    calledBody: () => calledBodyOf(node, span),
  };
}

let kindNames: ReadonlyMap<number, string> | undefined;
function syntaxKinds(): ReadonlyMap<number, string> {
  kindNames ??= namesByValue(loadKustoLanguage().Syntax.SyntaxKind);
  return kindNames;
}

let symbolKindNames: ReadonlyMap<number, string> | undefined;
function symbolOf(node: BridgeNode): SyntaxNode['symbol'] {
  const symbol = node.IsToken ? null : node.ReferencedSymbol;
  if (symbol === null || symbol === undefined) return undefined;
  symbolKindNames ??= namesByValue(loadKustoLanguage().Symbols.SymbolKind);
  return { name: symbol.Name, kind: symbolKindNames.get(symbol.Kind) ?? String(symbol.Kind) };
}

function unwrapSeparated(node: BridgeNode, kinds: ReadonlyMap<number, string>): BridgeNode {
  return kinds.get(node.Kind) === 'SeparatedElement' ? (node.GetChild(0) ?? node) : node;
}

const isColumnType = (name: string): name is ColumnType => (columnTypes as readonly string[]).includes(name);

function scalarType(type: BridgeType | null | undefined): ColumnType | undefined {
  if (type === null || type === undefined) return undefined;
  if (isColumnType(type.Name)) return type.Name;
  // The binder knows dynamic by what it holds: dynamic(array), dynamic(bag), …
  return type.Name.startsWith('dynamic') ? 'dynamic' : undefined;
}

function columnsOf(type: BridgeType | null | undefined): readonly ColumnDefinition[] | undefined {
  if (type?.Columns === undefined || type.Columns === null) return undefined;
  return listItems(type.Columns).map(({ Name, Type }) => ({ name: Name, type: scalarType(Type) ?? 'dynamic' }));
}

function resultNameOf(node: BridgeNode): string | undefined {
  if (node.IsToken || node.ResultType === undefined) return undefined;
  const name = loadKustoLanguage().KustoFacts.GetExpressionResultName(node, '', null);
  return name === null || name === '' ? undefined : name;
}

function calledBodyOf(node: BridgeNode, callSite: Span): SyntaxNode | undefined {
  const body = node.IsToken ? null : node.GetCalledFunctionBody?.();
  return body === null || body === undefined ? undefined : toSyntax(body, callSite);
}

import { type BridgeDiagnostic, type BridgeNode, loadKustoLanguage } from './language-service.ts';

/** A complaint of the binder about something that the service accepts. */
type Correction = {
  readonly code: string;
  readonly why: string;
  /** Whether the complaint at this place of the text is one of these. */
  readonly applies: (before: string, marked: string) => boolean;
};

/** Where the binder is stricter than the engine; each row was seen in results recorded from the engine itself. */
const corrections: readonly Correction[] = [
  {
    code: 'KS107',
    why: 'count(x) counts rows whatever x is; the binder asks for a bool',
    applies: (before) => /\bcount\s*\(\s*$/.test(before),
  },
  {
    code: 'KS107',
    why: 'not("text") inside search negates the search for the text',
    applies: (before, marked) => /\bsearch\b/.test(before) && /\bnot\s*\(\s*$/.test(before) && /^["']/.test(marked),
  },
  {
    code: 'KS106',
    why: 'search "text" or 42 searches for the number in every column',
    applies: (before, marked) => /(^|[|;])\s*search\b[^|;]*$/.test(before) && /\b(or|and)\b/.test(marked),
  },
  {
    code: 'KS141',
    why: 'search 42 searches for the number in every column',
    applies: (before, marked) => /(^|[|;])\s*search\b[^|;]*$/.test(before) && /^\d+$/.test(marked),
  },
  {
    code: 'KS107',
    why: 'the degree of series_fit_poly is a whole number of any width',
    applies: (before, marked) => /\bseries_fit_poly\s*\([^;|]*,\s*$/.test(before) && /^\d+$/.test(marked),
  },
  {
    code: 'KS134',
    why: 'make_timespan takes seconds with a fraction',
    applies: (before, marked) => /\bmake_timespan\s*\([^()]*,\s*$/.test(before) && /^\d+\.\d+$/.test(marked),
  },
  {
    code: 'KS142',
    why: 'a pattern of a fuzzy union may match no table',
    applies: (before, marked) => marked.includes('*') && /\bunion\b[^|;]*\bisfuzzy\s*=\s*true\b/.test(before),
  },
  {
    code: 'KS142',
    why: 'a pattern of restrict stands for let statements too',
    applies: (before, marked) => marked.includes('*') && /\brestrict\s+access\s+to\s*\([^)]*$/.test(before),
  },
  {
    code: 'KS119',
    why: 'bag_unpack takes columnsConflict and ignoredProperties too',
    applies: (_before, marked) => /^bag_unpack\b/.test(marked),
  },
  {
    code: 'KS107',
    why: 'bag_unpack takes ignoredProperties, an array',
    applies: (before) => /\bbag_unpack\s*\([^()]*(,|\bignoredProperties\s*=)\s*$/.test(before),
  },
  {
    code: 'KS138',
    why: 'a window of the activity plugins may be a week, a month or a year',
    applies: (before, marked) =>
      /^["'](week|month|year)["']$/i.test(marked) &&
      /\bevaluate\s+(activity_metrics|sliding_window_counts)\b[^|;]*$/.test(before),
  },
];

/**
 * Where the binder is stricter about an expression, by the nodes that lead to it, the innermost first. The binder knows
 * what a dynamic value holds, the engine finds out row by row: to it, a bag where an array is asked for is null.
 */
const expressionCorrections: Readonly<Record<string, (nodes: readonly BridgeNode[]) => boolean>> = {
  KS234: ([node]) => isDynamic(node),
  KS235: ([node]) => isDynamic(node),
  KS147: (nodes) => isElementOfDynamic(nodes),
  KS141: (nodes) => isElementOfDynamic(nodes) && /^(string|int|long)$/.test(nodes[0]?.ResultType?.Name ?? ''),
  // A literal is asked for; the engine takes what let has named, and so what is handed to a function, for the literal.
  KS131: ([node]) => node?.IsConstant === true || isParameter(node),
};

const isDynamic = (node: BridgeNode | null | undefined): boolean =>
  node?.ResultType?.Name.startsWith('dynamic') === true;

const isParameter = (node: BridgeNode | undefined): boolean =>
  node?.ReferencedSymbol?.Kind === loadKustoLanguage().Symbols.SymbolKind.Parameter;

/** Whether the index at the end of the path is one of `value[index]`, of a dynamic value. */
function isElementOfDynamic(nodes: readonly BridgeNode[]): boolean {
  const { SyntaxKind } = loadKustoLanguage().Syntax;
  const selector = nodes.findIndex((node) => node.Kind === SyntaxKind.BracketedExpression);
  const element = nodes[selector + 1];
  if (selector < 0 || selector > 1 || element === undefined) return false;
  return element.Kind === SyntaxKind.ElementExpression && isDynamic(element.GetChild(0));
}

/** The outermost expression that covers exactly this part of the text, else any node, and what contains it, from within. */
function nodesTo(node: BridgeNode, start: number, end: number): readonly BridgeNode[] {
  if (node.IsToken || node.TextStart > start || node.End < end) return [];
  const isExact = node.TextStart === start && node.End === end;
  if (isExact && node.ResultType) return [node];
  for (let index = 0; index < node.ChildCount; index++) {
    const child = node.GetChild(index);
    const found = child === null ? [] : nodesTo(child, start, end);
    if (found.length > 0) return [...found, node];
  }
  return isExact ? [node] : [];
}

/** Whether the engine accepts what this diagnostic complains about. */
export function isCorrected(diagnostic: BridgeDiagnostic, text: string, root: BridgeNode): boolean {
  const end = diagnostic.Start + diagnostic.Length;
  const ofExpression = expressionCorrections[diagnostic.Code];
  if (ofExpression?.(nodesTo(root, diagnostic.Start, end)) === true) return true;
  const before = text.slice(0, diagnostic.Start);
  const marked = text.slice(diagnostic.Start, end);
  return corrections.some(({ code, applies }) => code === diagnostic.Code && applies(before, marked));
}

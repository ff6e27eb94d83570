import type { Span } from '../kql-error.ts';
import { child, listOf, type SyntaxNode } from './syntax.ts';

/**
 * The text with the inputs of fuzzy unions blanked that read a table which is not there, as the service leaves them out.
 * The binder keeps them as tables of unknown columns, and takes every name that they mention for a column of the union; so
 * what follows would be bound to columns that no row has. Offsets stay as they are.
 */
export function withoutMissingInputs(text: string, root: SyntaxNode): string {
  let rest = text;
  for (const { start, end } of missingSpans(root)) {
    // Line ends stay: they close comments.
    rest = rest.slice(0, start) + rest.slice(start, end).replace(/[^\r\n]/g, ' ') + rest.slice(end);
  }
  return rest;
}

function missingSpans(node: SyntaxNode): readonly Span[] {
  return [...ownSpans(node), ...[...Object.values(node.children), ...node.items].flatMap(missingSpans)];
}

function ownSpans(node: SyntaxNode): readonly Span[] {
  if (node.kind === 'UnionOperator' && hasParameter(node, 'isfuzzy', 'true')) {
    return missingInputs(listOf(node, 'Expressions'));
  }
  const operator = node.kind === 'PipeExpression' ? child(node, 'Operator') : undefined;
  if (operator?.kind !== 'UnionOperator' || !hasParameter(operator, 'isfuzzy', 'true')) return [];
  // After a bar the rows before it are an input too: with nothing else there, the operator does nothing but name sources.
  const addsNothing = listOf(operator, 'Expressions').every(isMissing) && !hasParameter(operator, 'withsource');
  return addsNothing ? [{ start: child(node, 'Expression').span.end, end: operator.span.end }] : [];
}

const hasParameter = (operator: SyntaxNode, name: string, value?: string): boolean =>
  listOf(operator, 'Parameters').some(
    (parameter) =>
      child(parameter, 'Name').text.toLowerCase().replace('_', '') === name &&
      (value === undefined || child(parameter, 'Expression').text.toLowerCase() === value),
  );

/** The missing inputs, each with one comma; none where no input is there: that is an error, and is said as one. */
function missingInputs(inputs: readonly SyntaxNode[]): readonly Span[] {
  const firstKept = inputs.findIndex((input) => !isMissing(input));
  if (firstKept < 0) return [];
  return inputs.flatMap((input, index): readonly Span[] => {
    if (!isMissing(input)) return [];
    const next = inputs[index + 1];
    return index < firstKept && next !== undefined
      ? [{ start: input.span.start, end: next.span.start }]
      : [{ start: inputs[index - 1]?.span.end ?? input.span.start, end: input.span.end }];
  });
}

/** Whether a pipeline begins with a table or a function that the binder could not resolve. */
function isMissing(input: SyntaxNode): boolean {
  let first = input;
  while (first.kind === 'PipeExpression' || first.kind === 'ParenthesizedExpression')
    first = child(first, 'Expression');
  const name = first.kind === 'FunctionCallExpression' ? child(first, 'Name') : first;
  return name.kind === 'NameReference' && name.symbol === undefined && !name.text.includes('*');
}

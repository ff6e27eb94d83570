import { type Span, spanContains } from '../kql-error.ts';
import { child, listOf, type SyntaxNode } from './syntax.ts';

/**
 * The text with the inputs of fuzzy unions blanked that cannot be resolved, as the service leaves them out: those that read
 * a table which is not there, those that say one of the `unresolved` names, and those that read a let statement which does
 * either. The binder keeps an input without its table as a table of unknown columns, and takes every name that it mentions
 * for a column of the union; so what follows would be bound to columns that no row has. Offsets stay as they are.
 */
export function withoutMissingInputs(text: string, root: SyntaxNode, unresolved: readonly Span[] = []): string {
  const finder = new MissingInputs(unresolved);
  for (const statement of listOf(root, 'Statements')) finder.visitStatement(statement);
  let rest = text;
  for (const { start, end } of [
    ...finder.blanked,
    ...finder.abandonedLets(root).map((span) => withSemicolon(text, span)),
  ]) {
    // Line ends stay: they close comments.
    rest = rest.slice(0, start) + rest.slice(start, end).replace(/[^\r\n]/g, ' ') + rest.slice(end);
  }
  return rest;
}

class MissingInputs {
  readonly blanked: Span[] = [];
  private readonly unresolved: readonly Span[];
  /** The let statements that cannot be resolved themselves, by name. */
  private readonly brokenLets = new Map<string, SyntaxNode>();

  constructor(unresolved: readonly Span[]) {
    this.unresolved = unresolved;
  }

  /** Statements come in their order, and unions inside out: what an inner one leaves out does not count for an outer one. */
  visitStatement(statement: SyntaxNode): void {
    this.visit(statement);
    const name = statement.kind === 'LetStatement' ? child(statement, 'Name').text : undefined;
    if (name !== undefined && this.isBroken(statement)) this.brokenLets.set(name, statement);
  }

  private visit(node: SyntaxNode): void {
    for (const part of partsOf(node)) this.visit(part);
    this.blanked.push(...this.ownSpans(node));
  }

  private ownSpans(node: SyntaxNode): readonly Span[] {
    if (node.kind === 'UnionOperator' && hasParameter(node, 'isfuzzy', 'true')) {
      return this.missingInputs(listOf(node, 'Expressions'));
    }
    const operator = node.kind === 'PipeExpression' ? child(node, 'Operator') : undefined;
    if (operator?.kind !== 'UnionOperator' || !hasParameter(operator, 'isfuzzy', 'true')) return [];
    // After a bar the rows before it are an input too: with nothing else there, the operator does nothing but name sources.
    const addsNothing =
      listOf(operator, 'Expressions').every((input) => this.isMissing(input)) && !hasParameter(operator, 'withsource');
    return addsNothing ? [{ start: child(node, 'Expression').span.end, end: operator.span.end }] : [];
  }

  /** The missing inputs, each with one comma; none where no input is there: that is an error, and is said as one. */
  private missingInputs(inputs: readonly SyntaxNode[]): readonly Span[] {
    const missing = inputs.map((input) => this.isMissing(input));
    const firstKept = missing.indexOf(false);
    if (firstKept < 0) return [];
    return inputs.flatMap((input, index): readonly Span[] => {
      if (missing[index] === false) return [];
      const next = inputs[index + 1];
      return index < firstKept && next !== undefined
        ? [{ start: input.span.start, end: next.span.start }]
        : [{ start: inputs[index - 1]?.span.end ?? input.span.start, end: input.span.end }];
    });
  }

  private isMissing(input: SyntaxNode): boolean {
    return beginsWithNothing(input) || this.isBroken(input);
  }

  /** Whether the node says a name that means nothing, or reads a let statement that does, and is not blanked there. */
  private isBroken(node: SyntaxNode): boolean {
    const isOpen = (span: Span): boolean => spanContains(node.span, span) && !this.isBlanked(span);
    if (this.unresolved.some(isOpen)) return true;
    return this.brokenLets.size > 0 && referencesIn(node, this.brokenLets).some(({ span }) => isOpen(span));
  }

  private isBlanked(span: Span): boolean {
    return this.blanked.some((outer) => spanContains(outer, span));
  }

  /** The let statements that cannot be resolved and that nothing reads but the inputs left out. */
  abandonedLets(root: SyntaxNode): readonly Span[] {
    const references = this.brokenLets.size === 0 ? [] : referencesIn(root, this.brokenLets);
    const lets = [...this.brokenLets.values()];
    return [...this.brokenLets].flatMap(([name, { span }]): readonly Span[] => {
      const own = references.filter((reference) => reference.text === name);
      const isRead = own.some(
        (reference) =>
          !this.isBlanked(reference.span) && !lets.some((outer) => spanContains(outer.span, reference.span)),
      );
      return own.length > 0 && !isRead ? [span] : [];
    });
  }
}

function withSemicolon(text: string, { start, end }: Span): Span {
  const semicolon = text.indexOf(';', end);
  return { start, end: semicolon < 0 ? end : semicolon + 1 };
}

const partsOf = (node: SyntaxNode): readonly SyntaxNode[] => [...Object.values(node.children), ...node.items];

function referencesIn(node: SyntaxNode, names: ReadonlyMap<string, unknown>): readonly SyntaxNode[] {
  if (node.kind === 'NameReference') return names.has(node.text) ? [node] : [];
  return partsOf(node).flatMap((part) => referencesIn(part, names));
}

const hasParameter = (operator: SyntaxNode, name: string, value?: string): boolean =>
  listOf(operator, 'Parameters').some(
    (parameter) =>
      child(parameter, 'Name').text.toLowerCase().replace('_', '') === name &&
      (value === undefined || child(parameter, 'Expression').text.toLowerCase() === value),
  );

/** Whether a pipeline begins with a table or a function that the binder could not resolve. */
function beginsWithNothing(input: SyntaxNode): boolean {
  let first = input;
  while (first.kind === 'PipeExpression' || first.kind === 'ParenthesizedExpression')
    first = child(first, 'Expression');
  const name = first.kind === 'FunctionCallExpression' ? child(first, 'Name') : first;
  return name.kind === 'NameReference' && name.symbol === undefined && !name.text.includes('*');
}

import { pluginRegistry } from '../functions/registry.ts';
import { KqlError } from '../kql-error.ts';
import { child, listOf, type SyntaxNode } from '../parse/syntax.ts';
import { declareStatement, nameText } from '../plan/build-query.ts';
import { savedFunction } from '../plan/saved-function.ts';
import type { Scope } from '../plan/scope.ts';
import type { QueryContext } from '../query-context.ts';

/** What must run before the rest of a query can be bound. */
export type Stage = {
  /** The expression whose result the rest reads: `… | evaluate plugin(…)`, `… | invoke f(…)`, or `f(…)`. */
  readonly node: SyntaxNode;
  readonly scope: Scope;
  /** Where the statement begins in which it stands. */
  readonly statementStart: number;
  /** The declaration of the function called; absent where the plugin stands in the query itself. */
  readonly declaration?: SyntaxNode;
};

export type StageSearch = {
  readonly stage: Stage | undefined;
  /** The let statements of functions that contain such a plugin: the binder's view of them counts for nothing. */
  readonly stagedFunctions: readonly SyntaxNode[];
};

/** The first expression of the query, innermost first, that ends in a plugin whose columns depend on the data. */
export function findStage(root: SyntaxNode, context: QueryContext): StageSearch {
  let scope: Scope = { context, bindings: new Map(), row: undefined, aliases: new Map(), depth: 0 };
  const finder = new StageFinder(context);
  const stagedFunctions: SyntaxNode[] = [];
  for (const statement of listOf(root, 'Statements')) {
    const expression = statement.children.Expression;
    if (expression?.kind === 'FunctionDeclaration') {
      if (finder.contains(expression)) {
        stagedFunctions.push(statement);
        finder.declare(nameText(child(statement, 'Name')), expression);
      }
    } else if (expression !== undefined) {
      const found = finder.find(expression);
      if (found !== undefined) {
        return { stage: { ...found, scope, statementStart: statement.span.start }, stagedFunctions };
      }
    }
    if (statement.kind !== 'ExpressionStatement') scope = declareStatement(statement, scope);
  }
  return { stage: undefined, stagedFunctions };
}

type Found = Pick<Stage, 'node' | 'declaration'>;

/** Operators whose subquery reads the rows of the operator: it cannot run on its own. */
const rowBoundOperators = ['MvApplyOperator', 'PartitionOperator', 'ForkOperator', 'FacetOperator'];

class StageFinder {
  private readonly context: QueryContext;
  /** Functions that contain a stage; undefined for those that are known to contain none. */
  private readonly functions = new Map<string, SyntaxNode | undefined>();

  constructor(context: QueryContext) {
    this.context = context;
  }

  declare(name: string, declaration: SyntaxNode): void {
    this.functions.set(name, declaration);
  }

  /** Whether a plugin whose columns depend on the data stands in the expression, or in a function that it calls. */
  contains(node: SyntaxNode): boolean {
    const called = node.kind === 'InvokeOperator' ? child(node, 'Function') : node;
    if (dependsOnData(node) || this.calledFunction(called) !== undefined) return true;
    return partsOf(node).some((part) => this.contains(part));
  }

  find(node: SyntaxNode): Found | undefined {
    if (node.kind === 'FunctionDeclaration') return undefined;
    if (rowBoundOperators.includes(node.kind) && this.contains(node)) throw rowBound(node);
    for (const part of partsOf(node)) {
      const found = this.find(part);
      if (found !== undefined) return found;
    }
    if (node.kind === 'PipeExpression') {
      const operator = child(node, 'Operator');
      if (dependsOnData(operator)) return { node };
      const invoked = operator.kind === 'InvokeOperator' ? this.calledFunction(child(operator, 'Function')) : undefined;
      return invoked === undefined ? undefined : { node, declaration: invoked };
    }
    const declaration = this.calledFunction(node);
    if (declaration === undefined) return undefined;
    if (node.columns !== undefined) return { node, declaration };
    throw new KqlError('unsupported', 'a scalar function cannot run a plugin whose columns depend on the data', {
      span: node.span,
    });
  }

  /** The declaration of the function that the node calls, where that function contains a stage. */
  private calledFunction(node: SyntaxNode): SyntaxNode | undefined {
    if (node.kind !== 'FunctionCallExpression' && node.kind !== 'NameReference') return undefined;
    if (node.symbol?.kind !== 'Function') return undefined;
    const name = nameText(node.kind === 'NameReference' ? node : child(node, 'Name'));
    if (!this.functions.has(name)) {
      // Entered before its body is looked at, so that functions that call each other end.
      this.functions.set(name, undefined);
      this.functions.set(name, this.savedDeclaration(name));
    }
    return this.functions.get(name);
  }

  private savedDeclaration(name: string): SyntaxNode | undefined {
    const text = this.context.catalog.functions?.get(name);
    if (text === undefined || !mentionsEvaluate(text, this.context)) return undefined;
    const scope: Scope = { context: this.context, bindings: new Map(), row: undefined, aliases: new Map(), depth: 0 };
    const declaration = savedFunction(name, scope)?.declaration;
    return declaration !== undefined && this.contains(declaration) ? declaration : undefined;
  }
}

/** Whether the text, or a saved function that it names, says evaluate at all: most do not, and need no search. */
export function mentionsEvaluate(text: string, context: QueryContext, seen: ReadonlySet<string> = new Set()): boolean {
  if (/\bevaluate\b/.test(text)) return true;
  return [...(context.catalog.functions ?? [])].some(
    ([name, body]) =>
      !seen.has(name) && text.includes(name) && mentionsEvaluate(body, context, new Set([...seen, name])),
  );
}

function dependsOnData(node: SyntaxNode): boolean {
  if (node.kind !== 'EvaluateOperator') return false;
  const plugin = pluginRegistry.get(nameText(child(child(node, 'FunctionCall'), 'Name')));
  if (plugin === undefined || plugin.columns !== undefined) return false;
  // With a schema the binder knows the columns, unless it does not know the plugin's newer arguments.
  return node.children.Schema === undefined || node.columns === undefined || node.columns.length === 0;
}

/** The parts of a node in the order of the text; the name of a call is no part, and an invoked call no call of its own. */
function partsOf(node: SyntaxNode): readonly SyntaxNode[] {
  if (node.kind === 'InvokeOperator') return [child(child(node, 'Function'), 'ArgumentList')];
  if (node.kind === 'FunctionCallExpression') return [child(node, 'ArgumentList')];
  return [...Object.values(node.children), ...node.items];
}

const rowBound = (node: SyntaxNode): KqlError =>
  new KqlError('unsupported', 'a plugin whose columns depend on the data cannot run inside this operator', {
    span: node.span,
    hint: 'state its columns: evaluate plugin(…) : (Name: string, …)',
  });

import type { Catalog } from './catalog.ts';
import type { Batch } from './columns/batch.ts';
import { collect } from './execute/collect.ts';
import { runEvaluation } from './execute/evaluate.ts';
import { KqlError, type Span, spanContains } from './kql-error.ts';
import { type Analysis, analyzeQuery, parseQuery } from './parse/parse-query.ts';
import { child, type SyntaxNode } from './parse/syntax.ts';
import { buildEvaluation } from './plan/build-evaluate.ts';
import { buildPlan } from './plan/build-plan.ts';
import { buildResults, nameText } from './plan/build-query.ts';
import type { QueryContext } from './query-context.ts';
import type { Table } from './run-query.ts';
import { runResults } from './run-results.ts';
import { assumeColumns, type StagedTables, unknownNames } from './stages/assume-columns.ts';
import { callText } from './stages/call-text.ts';
import { beforeEdits, type Edit } from './stages/edited-text.ts';
import { findStage, mentionsEvaluate, type Stage } from './stages/find-stage.ts';
import { symbolsOf } from './symbols.ts';
import type { ColumnDefinition } from './values/value.ts';

/** Rows with their columns. */
export type StageResult = { readonly columns: readonly ColumnDefinition[]; readonly rows: Batch };

const MAX_STAGES = 100;
const MAX_CALL_DEPTH = 16;

/**
 * Whether a query has to run in stages: after a plugin that makes its columns of the data (bag_unpack, pivot without a
 * schema) the binder cannot know what the rest of the query means.
 */
export function needsStages(text: string, context: QueryContext): boolean {
  if (!mentionsEvaluate(text, context)) return false;
  const { root, errors } = analyzeQuery(text, symbolsOf(context.catalog));
  // A text that is no KQL has a tree with holes; whoever binds it says what is wrong.
  return !errors.some(isSyntaxError) && findStage(root(), context).stage !== undefined;
}

/** What the parser says, and that it found no operator after a bar. */
const isSyntaxError = ({ code, message }: KqlError): boolean => code === 'syntax' || message.endsWith('[KS176]');

/**
 * Runs a query in stages, the innermost and first plugin first: the pipeline up to it runs, its result becomes a table of
 * the catalog, the text that stood for it becomes that table's name, and the text is bound anew.
 */
export async function runStages(text: string, context: QueryContext, depth = 0): Promise<readonly Table[]> {
  if (depth > MAX_CALL_DEPTH) {
    throw new KqlError('limit', `functions with plugins call each other more than ${MAX_CALL_DEPTH} deep`);
  }
  const edits: Edit[] = [];
  const results: string[] = [];
  const wrongNames = namesBeyondStages(text, context.catalog);
  let query: StagedQuery = { text, context };
  try {
    for (let count = 0; count < MAX_STAGES; count++) {
      query = withAssumedColumns(query, results, wrongNames);
      const { root, errors } = analyzeQuery(query.text, symbolsOf(query.context.catalog));
      const { stage, stagedFunctions } = findStage(root(), query.context);
      if (stage === undefined) return await runRest(withoutStatements(query.text, stagedFunctions), query.context);
      // What comes later is not bound in earnest yet: only complaints about what runs now count.
      const fault = errors.find(({ span }) => concerns(span, stage, stagedFunctions));
      if (fault !== undefined) throw fault;
      const result = await runStage(stage, query.text, query.context, depth);
      const name = `__evaluated${depth}_${count}`;
      edits.push({ ...stage.node.span, length: name.length });
      results.push(name);
      query = {
        text: query.text.slice(0, stage.node.span.start) + name + query.text.slice(stage.node.span.end),
        context: withTables(
          query.context,
          [[name, result], ...(await aliasedResults(stage, query.context))],
          originOf(stage),
        ),
      };
    }
  } catch (error) {
    throw beforeEdits(withStageHint(error, edits.length), edits);
  }
  throw new KqlError('limit', `a query runs at most ${MAX_STAGES} plugins whose columns depend on the data`);
}

type StagedQuery = { readonly text: string; readonly context: QueryContext };

/** The names that the binder does not know although a plugin could still give any column. */
function namesBeyondStages(text: string, catalog: Catalog): ReadonlySet<string> {
  if (catalog.assumed === undefined) return new Set();
  return new Set(unknownNames(analyzeQuery(text, symbolsOf(catalog), 'tables').errors, text));
}

/** Where the catalog wants it, the results of stages get an empty column for each name that their data lacks. */
function withAssumedColumns(
  query: StagedQuery,
  results: readonly string[],
  wrongNames: ReadonlySet<string>,
): StagedQuery {
  const { text, context } = query;
  const { catalog } = context;
  if (catalog.assumed === undefined || results.length === 0) return query;
  const staged: StagedTables = catalog.staged ?? new Map();
  // One catalog for the same tables: what was found out about a text is kept with it.
  const catalogs = new Map<StagedTables, Catalog>([[staged, catalog]]);
  const analyze = (tables: StagedTables): Analysis => {
    const tried = catalogs.get(tables) ?? { ...catalog, staged: tables };
    catalogs.set(tables, tried);
    return analyzeQuery(text, symbolsOf(tried), 'tables');
  };
  const ignored = findStage(analyze(staged).root(), context).stagedFunctions;
  const bind = (tables: StagedTables): readonly KqlError[] =>
    analyze(tables).errors.filter(({ span }) => !isInside(span, ignored));
  const isOpen = (name: string): boolean => !wrongNames.has(name);
  const { tables, added } = assumeColumns({ text, results, bind, isOpen }, staged);
  for (const column of added) catalog.assumed(column);
  return { text, context: { ...context, catalog: catalogs.get(tables) ?? catalog } };
}

/** A name that is not there after a stage may be one that the data of this run does not have. */
function withStageHint(error: unknown, stageCount: number): unknown {
  if (!(error instanceof KqlError) || error.code !== 'binding' || stageCount === 0) return error;
  return new KqlError(error.code, error.message, {
    span: error.span,
    cause: error.cause,
    hint: error.hint ?? 'columns of bag_unpack and pivot come from the data: state a schema, or use column_ifexists()',
  });
}

const runRest = (text: string, context: QueryContext): Promise<readonly Table[]> =>
  runResults(buildResults(parseQuery(text, symbolsOf(context.catalog)), context), context);

async function runStage(stage: Stage, text: string, context: QueryContext, depth: number): Promise<StageResult> {
  const { node, scope, declaration } = stage;
  if (declaration === undefined) {
    const input = buildPlan(child(node, 'Expression'), scope);
    context.profile?.roots.push(input);
    const rows = await runEvaluation(buildEvaluation(child(node, 'Operator'), input, scope), context);
    return { columns: rows.columns, rows };
  }
  try {
    const [result] = await runStages(callText(stage, declaration, text), context, depth + 1);
    return result as Table;
  } catch (error) {
    if (!(error instanceof KqlError)) throw error;
    // A position inside the function's body means nothing to the author of the query: the call stands for it.
    throw new KqlError(error.code, error.message, { span: node.span, hint: error.hint, cause: error.cause });
  }
}

function withTables(
  context: QueryContext,
  results: readonly (readonly [string, StageResult])[],
  origin: string | undefined,
): QueryContext {
  const staged = new Map(context.catalog.staged);
  for (const [name, { columns, rows }] of results) staged.set(name, { columns, scan: () => [rows], origin });
  return { ...context, catalog: { ...context.catalog, staged } };
}

/** The table that the stage's pipeline begins with; undefined where it begins with something else. */
function originOf({ node, scope }: Stage): string | undefined {
  let first = node;
  while (first.kind === 'PipeExpression' || first.kind === 'ParenthesizedExpression')
    first = child(first, 'Expression');
  const name = first.kind === 'NameReference' ? nameText(first) : '';
  const { tables, staged } = scope.context.catalog;
  return tables.has(name) && !scope.bindings.has(name) ? name : staged?.get(name)?.origin;
}

/** What `as` named inside the stage: its text goes away, and later parts of the query may read it. */
const aliasedResults = ({ scope }: Stage, context: QueryContext): Promise<(readonly [string, StageResult])[]> =>
  Promise.all(
    [...scope.aliases].map(async ([name, plan]) => [
      name,
      { columns: plan.columns, rows: await collect(plan, context) },
    ]),
  );

/** Whether a complaint counts before the stage runs; those about a function's call are made again when its body runs. */
function concerns(span: Span | undefined, { node, declaration }: Stage, ignored: readonly SyntaxNode[]): boolean {
  const end = declaration === undefined ? node.span.end : node.span.start;
  return span !== undefined && span.start < end && !isInside(span, ignored);
}

const isInside = (span: Span | undefined, statements: readonly SyntaxNode[]): boolean =>
  span !== undefined && statements.some((outer) => spanContains(outer.span, span));

/** The text with the statements blanked, so that the binder does not judge functions whose calls have all been run. */
function withoutStatements(text: string, statements: readonly SyntaxNode[]): string {
  let rest = text;
  for (const { span } of statements) {
    const semicolon = text.indexOf(';', span.end);
    const end = semicolon < 0 ? span.end : semicolon + 1;
    rest = rest.slice(0, span.start) + ' '.repeat(end - span.start) + rest.slice(end);
  }
  return rest;
}

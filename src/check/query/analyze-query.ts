import {
  type Catalog,
  type ColumnDefinition,
  diagnose,
  KqlError,
  type PreparedQuery,
  prepareQuery,
  runPrepared,
  symbolsOf,
} from '../../kql/index.ts';
import { codeText } from './code-text.ts';
import type { Plan } from './plan.ts';
import { isThereFromTheStart, type Workspace } from './workspace.ts';

/** What can be known of a query without logs. Positions are offsets into its text. */
export type QueryAnalysis = {
  readonly text: string;
  /** What the parser and the binder find wrong. */
  readonly errors: readonly KqlError[];
  /** What is right in a workspace with logs of every kind, and wrong in one that has just been made. */
  readonly cleanErrors: readonly KqlError[];
  /** Why the engine cannot run a query that is right. */
  readonly refusal: KqlError | undefined;
  readonly plan: Plan | undefined;
  /** The columns of the result, where they are known. */
  readonly columns: readonly ColumnDefinition[] | undefined;
};

const analyses = new WeakMap<Workspace, Map<string, Promise<QueryAnalysis>>>();

/** Binds and plans a query, once for each text; throws nothing for what it holds. */
export function analyzeQuery(text: string, workspace: Workspace): Promise<QueryAnalysis> {
  const known = analyses.get(workspace) ?? new Map<string, Promise<QueryAnalysis>>();
  analyses.set(workspace, known);
  const analysis = known.get(text) ?? analyze(text, workspace);
  known.set(text, analysis);
  return analysis;
}

async function analyze(text: string, { full, clean }: Workspace): Promise<QueryAnalysis> {
  const nothing = { text, errors: [], cleanErrors: [], refusal: undefined, plan: undefined, columns: undefined };
  const refusal = functionOfOtherPlaces(text);
  if (refusal !== undefined) return { ...nothing, refusal };
  let prepared: PreparedQuery;
  try {
    prepared = prepareQuery(text, full);
  } catch (error) {
    if (!(error instanceof KqlError)) throw error;
    return isFault(error) ? { ...nothing, errors: allErrors(error, text, full) } : { ...nothing, refusal: error };
  }
  const cleanErrors = /\bAzureDiagnostics\b/.test(text) ? cleanErrorsOf(text, clean) : [];
  const { plan } = prepared;
  if (plan !== undefined) return { ...nothing, cleanErrors, plan, columns: plan.columns };
  try {
    // Its columns depend on the rows: over empty tables it has those that a workspace without logs would give it.
    const { table } = await runPrepared(prepared, full, { nowTicks: 0n });
    return { ...nothing, cleanErrors, columns: table.columns };
  } catch (error) {
    if (!(error instanceof KqlError)) throw error;
    return isFault(error)
      ? { ...nothing, cleanErrors: [...cleanErrors, error] }
      : { ...nothing, cleanErrors, refusal: error };
  }
}

/** Whether the query is wrong, rather than beyond the engine. */
const isFault = ({ code }: KqlError): boolean => code === 'binding' || code === 'syntax';

/** Where a column is missing, others that come from it are too: only what is missing itself is told, if that can be said. */
function cleanErrorsOf(text: string, clean: Catalog): readonly KqlError[] {
  const errors = diagnose(text, symbolsOf(clean)).filter(isFault);
  const causes = errors.filter(({ span }) => span !== undefined && isLoggedLater(text.slice(span.start, span.end)));
  return causes.length > 0 ? causes : errors;
}

const isLoggedLater = (column: string): boolean => !isThereFromTheStart('AzureDiagnostics', column);

/** The engine stops at the first error and says what may have been meant; the binder lists the others. */
function allErrors(first: KqlError, text: string, catalog: Catalog): readonly KqlError[] {
  const others = diagnose(text, symbolsOf(catalog)).filter(({ span }) => span?.start !== first.span?.start);
  return [first, ...others];
}

/** What names things that no schema of ours has: other workspaces, and watchlists with columns of their own. */
function functionOfOtherPlaces(text: string): KqlError | undefined {
  const match = /\b(?:workspace|app|resource|_GetWatchlist\w*)\s*\(/.exec(codeText(text));
  if (match === null) return undefined;
  const span = { start: match.index, end: match.index + match[0].length - 1 };
  return new KqlError('unsupported', `${match[0].slice(0, -1).trim()}() reads what no schema here describes`, { span });
}

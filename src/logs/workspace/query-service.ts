import type { TimeSlice } from './table-query.ts';

export type Cell = string | number | boolean | null;

/** What became of one query. */
export type QueryOutcome =
  | { readonly status: 'complete'; readonly columns: readonly string[]; readonly rows: readonly (readonly Cell[])[] }
  /** Fewer rows than there are, or none, because of their number, their size or the time it takes: ask for less. */
  | { readonly status: 'too-much'; readonly reason: string }
  /** The service wants to be asked again later; it says when, or leaves it to the caller. */
  | { readonly status: 'later'; readonly reason: string; readonly afterMs: number | undefined }
  /** The workspace has no such table. */
  | { readonly status: 'no-table' };

/**
 * Runs one query over a workspace.
 * @param span the time that the service may look at, which is no smaller than what the query asks for
 * @throws LogSourceError for what asking again cannot change
 */
export type QueryService = (query: string, span: TimeSlice) => Promise<QueryOutcome>;

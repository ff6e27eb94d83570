import type { Catalog } from './catalog.ts';
import type { Batch } from './columns/batch.ts';
import { KqlError } from './kql-error.ts';

/** What stops a query that grows too large; a field left out is not limited. */
export type QueryLimits = {
  /** Rows that any operator may hold or produce. */
  readonly maxRows?: number;
  /** Wall-clock time of the whole query. */
  readonly maxTimeMs?: number;
};

export type QueryOptions = {
  /** now(): ticks of 100 ns since 0001-01-01. */
  readonly nowTicks: bigint;
  readonly limits?: QueryLimits;
  readonly signal?: AbortSignal;
  /** The wall clock in milliseconds, for maxTimeMs; the engine itself never reads a clock. */
  readonly clockMs?: () => number;
  /** Rows a batch, to show that results do not depend on it. */
  readonly batchRows?: number;
};

/** What holds for one run of one query. */
export type QueryContext = {
  readonly catalog: Catalog;
  readonly nowTicks: bigint;
  readonly batchRows: number | undefined;
  /** Results of materialize(), as() and toscalar() by plan node, computed once a run. */
  readonly materialized: Map<object, unknown>;
  /** The rows that mv-apply and partition hand to their subqueries, by the plan's key. */
  readonly boundInputs: ReadonlyMap<object, Batch>;
  /** Throws a KqlError where the query was cancelled or has run too long. */
  readonly checkpoint: () => void;
  /** Throws a KqlError where an operator holds more rows than allowed. */
  readonly checkRows: (operator: string, rowCount: number) => void;
};

export function createContext(catalog: Catalog, options: QueryOptions): QueryContext {
  const { limits = {}, signal, clockMs } = options;
  const startMs = clockMs?.() ?? 0;
  return {
    catalog,
    nowTicks: options.nowTicks,
    batchRows: options.batchRows,
    materialized: new Map(),
    boundInputs: new Map(),
    checkpoint() {
      if (signal?.aborted) throw new KqlError('cancelled', 'the query was cancelled');
      if (limits.maxTimeMs !== undefined && clockMs !== undefined && clockMs() - startMs > limits.maxTimeMs) {
        throw new KqlError('limit', `the query ran longer than ${limits.maxTimeMs} ms`, {
          hint: 'filter by time first, or raise the time limit',
        });
      }
    },
    checkRows(operator, rowCount) {
      if (limits.maxRows !== undefined && rowCount > limits.maxRows) {
        throw new KqlError('limit', `${operator} would hold ${rowCount} rows; the limit is ${limits.maxRows}`, {
          hint: 'filter or summarize before it, or raise the row limit',
        });
      }
    },
  };
}

/** The context in which a subquery runs over the rows given; what it materializes is its own. */
export const withBoundInputs = (
  context: QueryContext,
  inputs: readonly (readonly [object, Batch])[],
): QueryContext => ({
  ...context,
  materialized: new Map(),
  boundInputs: new Map([...context.boundInputs, ...inputs]),
});

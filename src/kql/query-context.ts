import type { Catalog } from './catalog.ts';
import type { Batch } from './columns/batch.ts';
import type { Profile } from './explain/profile.ts';
import { KqlError } from './kql-error.ts';
import type { ColumnDefinition } from './values/value.ts';

/** What stops a query that grows too large; a field left out is not limited. */
export type QueryLimits = {
  /** Rows that any operator may hold or produce. */
  readonly maxRows?: number;
  /** Bytes that any operator may hold, estimated from its rows and columns; and that the run may add to `heldBytes`. */
  readonly maxBytes?: number;
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
  /** The bytes that the process holds, for maxBytes: an estimate cannot see how long texts are. */
  readonly heldBytes?: () => number;
  /** Counts and times the operators (see explain/); a run without one pays nothing for it. */
  readonly profile?: Profile;
  /** Rows a batch, to show that results do not depend on it. */
  readonly batchRows?: number;
};

/** What holds for one run of one query. */
export type QueryContext = {
  readonly catalog: Catalog;
  readonly nowTicks: bigint;
  readonly batchRows: number | undefined;
  readonly profile: Profile | undefined;
  /** Results of materialize(), as() and toscalar() by plan node, computed once a run. */
  readonly materialized: Map<object, unknown>;
  /** The same for those that read bound inputs: computed once for each. */
  readonly materializedHere: Map<object, unknown>;
  /** The rows that mv-apply and partition hand to their subqueries, by the plan's key. */
  readonly boundInputs: ReadonlyMap<object, Batch>;
  /** Throws a KqlError where the query was cancelled, has run too long, or holds too much. */
  readonly checkpoint: () => void;
  /**
   * A checkpoint that now and then lets the rest of the process run, without which nobody could cancel: to be awaited
   * wherever rows are read, and in long loops, with the rows done since the last call.
   */
  readonly pause: (rowCount: number) => Promise<void> | undefined;
  /** Throws a KqlError where an operator holds more rows than allowed, or more bytes of such columns. */
  readonly checkRows: (operator: string, rowCount: number, columns?: readonly ColumnDefinition[]) => void;
};

/** About a millisecond to ten of work. */
const ROWS_BETWEEN_PAUSES = 65_536;
const CALLS_BETWEEN_PAUSES = 256;

export function createContext(catalog: Catalog, options: QueryOptions): QueryContext {
  const { limits = {}, signal, clockMs, heldBytes } = options;
  const startMs = clockMs?.() ?? 0;
  const startBytes = limits.maxBytes === undefined ? 0 : (heldBytes?.() ?? 0);
  let rows = 0;
  let calls = 0;
  const checkpoint = (): void => {
    if (signal?.aborted) throw new KqlError('cancelled', 'the query was cancelled');
    if (limits.maxTimeMs !== undefined && clockMs !== undefined && clockMs() - startMs > limits.maxTimeMs) {
      throw new KqlError('limit', `the query ran longer than ${limits.maxTimeMs} ms`, {
        hint: 'filter by time first, or raise the time limit',
      });
    }
  };
  const pauseNow = async (): Promise<void> => {
    if (limits.maxBytes !== undefined && heldBytes !== undefined) {
      checkBytes('the query', heldBytes() - startBytes, limits.maxBytes);
    }
    await new Promise((resolve) => setImmediate(resolve));
    checkpoint();
  };
  return {
    catalog,
    nowTicks: options.nowTicks,
    batchRows: options.batchRows,
    profile: options.profile,
    materialized: new Map(),
    materializedHere: new Map(),
    boundInputs: new Map(),
    checkpoint,
    pause(rowCount) {
      rows += rowCount;
      calls++;
      if (rows < ROWS_BETWEEN_PAUSES && calls < CALLS_BETWEEN_PAUSES) {
        checkpoint();
        return undefined;
      }
      rows = 0;
      calls = 0;
      return pauseNow();
    },
    checkRows(operator, rowCount, columns) {
      if (limits.maxRows !== undefined && rowCount > limits.maxRows) {
        throw new KqlError('limit', `${operator} would hold ${rowCount} rows; the limit is ${limits.maxRows}`, {
          hint: 'filter or summarize before it, or raise the row limit',
        });
      }
      if (limits.maxBytes !== undefined && columns !== undefined) {
        checkBytes(operator, rowCount * bytesPerRow(columns), limits.maxBytes);
      }
    },
  };
}

function checkBytes(holder: string, bytes: number, maxBytes: number): void {
  if (bytes <= maxBytes) return;
  const [held, limit] = [bytes, maxBytes].map((count) => `${Math.ceil(count / 2 ** 20)} MB`);
  throw new KqlError('limit', `${holder} would hold about ${held}; the limit is ${limit}`, {
    hint: 'filter, project or summarize before it, or raise the memory limit',
  });
}

/** What a row takes in columns: a text or a dynamic value is mostly a code for a value that others share. */
const bytesPerRow = (columns: readonly ColumnDefinition[]): number =>
  columns.reduce((sum, { type }) => sum + (type === 'bool' ? 1 : type === 'int' ? 4 : 8), 0);

/** The context in which a subquery runs over the rows given; what it materializes of them is its own. */
export const withBoundInputs = (
  context: QueryContext,
  inputs: readonly (readonly [object, Batch])[],
): QueryContext => ({
  ...context,
  materializedHere: new Map(),
  boundInputs: new Map([...context.boundInputs, ...inputs]),
});

import { KqlError, parseDatetime, runQuery } from '../../../src/kql/index.ts';
import { QueryGenerator } from './generate-query.ts';
import { mutateQuery } from './mutate-query.ts';
import { Random } from './random.ts';

/** The query of that number: the same for the same seed and corpus, whatever ran before. */
export function fuzzQuery(seed: number, number: number, corpus: readonly string[]): string {
  const random = new Random(Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b));
  return random.chance(0.5) ? new QueryGenerator(random).query() : mutateQuery(corpus, random);
}

/** What came of a query; a fault of the engine has its text. */
export type Outcome = { readonly code: string; readonly fault?: string };

const MAX_TIME_MS = 2000;
/** Between two looks at the clock an operator may take this long. */
const MAX_OVERRUN_MS = 8000;

/** Runs a query within limits. Only a result or an error of the query's own is right: every other end is a fault. */
export async function tryQuery(text: string): Promise<Outcome> {
  const startMs = performance.now();
  const outcome = await outcomeOf(text);
  const tookMs = performance.now() - startMs;
  if (tookMs < MAX_TIME_MS + MAX_OVERRUN_MS) return outcome;
  return { code: outcome.code, fault: `it took ${Math.round(tookMs)} ms; the limit was ${MAX_TIME_MS}` };
}

async function outcomeOf(text: string): Promise<Outcome> {
  try {
    const { tables } = await runQuery(
      text,
      { tables: new Map() },
      {
        nowTicks: parseDatetime('2026-03-24T11:00:00Z') as bigint,
        limits: { maxRows: 200_000, maxTimeMs: MAX_TIME_MS, maxBytes: 500_000_000 },
        clockMs: () => performance.now(),
        heldBytes: () => process.memoryUsage().heapUsed,
      },
    );
    // Columns are computed when they are read.
    for (const { rows, columns } of tables) for (let index = 0; index < columns.length; index++) rows.column(index);
    return { code: 'ok' };
  } catch (error) {
    if (!(error instanceof KqlError)) return { code: 'no KqlError', fault: String((error as Error)?.stack ?? error) };
    if (error.code !== 'internal') return { code: error.code };
    return { code: 'internal', fault: String((error.cause as Error)?.stack ?? error.message) };
  }
}

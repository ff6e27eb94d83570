import type { PreparedQuery, QueryEngine, QueryWindow, RunResult } from '../replay/query-engine.ts';
import { type CarryingQuery, passes } from './carry-thresholds.ts';
import type { Setting } from './sweep.ts';

/**
 * Engines that answer for the query of a setting from the results of the carrying query, which is run once for each
 * window and kept. A replay with such an engine is a replay of the setting's rule in every other respect.
 */
export function createSharedEngine(engine: QueryEngine, carrying: CarryingQuery): (setting: Setting) => QueryEngine {
  const prepared = engine.prepare(carrying.text);
  const results = new Map<bigint, Promise<RunResult>>();
  const resultIn = (window: QueryWindow): Promise<RunResult> => {
    const known = results.get(window.nowTicks) ?? prepared.run(window);
    results.set(window.nowTicks, known);
    return known;
  };
  return (setting) => ({
    prepare: (): PreparedQuery => ({
      tables: prepared.tables,
      run: async (window) => resultOf(setting, await resultIn(window), carrying),
    }),
  });
}

function resultOf(setting: Setting, result: RunResult, { thresholds }: CarryingQuery): RunResult {
  const places = thresholds.map(({ column }) => result.columns.findIndex(({ name }) => name === column));
  const isCarried = (_: unknown, index: number): boolean => !places.includes(index);
  const rows = result.rows.filter((row) =>
    thresholds.every(({ parameter, operator }, index) =>
      passes(row[places[index] as number] ?? null, operator, setting[parameter] as number),
    ),
  );
  return {
    columns: result.columns.filter(isCarried),
    rows: rows.map((row) => row.filter(isCarried)),
    rowsScanned: result.rowsScanned,
  };
}

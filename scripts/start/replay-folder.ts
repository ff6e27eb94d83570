import type { LoadedTables } from '../../src/kql/index.ts';
import { setClock } from '../../src/replay/clock.ts';
import { inputProblems, timeSpan } from '../../src/replay/input-logs.ts';
import { createKqlQueryEngine } from '../../src/replay/kql-query-engine.ts';
import { loadRuleFiles } from '../../src/replay/load-rule-files.ts';
import { replay } from '../../src/replay/replay.ts';
import type { ReplayResult } from '../../src/replay/replay-result.ts';
import { knownSchemas, loadLogs } from '../load-logs.ts';

export type ReplayedFolder = {
  readonly logs: LoadedTables;
  readonly result: ReplayResult;
  /** Milliseconds that each rule took, by slug. */
  readonly elapsedMs: ReadonlyMap<string, number>;
};

/** Replays the generated rules over a folder of logs; the clock follows the data. */
export async function replayFolder(folder: string, rulesFolder: string): Promise<ReplayedFolder> {
  const logs = await loadLogs([folder]);
  const clock = setClock({ data: timeSpan(logs.tables) });
  const startedMs = new Map<string, number>();
  const elapsedMs = new Map<string, number>();
  const result = await replay(
    await loadRuleFiles(rulesFolder, undefined),
    createKqlQueryEngine(logs.tables, knownSchemas),
    {
      clock,
      onProgress({ slug, done, total }) {
        const nowMs = performance.now();
        if (!startedMs.has(slug)) startedMs.set(slug, nowMs);
        elapsedMs.set(slug, nowMs - (startedMs.get(slug) as number));
        if (process.stderr.isTTY && done % 50 === 0)
          process.stderr.write(`\r\u001b[2K         ${slug}: run ${done} of ${total}`);
      },
    },
  );
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[2K');
  return { logs, result: { ...result, problems: [...inputProblems(logs.problems), ...result.problems] }, elapsedMs };
}

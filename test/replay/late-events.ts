import { knownSchemas } from '../../scripts/load-logs.ts';
import { batchOf, createMemoryTable, type MemoryTable } from '../../src/kql/index.ts';
import { defaultAssumptions, type ReplayAssumptions } from '../../src/replay/assumptions.ts';
import { compareDetections, type DelayEffect } from '../../src/replay/compare-detections.ts';
import { createKqlQueryEngine } from '../../src/replay/kql-query-engine.ts';
import { withDelays } from '../../src/replay/log-table.ts';
import { replay } from '../../src/replay/replay.ts';
import { at, ruleYaml, ticksAt } from './fixtures.ts';

const columns = knownSchemas.get('AzureActivity') ?? [];
export const activity = (events: readonly (readonly [time: string, caller: string])[]): MemoryTable =>
  createMemoryTable(
    batchOf(
      columns,
      events.map(([time, caller]) =>
        columns.map(({ name, type }) => {
          if (name === 'TimeGenerated') return ticksAt(`2026-03-24 ${time}`);
          return name === 'Caller' ? caller : type === 'string' ? '' : null;
        }),
      ),
    ),
  );

/** The table with rows that arrive so many minutes late, in the order of time. */
const late = (table: MemoryTable, minutes: readonly number[]): MemoryTable =>
  createMemoryTable(withDelays(table.rows, (row) => BigInt(minutes[row] ?? 0) * 600_000_000n));

type LateEvents = {
  /** What differs from an hourly rule that looks back an hour and raises an alert for each row. */
  readonly yaml: Record<string, unknown>;
  readonly events: readonly (readonly [time: string, caller: string])[];
  /** How late the events arrive, in the order of time. */
  readonly minutes: readonly number[];
  readonly assumptions?: Partial<ReplayAssumptions>;
};

/** What a delay of these events does to the alerts of the runs of 01:00 to 04:00. */
export async function effectOf({
  yaml,
  events,
  minutes,
  assumptions = {},
}: LateEvents): Promise<readonly DelayEffect[]> {
  const table = activity(events);
  const text = ruleYaml({
    query: 'AzureActivity | project TimeGenerated, Caller',
    eventGroupingSettings: { aggregationKind: 'AlertPerResult' },
    alertDetailsOverride: { alertDisplayNameFormat: 'by {{Caller}}' },
    ...yaml,
  });
  const files = [{ file: 'many-calls.yaml', text }];
  const clock = { fromMs: at('2026-03-24 01:00'), toMs: at('2026-03-24 04:00'), furtherRuns: 0 };
  const replayed = (logs: MemoryTable) =>
    replay(files, createKqlQueryEngine(new Map([['AzureActivity', logs]]), knownSchemas), {
      clock,
      assumptions: { ...defaultAssumptions, ...assumptions },
    });
  return compareDetections(await replayed(table), await replayed(late(table, minutes)));
}

/** `lost ann 01:05` for each alert that a delay took or gave. */
export const told = ([effect]: readonly DelayEffect[]): string[] =>
  (['lost', 'duplicated', 'appeared', 'later'] as const).flatMap((what) =>
    (effect?.[what] ?? []).map(
      ({ name, createdMs }) => `${what} ${name} ${new Date(createdMs).toISOString().slice(11, 16)}`,
    ),
  );

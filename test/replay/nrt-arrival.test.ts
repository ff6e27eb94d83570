import assert from 'node:assert/strict';
import { knownSchemas } from '../../scripts/load-logs.ts';
import { batchOf, createMemoryTable } from '../../src/kql/index.ts';
import { defaultAssumptions, type ReplayAssumptions } from '../../src/replay/assumptions.ts';
import { formatTimeMs } from '../../src/replay/clock.ts';
import { createKqlQueryEngine } from '../../src/replay/kql-query-engine.ts';
import { withDelays } from '../../src/replay/log-table.ts';
import { replay } from '../../src/replay/replay.ts';
import { at, nrtYaml, ticksAt } from './fixtures.ts';

const columns = knownSchemas.get('AzureActivity') ?? [];

type Row = readonly [caller: string, generated: string, arrived: string];

/** The alerts of an NRT rule that raises one for each row, as `caller created`. */
async function alertsOf(
  rows: readonly Row[],
  assumptions: Partial<ReplayAssumptions> = {},
): Promise<readonly string[]> {
  const cells = rows.map(([caller, generated]) =>
    columns.map(({ name, type }) => {
      if (name === 'TimeGenerated') return ticksAt(generated);
      return name === 'Caller' ? caller : type === 'string' ? '' : null;
    }),
  );
  const arrivals = rows.map(([, generated, arrived]) => ticksAt(arrived) - ticksAt(generated));
  const table = createMemoryTable(withDelays(batchOf(columns, cells), (row) => arrivals[row] ?? 0n));
  const text = nrtYaml({
    query: 'AzureActivity | project TimeGenerated, Caller',
    eventGroupingSettings: { aggregationKind: 'AlertPerResult' },
    alertDetailsOverride: { alertDisplayNameFormat: '{{Caller}}' },
  });
  const { rules } = await replay(
    [{ file: 'nrt.yaml', text }],
    createKqlQueryEngine(new Map([['AzureActivity', table]]), knownSchemas),
    {
      clock: { fromMs: at('2026-03-24 09:50'), toMs: at('2026-03-24 10:20'), furtherRuns: 0 },
      assumptions: { ...defaultAssumptions, ...assumptions },
    },
  );
  return (rules[0]?.alerts ?? []).map(({ name, createdMs }) => `${name} ${formatTimeMs(createdMs).slice(11, 19)}`);
}

describe('a row under an NRT rule', function () {
  this.timeout(30_000);

  // Runs are scheduled on the minute, look at what arrived in the minute before and are executed 2 minutes later.
  const timeline: readonly (readonly [...Row, created: string])[] = [
    ['prompt', '2026-03-24 10:00:10', '2026-03-24 10:00:40', '10:03:00'],
    ['at the start of a minute', '2026-03-24 10:00:30', '2026-03-24 10:01:00', '10:04:00'],
    ['7 minutes late', '2026-03-24 10:00:20', '2026-03-24 10:07:20', '10:10:00'],
    ['an hour late', '2026-03-24 09:04:05', '2026-03-24 10:04:05', '10:07:00'],
    ['almost 12 hours late', '2026-03-23 22:00:31', '2026-03-24 10:00:30', '10:03:00'],
  ];
  for (const [caller, generated, arrived, created] of timeline) {
    it(`is seen once, by the run of its arrival: ${caller}, ${arrived.slice(11)}`, async () => {
      assert.deepEqual(await alertsOf([[caller, generated, arrived]]), [`${caller} ${created}`]);
    });
  }

  it('is seen once among rows that arrive in another order than they were generated', async () => {
    const rows = timeline.map(([caller, generated, arrived]): Row => [caller, generated, arrived]);
    assert.deepEqual(await alertsOf(rows), [
      'almost 12 hours late 10:03:00',
      'prompt 10:03:00',
      'at the start of a minute 10:04:00',
      'an hour late 10:07:00',
      '7 minutes late 10:10:00',
    ]);
  });

  it('is not seen where it took 12 hours or more, unless the assumption says so', async () => {
    const rows: readonly Row[] = [
      ['12 hours late', '2026-03-23 22:00:30', '2026-03-24 10:00:30'],
      ['prompt', '2026-03-24 10:00:10', '2026-03-24 10:00:40'],
    ];
    assert.deepEqual(await alertsOf(rows), ['prompt 10:03:00']);
    assert.deepEqual(await alertsOf(rows, { oldRows: 'seen' }), ['12 hours late 10:03:00', 'prompt 10:03:00']);
  });
});

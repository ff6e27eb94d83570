import assert from 'node:assert/strict';
import { type MemoryTable, rowsOf } from '../../src/kql/index.ts';
import { delayEffectsJson, formatDelayEffects } from '../../src/replay/format-delay-effects.ts';
import { delayTables, readDelayProfile } from '../../src/replay/ingestion-delay.ts';
import { MINUTE_MS } from './fixtures.ts';
import { activity, effectOf, told } from './late-events.ts';

const seconds = (count: number): MemoryTable =>
  activity(
    Array.from({ length: count }, (_, index) => {
      const minute = index % 1440;
      const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
      return [`${time}:${String(index % 60).padStart(2, '0')}`, 'ann'] as const;
    }),
  );
/** Milliseconds from generation to arrival, row by row. */
function delaysOf(table: MemoryTable, profile: string, seed: number, name = 'AGWFirewallLogs'): readonly number[] {
  const { arrived } = delayTables(new Map([[name, table]]), readDelayProfile(profile), seed).get(name) as MemoryTable;
  const generated = table.columns.findIndex((column) => column.name === 'TimeGenerated');
  return rowsOf(arrived as NonNullable<typeof arrived>).map((cells) =>
    Number(((cells.at(-1) as bigint) - (cells[generated] as bigint)) / 10_000n),
  );
}
const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] as number;

describe('an ingestion delay', () => {
  it('has the median and the 99th percentile that its profile names', () => {
    const delays = delaysOf(seconds(1440), '3m,20m', 1);
    assert.ok(Math.abs(quantile(delays, 0.5) / (3 * MINUTE_MS) - 1) < 0.1, `median ${quantile(delays, 0.5)}`);
    assert.ok(Math.abs(quantile(delays, 0.99) / (20 * MINUTE_MS) - 1) < 0.25, `p99 ${quantile(delays, 0.99)}`);
    assert.ok(delays.every((delay) => delay > 0));
  });

  it('is the same for the rows of one minute, for the same seed, and for a table whatever others there are', () => {
    const twice = activity([
      ['10:00:01', 'a'],
      ['10:00:59', 'b'],
      ['10:01:00', 'c'],
    ]);
    const [first, second, third] = delaysOf(twice, 'typical', 7);
    assert.equal(first, second);
    assert.notEqual(second, third);
    assert.deepEqual(delaysOf(twice, 'typical', 7), [first, second, third]);
    assert.notDeepEqual(delaysOf(twice, 'typical', 8), [first, second, third]);
    assert.notDeepEqual(delaysOf(twice, 'typical', 7, 'AzureDiagnostics'), [first, second, third]);
  });

  it('is longer for the activity log by its older way than for alerts', () => {
    const table = seconds(1440);
    const median = (name: string): number => Math.round(quantile(delaysOf(table, 'slow', 3, name), 0.5) / MINUTE_MS);
    assert.deepEqual([median('AzureActivity'), median('SecurityAlert')], [12, 3]);
  });

  for (const text of ['', 'fast', '3m', '20m,3m', '3m,20m,40m', '0m,3m', '3,20']) {
    it(`is refused as '${text}'`, () =>
      assert.throws(() => readDelayProfile(text), { name: 'ReplayError', code: 'delay', hint: /typical, slow/ }));
  }
});

describe('the detections that a delay changes', function () {
  this.timeout(30_000);

  // Hourly, looking back an hour: what arrives after the run of its hour is never looked at again.
  it('are lost where the look-back equals the frequency and a row comes after its run', async () => {
    const events = [
      ['01:50', 'ann'],
      ['01:59', 'bob'],
      ['01:30', 'eve'],
    ] as const;
    // Sorted by time: eve, ann, bob. The run of 02:00 is executed at 02:05.
    assert.deepEqual(told(await effectOf({ yaml: {}, events, minutes: [35, 15, 7] })), ['lost by bob 02:05']);
  });

  // One event, 7 minutes late, under hourly rules. The run of 02:00 is executed at 02:05, that of 03:00 at 03:05.
  const overlap = { queryPeriod: '70m' };
  const byArrival = {
    queryPeriod: '70m',
    query: 'AzureActivity | where ingestion_time() > ago(1h) | project TimeGenerated, Caller',
  };
  const executed = { now: 'executed' } as const;
  for (const [what, yaml, assumptions, time, minutes, expected] of [
    ['comes at 02:05 to a look-back of 1h', {}, {}, '01:58', 7, []],
    ['comes at 02:06 to a look-back of 1h', {}, {}, '01:59', 7, ['lost by ann 02:05']],
    // On time it is seen at 02:05 and again at 03:05, since both windows hold it.
    ['comes at 02:06 to a look-back of 70m', overlap, {}, '01:59', 7, ['later by ann 03:05']],
    // It is 01:49 that no later window holds: that of 03:00 begins at 01:50.
    ['comes at 02:06, 17 minutes late, to a look-back of 70m', overlap, {}, '01:49', 17, ['lost by ann 02:05']],
    ['comes at 02:06 to a rule that goes by arrival', byArrival, {}, '01:59', 7, ['later by ann 03:05']],
    // ago(1h) is 02:00 in the run of 03:00, and the run of 02:00 has seen it before: it was executed at 02:05.
    ['comes at 02:03 to a rule that goes by arrival', byArrival, {}, '01:59', 4, ['duplicated by ann 03:05']],
    ['comes at 02:03, and ago(1h) is 02:05 in the run of 03:00', byArrival, executed, '01:59', 4, []],
    [
      'comes at 02:06, and ago(1h) is 02:05 in the run of 03:00',
      byArrival,
      executed,
      '01:59',
      7,
      ['later by ann 03:05'],
    ],
  ] as const) {
    it(`are ${expected.length === 0 ? 'the same' : expected[0]} where an event ${what}`, async () => {
      assert.deepEqual(
        told(await effectOf({ yaml, events: [[time, 'ann']], minutes: [minutes], assumptions })),
        expected,
      );
    });
  }

  it('come later where the look-back is longer, and are lost where it is not long enough', async () => {
    const overlapping = { queryPeriod: '2h' };
    const events = [['01:30', 'ann']] as const;
    // On time the overlap raises 02:05 and 03:05: one detection, twice; 40 minutes late the second of them is left.
    assert.deepEqual(told(await effectOf({ yaml: overlapping, events, minutes: [0] })), []);
    assert.deepEqual(told(await effectOf({ yaml: overlapping, events, minutes: [40] })), ['later by ann 03:05']);
    assert.deepEqual(told(await effectOf({ yaml: overlapping, events, minutes: [100] })), ['lost by ann 02:05']);
  });

  const nrt = {
    kind: 'NRT',
    queryFrequency: undefined,
    queryPeriod: undefined,
    triggerOperator: undefined,
    triggerThreshold: undefined,
    eventGroupingSettings: undefined,
  };

  it('are duplicated where one burst arrives in two parts', async () => {
    const burst = [
      ['01:30:10', 'ann'],
      ['01:30:40', 'ann'],
    ] as const;
    assert.deepEqual(told(await effectOf({ yaml: nrt, events: burst, minutes: [5, 5] })), ['later by ann 01:38']);
    assert.deepEqual(told(await effectOf({ yaml: nrt, events: burst, minutes: [0, 5] })), ['duplicated by ann 01:38']);
  });

  it('are the same ones for an NRT rule whose results have no time', async () => {
    const counting = { ...nrt, query: 'AzureActivity | summarize Calls = count() by Caller | where Calls > 0' };
    const late = await effectOf({ yaml: counting, events: [['01:30:10', 'ann']], minutes: [7] });
    assert.deepEqual(told(late), ['later by ann 01:40']);
  });

  it('stay where the window tolerates the delay, and are lost beyond it', async () => {
    const tolerant = {
      queryPeriod: '2h',
      query:
        'AzureActivity | where TimeGenerated < ago(10m) and TimeGenerated >= ago(70m) | project TimeGenerated, Caller',
    };
    // 01:45 is looked at by the run of 02:00 (executed at 02:05) and has arrived; 01:55 is left to the run of 03:00.
    const events = [
      ['01:45', 'ann'],
      ['01:55', 'bob'],
    ] as const;
    assert.deepEqual(told(await effectOf({ yaml: tolerant, events, minutes: [10, 10] })), []);
    assert.deepEqual(told(await effectOf({ yaml: tolerant, events, minutes: [21, 21] })), ['lost by ann 02:05']);
  });

  it('appear where an exception comes too late', async () => {
    const unless = {
      query: `AzureActivity | where Caller != "admin"
        | join kind=leftanti (AzureActivity | where Caller == "admin" | project Hour = bin(TimeGenerated, 1h)) on $left.TenantId == $right.TenantId
        | project TimeGenerated, Caller`.replace('project Hour', 'project TenantId, Hour'),
    };
    const events = [
      ['01:10', 'ann'],
      ['01:50', 'admin'],
    ] as const;
    assert.deepEqual(told(await effectOf({ yaml: unless, events, minutes: [0, 30] })), ['appeared by ann 02:05']);
  });

  it('are told for each rule, as text and as JSON', async () => {
    const effects = await effectOf({ yaml: {}, events: [['01:59', 'bob\u001b[2J']], minutes: [7] });
    assert.equal(
      formatDelayEffects(effects, { profile: 'typical', seed: 7 }),
      `Detections with ingestion delay typical (seed 7) against logs that arrive at once

rule        on time  delayed  lost  duplicated  new  later
many-calls        1        0     1           0    0      0

many-calls: lost: 2026-03-24T02:05:00Z  by bob\\u{1b}[2J
`,
    );
    assert.deepEqual(delayEffectsJson(effects, { profile: 'typical', seed: 7 }), {
      profile: 'typical',
      seed: 7,
      rules: [
        {
          slug: 'many-calls',
          onTime: 1,
          delayed: 0,
          lost: [{ id: effects[0]?.lost[0]?.id, created: '2026-03-24T02:05:00Z', name: 'by bob\u001b[2J' }],
          duplicated: [],
          new: [],
          later: [],
        },
      ],
    });
  });
});

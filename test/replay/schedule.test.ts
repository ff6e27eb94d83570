import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatDatetime } from '../../src/kql/index.ts';
import { defaultAssumptions } from '../../src/replay/assumptions.ts';
import { formatTimeMs, type ReplayClock } from '../../src/replay/clock.ts';
import { windowOf } from '../../src/replay/execute-run.ts';
import { planRuns, type RuleRun } from '../../src/replay/schedule.ts';
import { at, DAY_MS, HOUR_MS, MINUTE_MS } from './fixtures.ts';

const clock = (from: string, to: string, changes: Partial<ReplayClock> = {}): ReplayClock => ({
  fromMs: at(from),
  toMs: at(to),
  furtherRuns: 0,
  ...changes,
});
const hourly = { kind: 'Scheduled', queryFrequencyMs: HOUR_MS, queryPeriodMs: HOUR_MS } as const;
const nrt = { kind: 'NRT', queryFrequencyMs: MINUTE_MS, queryPeriodMs: MINUTE_MS } as const;

/** `scheduled executed [from to)` */
const lines = (runs: readonly RuleRun[]): string[] =>
  runs.map(({ scheduledMs, executedMs, window }) =>
    [scheduledMs, executedMs, window.fromMs, window.toMs].map((ms) => formatTimeMs(ms).slice(5, 19)).join(' '),
  );

describe('the schedule of a rule', () => {
  it('runs an hourly rule on the hour, executes it 5 minutes later and looks back exactly its period', () => {
    assert.deepEqual(lines(planRuns(hourly, clock('2026-03-24 10:05:03', '2026-03-24 13:00'))), [
      '03-24T11:00:00 03-24T11:05:00 03-24T10:00:00 03-24T11:00:00',
      '03-24T12:00:00 03-24T12:05:00 03-24T11:00:00 03-24T12:00:00',
      '03-24T13:00:00 03-24T13:05:00 03-24T12:00:00 03-24T13:00:00',
    ]);
  });

  it('includes runs on both ends of the clock', () => {
    const runs = planRuns(hourly, clock('2026-03-24 10:00', '2026-03-24 12:00'));
    assert.deepEqual(
      runs.map(({ scheduledMs }) => scheduledMs),
      [at('2026-03-24 10:00'), at('2026-03-24 11:00'), at('2026-03-24 12:00')],
    );
  });

  it('lets windows overlap where the period is longer than the frequency', () => {
    const daily = { ...hourly, queryPeriodMs: 14 * DAY_MS };
    assert.deepEqual(lines(planRuns(daily, clock('2026-03-24 10:30', '2026-03-24 12:30'))), [
      '03-24T11:00:00 03-24T11:05:00 03-10T11:00:00 03-24T11:00:00',
      '03-24T12:00:00 03-24T12:05:00 03-10T12:00:00 03-24T12:00:00',
    ]);
  });

  it('runs an NRT rule every minute, 2 minutes late, on what was ingested in the minute before', () => {
    const runs = planRuns(nrt, clock('2026-03-24 10:00:01', '2026-03-24 10:02'));
    assert.deepEqual(lines(runs), [
      '03-24T10:01:00 03-24T10:03:00 03-24T10:00:00 03-24T10:01:00',
      '03-24T10:02:00 03-24T10:04:00 03-24T10:01:00 03-24T10:02:00',
    ]);
    assert.deepEqual([...new Set(runs.map(({ window }) => window.by))], ['ingestion_time']);
  });

  it('selects by TimeGenerated for scheduled rules', () => {
    const [first] = planRuns(hourly, clock('2026-03-24 10:00', '2026-03-24 10:00'));
    assert.equal(first?.window.by, 'TimeGenerated');
  });

  it('makes exactly two more runs after the last row where the clock follows the data', () => {
    const runs = planRuns(hourly, clock('2026-03-24 10:05', '2026-03-24 11:55', { furtherRuns: 2 }));
    assert.deepEqual(
      runs.map(({ scheduledMs }) => formatTimeMs(scheduledMs).slice(11, 16)),
      ['11:00', '12:00', '13:00'],
    );
  });

  it('does not run what would be executed after now: 11:00 is executed at 11:05', () => {
    const count = (now: string): number =>
      planRuns(hourly, clock('2026-03-24 10:30', '2026-03-24 13:00', { nowMs: at(now) })).length;
    assert.deepEqual([count('2026-03-24 11:04:59'), count('2026-03-24 11:05'), count('2026-03-24 12:05')], [0, 1, 2]);
  });

  it('starts with the clock where the assumption says so', () => {
    const assumptions = { ...defaultAssumptions, firstRun: 'at-clock-start' } as const;
    const runs = planRuns(hourly, clock('2026-03-24 10:17', '2026-03-24 12:20'), assumptions);
    assert.deepEqual(
      runs.map(({ scheduledMs }) => formatTimeMs(scheduledMs).slice(11, 16)),
      ['10:17', '11:17', '12:17'],
    );
  });

  // A rule created to start at 10:17 runs then and every hour later, whatever the clock that is looked at.
  for (const [what, from, to, expected] of [
    ['from its start', '2026-03-24 09:00', '2026-03-24 12:20', ['10:17', '11:17', '12:17']],
    ['in step with it, where the clock begins later', '2026-03-24 11:18', '2026-03-24 14:00', ['12:17', '13:17']],
    ['on it, where the clock begins then', '2026-03-24 10:17', '2026-03-24 10:17', ['10:17']],
    ['not before it', '2026-03-24 08:00', '2026-03-24 10:16', []],
  ] as const) {
    it(`runs a rule with a start time ${what}`, () => {
      const runs = planRuns(hourly, clock(from, to, { startMs: at('2026-03-24 10:17') }));
      assert.deepEqual(
        runs.map(({ scheduledMs }) => formatTimeMs(scheduledMs).slice(11, 16)),
        expected,
      );
    });
  }

  it('looks back 14 days at most: what is older by a tick is in no window', () => {
    const longest = { ...hourly, queryPeriodMs: 14 * DAY_MS };
    const [only] = planRuns(longest, clock('2026-03-24 11:00', '2026-03-24 11:00'));
    assert.deepEqual(only?.window, {
      fromMs: at('2026-03-10 11:00'),
      toMs: at('2026-03-24 11:00'),
      includes: 'from',
      by: 'TimeGenerated',
    });
  });

  // [10:00 11:00) or (10:00 11:00], and now() at 11:00 or 11:05.
  for (const [assumption, expected] of [
    [{}, ['10:00:00.0000000', '11:00:00.0000000', '11:00:00.0000000']],
    [{ windowEnd: 'included' }, ['10:00:00.0000001', '11:00:00.0000001', '11:00:00.0000000']],
    [{ now: 'executed' }, ['10:00:00.0000000', '11:00:00.0000000', '11:05:00.0000000']],
  ] as const) {
    it(`asks the engine for the window and now() of the assumptions ${JSON.stringify(assumption)}`, () => {
      const assumptions = { ...defaultAssumptions, ...assumption };
      const [only] = planRuns(hourly, clock('2026-03-24 11:00', '2026-03-24 11:00'), assumptions);
      const { fromTicks, toTicks, nowTicks } = windowOf(only as RuleRun);
      assert.deepEqual(
        [fromTicks, toTicks, nowTicks].map((ticks) => formatDatetime(ticks).slice(11, 27)),
        expected,
      );
    });
  }

  it('plans nothing where no run falls into the clock', () => {
    assert.deepEqual(planRuns(hourly, clock('2026-03-24 10:01', '2026-03-24 10:59')), []);
  });

  it('looks at every moment exactly once where period equals frequency, for any clock', () => {
    const minutes = fc.integer({ min: 5, max: 20_160 });
    fc.assert(
      fc.property(
        minutes,
        fc.integer({ min: 0, max: 10 ** 9 }),
        fc.integer({ min: 0, max: 30 }),
        (step, offset, more) => {
          const stepMs = step * MINUTE_MS;
          const fromMs = at('2026-01-01 00:00') + offset;
          const rule = { kind: 'Scheduled', queryFrequencyMs: stepMs, queryPeriodMs: stepMs } as const;
          const runs = planRuns(rule, { fromMs, toMs: fromMs + more * stepMs, furtherRuns: 1 });
          for (const [index, run] of runs.entries()) {
            const next = runs[index + 1];
            if (next !== undefined) assert.equal(next.window.fromMs, run.window.toMs);
          }
          assert.ok((runs[0]?.window.fromMs ?? 0) < fromMs + stepMs);
          assert.ok((runs.at(-1)?.window.toMs ?? 0) >= fromMs + more * stepMs);
        },
      ),
    );
  });
});

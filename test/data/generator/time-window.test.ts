import assert from 'node:assert/strict';
import fc from 'fast-check';
import { baselineOf, formatTime, hourMs, runFor, windowOf, windowsIn } from '../../../data/generator/time-window.ts';

const at = (text: string): number => Date.parse(`2026-03-${text}Z`);
const shown = (ms: number): string => new Date(ms).toISOString().slice(8, 16);

describe('windows and the runs that evaluate them', () => {
  it('a window starts on the full hour, at 20 and at 40 past', () => {
    assert.deepEqual(
      ['24T10:19:59.999', '24T10:20', '24T10:39'].map((text) => shown(windowOf(at(text)))),
      ['24T10:00', '24T10:20', '24T10:20'],
    );
  });

  // Hand-computed: a run at T evaluates what lies in (T - 70 min, T - 10 min].
  for (const [end, run] of [
    ['24T10:40', '24T11:00'],
    ['24T10:50', '24T11:00'],
    ['24T10:50:00.001', '24T12:00'],
    ['24T11:00', '24T12:00'],
    ['24T11:20', '24T12:00'],
    ['24T23:55', '25T01:00'],
  ] as const) {
    it(`what ends at ${end} is evaluated by the run at ${run}`, () => {
      assert.equal(shown(runFor(at(end))), run);
    });
  }

  it('a run compares with whole windows from 14 days before it until 80 minutes before it', () => {
    const baseline = baselineOf(at('24T11:00'));
    assert.deepEqual([shown(baseline.fromMs), shown(baseline.untilMs)], ['10T11:00', '24T09:40']);
    // 14 days of 72 windows, less the four from 09:40 to 11:00.
    assert.equal(windowsIn(baseline).length, 14 * 72 - 4);
  });

  it('only whole windows lie in a span', () => {
    const from = at('24T10:05');
    assert.deepEqual(windowsIn({ fromMs: from, untilMs: from + hourMs }).map(shown), ['24T10:20', '24T10:40']);
  });

  it('times have the seven digits of a Kusto datetime', () => {
    assert.equal(formatTime(at('24T10:21:13.417')), '2026-03-24T10:21:13.4170000Z');
  });

  it('times are told the same in any order, whatever was told before', () => {
    const times = fc.array(fc.integer({ min: 0, max: 4_000_000_000_000 }), { minLength: 1 });
    fc.assert(
      fc.property(times, (given) => {
        const expected = given.map((ms) => new Date(ms).toISOString().replace('Z', '0000Z'));
        assert.deepEqual(given.map(formatTime), expected);
      }),
    );
  });
});

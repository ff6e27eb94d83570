import assert from 'node:assert/strict';
import { formatDurationMs, parseDurationMs } from '../../src/replay/duration.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './fixtures.ts';

describe('durations of rules', () => {
  const durations: readonly (readonly [text: string, durationMs: number | undefined])[] = [
    ['5m', 5 * MINUTE_MS],
    ['1h', HOUR_MS],
    ['14d', 14 * DAY_MS],
    ['PT5M', 5 * MINUTE_MS],
    ['PT1H10M', 70 * MINUTE_MS],
    ['P14D', 14 * DAY_MS],
    ['P1DT12H', 36 * HOUR_MS],
    ['PT90S', 90_000],
    ['PT0S', 0],
    ['', undefined],
    ['1', undefined],
    ['1w', undefined],
    ['1h30m', undefined],
    ['-5m', undefined],
    ['1.5h', undefined],
    ['P', undefined],
    ['PT', undefined],
    ['P1DT', undefined],
    ['P1M', undefined],
    ['P1W', undefined],
    ['pt5m', undefined],
    [' 5m', undefined],
  ];
  for (const [text, durationMs] of durations) {
    it(`reads '${text}' as ${durationMs === undefined ? 'no duration' : `${durationMs} ms`}`, () => {
      assert.equal(parseDurationMs(text), durationMs);
    });
  }

  it('prints every unit that is not zero', () => {
    assert.deepEqual([0, 1, 90_000, 70 * MINUTE_MS, 14 * DAY_MS, DAY_MS + HOUR_MS].map(formatDurationMs), [
      '0ms',
      '1ms',
      '1m 30s',
      '1h 10m',
      '14d',
      '1d 1h',
    ]);
  });
});

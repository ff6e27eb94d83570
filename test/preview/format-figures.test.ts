import { strict as assert } from 'node:assert';
import {
  formatDuration,
  formatNumber,
  formatShortNumber,
  formatTime,
  formatTimeRange,
} from '../../src/preview/format-figures.ts';
import { at } from './report-fixture.ts';

describe('figures of a page', () => {
  for (const [value, text] of [
    [19_563, '19,563'],
    [1_075.11, '1,075.11'],
    [71.166, '71.17'],
    [0, '0'],
    [0.004, '0.004'],
    [-12.5, '-12.5'],
    [Number.NaN, '–'],
    [Number.POSITIVE_INFINITY, '–'],
  ] as const) {
    it(`prints ${value} as ${text}`, () => assert.equal(formatNumber(value), text));
  }

  for (const [value, text] of [
    [950, '950'],
    [1_200, '1.2k'],
    [20_000, '20k'],
    [3_000_000, '3M'],
    [2.5, '2.5'],
  ] as const) {
    it(`labels an axis with ${text} for ${value}`, () => assert.equal(formatShortNumber(value), text));
  }

  it('prints times in UTC, whatever the time zone of the machine', () => {
    assert.equal(formatTime(at('2026-03-24T23:05:00')), '2026-03-24 23:05');
    assert.equal(formatTime(at('2026-03-24T23:05:07')), '2026-03-24 23:05:07');
    assert.equal(formatTimeRange(at('2026-03-24T10:20:00'), at('2026-03-24T10:40:00')), '2026-03-24 10:20–10:40');
    assert.equal(
      formatTimeRange(at('2026-03-24T23:50:00'), at('2026-03-25T00:10:00')),
      '2026-03-24 23:50 – 2026-03-25 00:10',
    );
  });

  for (const [durationMs, text] of [
    [340, '340 ms'],
    [1_200, '1.2 s'],
    [1_200_000, '20 min'],
    [4_200_000, '1 h 10 min'],
    [1_209_600_000, '14 d'],
  ] as const) {
    it(`prints ${durationMs} ms as ${text}`, () => assert.equal(formatDuration(durationMs), text));
  }
});

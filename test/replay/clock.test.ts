import assert from 'node:assert/strict';
import { alignUpMs, formatTimeMs, parseTimeMs, setClock } from '../../src/replay/clock.ts';
import { at, DAY_MS, HOUR_MS, MINUTE_MS } from './fixtures.ts';

describe('the clock of a replay', () => {
  const data = { firstMs: at('2015-05-17 10:05:03'), lastMs: at('2015-05-20 21:05:59') };

  it('follows the data where no time is given, and runs on until late rows have been looked at', () => {
    assert.deepEqual(setClock({ data }), {
      fromMs: data.firstMs,
      toMs: data.lastMs,
      furtherRuns: 2,
      startMs: undefined,
      nowMs: undefined,
    });
  });

  it('ends exactly at a given end, without further runs', () => {
    const toMs = at('2015-05-18 00:00');
    assert.deepEqual(setClock({ data, toMs }), {
      fromMs: data.firstMs,
      toMs,
      furtherRuns: 0,
      startMs: undefined,
      nowMs: undefined,
    });
  });

  it('needs no data where both ends are given', () => {
    const [fromMs, toMs] = [at('2015-05-18 00:00'), at('2015-05-18 06:00')];
    assert.deepEqual(setClock({ fromMs, toMs }), {
      fromMs,
      toMs,
      furtherRuns: 0,
      startMs: undefined,
      nowMs: undefined,
    });
  });

  it('says what to do where there is neither a time nor a row', () => {
    assert.throws(() => setClock({}), { name: 'ReplayError', code: 'clock', hint: /--from and --to/ });
  });

  it('refuses to end before it starts', () => {
    assert.throws(() => setClock({ fromMs: at('2015-05-18 06:00'), toMs: at('2015-05-18 00:00') }), {
      code: 'clock',
      message: 'the clock would end (2015-05-18T00:00:00Z) before it starts (2015-05-18T06:00:00Z)',
    });
  });

  it('aligns as bin() does, from 0001-01-01, which was a Monday', () => {
    const time = at('2026-03-24 10:07'); // a Tuesday
    assert.deepEqual(
      [5 * MINUTE_MS, HOUR_MS, DAY_MS, 7 * DAY_MS].map((stepMs) => formatTimeMs(alignUpMs(time, stepMs))),
      ['2026-03-24T10:10:00Z', '2026-03-24T11:00:00Z', '2026-03-25T00:00:00Z', '2026-03-30T00:00:00Z'],
    );
    assert.equal(alignUpMs(at('2026-03-24 11:00'), HOUR_MS), at('2026-03-24 11:00'));
  });

  it('reads times without offset as UTC, whatever the time zone of the machine', () => {
    const zone = process.env.TZ;
    try {
      for (const TZ of ['UTC', 'America/New_York', 'Asia/Kolkata']) {
        process.env.TZ = TZ;
        assert.deepEqual(
          ['2026-03-24', '2026-03-24T11:00', '2026-03-24 11:00:30Z', '2026-03-24T11:00:00.5+02:00'].map(parseTimeMs),
          [at('2026-03-24 00:00'), at('2026-03-24 11:00'), at('2026-03-24 11:00:30'), at('2026-03-24 09:00:00.500')],
        );
        assert.equal(formatTimeMs(at('2026-03-24 11:00:00.250')), '2026-03-24T11:00:00.25Z');
      }
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });

  for (const text of ['', 'now', '24-03-2026', '03/24/2026', '2026-13-01', '2026-02-30', '2026-03-24T25:00Z', '2026']) {
    it(`refuses '${text}' instead of guessing a time`, () => {
      assert.throws(() => parseTimeMs(text), { name: 'ReplayError', code: 'clock' });
    });
  }
});

import { strict as assert } from 'node:assert';
import { addTimespans, timespan, timespanOfMinutes } from '../../src/content/timespan.ts';

describe('timespan', () => {
  for (const [text, minutes] of [
    ['20m', 20],
    ['1h', 60],
    ['14d', 20_160],
  ] as const) {
    it(`counts ${text} as ${minutes} minutes`, () => {
      assert.deepEqual(timespan(text), { kind: 'timespan', text, minutes });
    });
  }

  for (const text of ['', '20', '0m', '-5m', '1.5h', '20m;drop', '1w', '20M', '1h30m']) {
    it(`refuses ${JSON.stringify(text)}: it would stand in query text`, () => {
      assert.throws(() => timespan(text), { name: 'ContentError', code: 'timespan' });
    });
  }

  it('adds in the largest unit that fits', () => {
    assert.equal(addTimespans(timespan('1h'), timespan('10m')).text, '70m');
    assert.equal(addTimespans(timespan('50m'), timespan('10m')).text, '1h');
    assert.equal(timespanOfMinutes(2880).text, '2d');
  });
});

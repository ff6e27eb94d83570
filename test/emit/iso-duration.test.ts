import { strict as assert } from 'node:assert';
import { isoDuration } from '../../src/emit/iso-duration.ts';

describe('isoDuration', () => {
  // The service answers with the canonical form; another one would differ from it after every deployment.
  for (const [minutes, expected] of [
    [5, 'PT5M'],
    [60, 'PT1H'],
    [70, 'PT1H10M'],
    [80, 'PT1H20M'],
    [1440, 'P1D'],
    [2160, 'P1DT12H'],
    [20_160, 'P14D'],
    [20_230, 'P14DT1H10M'],
  ] as const) {
    it(`writes ${minutes} minutes as ${expected}`, () => {
      assert.equal(isoDuration(minutes), expected);
    });
  }
});

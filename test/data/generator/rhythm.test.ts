import assert from 'node:assert/strict';
import { deliveryRhythm, intensityAt, type Rhythm, shoppingRhythm } from '../../../data/generator/rhythm.ts';

const at = (text: string): number => Date.parse(`2026-03-${text}Z`);
const flat = new Array<number>(7).fill(1);

describe('the rhythm of the week', () => {
  it('is linear between the middles of hours and doubled on a day of twice the weight', () => {
    const hours = new Array<number>(24).fill(1);
    hours[10] = 3;
    // The 3rd of March 2026 is a Tuesday.
    const rhythm: Rhythm = { hours, weekdays: [1, 1, 2, 1, 1, 1, 1] };
    assert.deepEqual(
      ['03T10:30', '03T10:15', '03T10:00', '03T11:00', '03T12:30', '04T10:30'].map((text) =>
        intensityAt(rhythm, at(text)),
      ),
      [6, 5, 4, 4, 2, 3],
    );
  });

  it('has nothing in a closed hour and does not fade into it', () => {
    const hours = new Array<number>(24).fill(0);
    hours[9] = 2;
    const rhythm: Rhythm = { hours, weekdays: flat };
    assert.deepEqual(
      ['03T08:59:59', '03T09:00', '03T09:59', '03T10:00'].map((text) => intensityAt(rhythm, at(text))),
      [0, 2, 2, 0],
    );
  });

  it('goes on smoothly over midnight', () => {
    const before = intensityAt({ ...shoppingRhythm, weekdays: flat }, at('03T23:59:59.999'));
    const after = intensityAt({ ...shoppingRhythm, weekdays: flat }, at('04T00:00'));
    assert.ok(Math.abs(before - after) < 1e-6);
  });

  it('sends no couriers on Sundays', () => {
    assert.equal(intensityAt(deliveryRhythm, at('01T10:30')), 0);
    assert.ok(intensityAt(deliveryRhythm, at('02T10:30')) > 0);
  });
});

import assert from 'node:assert/strict';
import { assumptionRegistry, defaultAssumptions, readAssumptions } from '../../src/replay/assumptions.ts';

describe('assumptions about what Microsoft does not document', () => {
  it('default to the first choice of each', () => {
    assert.deepEqual(
      defaultAssumptions,
      Object.fromEntries(Object.entries(assumptionRegistry).map(([name, { choices }]) => [name, choices[0]])),
    );
    assert.deepEqual(readAssumptions([]), defaultAssumptions);
  });

  it('change one by one', () => {
    assert.deepEqual(readAssumptions(['noResults=one-alert']), { ...defaultAssumptions, noResults: 'one-alert' });
  });

  it('are refused with the choices where the name or the choice is wrong', () => {
    assert.throws(() => readAssumptions(['noResult=one-alert']), { code: 'assumption', hint: /noResults/ });
    assert.throws(() => readAssumptions(['toString=x']), { code: 'assumption' });
    assert.throws(() => readAssumptions(['noResults']), { code: 'assumption', hint: /no-alert or one-alert/ });
    assert.throws(() => readAssumptions(['noResults=one-alert=x']), { code: 'assumption' });
  });
});

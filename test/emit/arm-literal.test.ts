import { strict as assert } from 'node:assert';
import { armLiteral } from '../../src/emit/arm-literal.ts';

describe('armLiteral', () => {
  it('keeps text from being run as a template expression', () => {
    assert.equal(armLiteral("[reference('x').secret]"), "[[reference('x').secret]");
  });

  for (const text of ['', 'text', '[open', 'closed]', 'a [b] c', '{{Column}}']) {
    it(`leaves ${JSON.stringify(text)} as it is`, () => {
      assert.equal(armLiteral(text), text);
    });
  }
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { punycodeDecode, punycodeEncode } from '../../../src/kql/values/punycode.ts';

describe('Punycode', () => {
  it('gives the samples of RFC 3492, section 7.1', () => {
    const samples: readonly (readonly [string, string])[] = [
      ['他们为什么不说中文', 'ihqwcrb4cv8a8dqg056pqjye'],
      ['Porqué' + 'nopuedensimplementehablarenEspañol', 'PorqunopuedensimplementehablarenEspaol-fmd56a'],
      ['3年B組金八先生', '3B-ww4c5e180e575a65lsy2b'],
      ['-> $1.00 <-', '-> $1.00 <--'],
    ];
    assert.deepEqual(
      samples.map(([text]) => punycodeEncode(text)),
      samples.map(([, encoded]) => encoded),
    );
  });

  it('decodes to what was encoded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
        assert.equal(punycodeDecode(punycodeEncode(text)), text);
      }),
    );
  });

  it('refuses digits that are none, an open number and code points beyond Unicode', () => {
    assert.deepEqual(['!!!', 'abc-é', 'a-zzzzzzzzzz', '99999999'].map(punycodeDecode), Array(4).fill(undefined));
  });
});

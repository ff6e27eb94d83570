import assert from 'node:assert/strict';
import { loadCorpus } from './corpus.ts';
import { fuzzQuery, tryQuery } from './fuzz-query.ts';

/* A slice of what run-fuzz.ts runs; it begins where nothing else has been cached, and so takes other ways each time the corpus changes. */
const SEED = 7;
const COUNT = 300;

describe('random and mutated queries', function () {
  this.timeout(60_000);

  it('end in a result or in an error of their own, never in a fault of the engine', async () => {
    const corpus = loadCorpus();
    const faults: string[] = [];
    for (let number = 0; number < COUNT; number++) {
      const text = fuzzQuery(SEED, number, corpus);
      const { fault } = await tryQuery(text);
      if (fault !== undefined) faults.push(`query ${number}: ${fault}\n${text}`);
    }
    assert.deepEqual(faults, []);
  });

  it('are the same for the same seed, so that a fault can be looked at again', () => {
    const corpus = ['print 1 | extend a = strlen("x")'];
    const numbers = [0, 1, 2, 3, 4, 5, 6, 7];
    const once = numbers.map((number) => fuzzQuery(SEED, number, corpus));
    assert.deepEqual(
      numbers.map((number) => fuzzQuery(SEED, number, corpus)),
      once,
    );
    assert.notDeepEqual(
      numbers.map((number) => fuzzQuery(SEED + 1, number, corpus)),
      once,
    );
  });

  it('mostly reach the engine: a third of the generated ones bind and run', async () => {
    const codes: string[] = [];
    for (let number = 0; number < 200; number++)
      codes.push((await tryQuery(fuzzQuery(SEED, number, ['print 1']))).code);
    assert.ok(codes.filter((code) => code === 'ok').length > 60, codes.join(' '));
  });
});

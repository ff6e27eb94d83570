import assert from 'node:assert/strict';
import { KqlError, type KqlErrorCode, runQuery } from '../../../src/kql/index.ts';

async function codeOf(query: string): Promise<KqlErrorCode | 'ok'> {
  try {
    await runQuery(query, { tables: new Map() }, { nowTicks: 0n });
    return 'ok';
  } catch (error) {
    if (error instanceof KqlError) return error.code;
    throw error;
  }
}

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

describe('a text that is nested too deeply', () => {
  const texts: readonly (readonly [string, string])[] = [
    ['10,000 brackets', `print ${'('.repeat(10_000)}1${')'.repeat(10_000)}`],
    ['10,000 brackets of an array', `print dynamic(${'['.repeat(10_000)}${']'.repeat(10_000)})`],
    ['5,000 terms of an or', `print x = 1 | where ${lines(5000, (index) => `x == ${index}`).replaceAll('\n', ' or ')}`],
    ['2,000 nested calls', `print ${'tolower('.repeat(2000)}"A"${')'.repeat(2000)}`],
    ['2,000 operators', `print x = 1${' | extend x = x + 1'.repeat(2000)}`],
  ];
  for (const [what, text] of texts) {
    it(`ends in a limit, not in a crash: ${what}`, async () => {
      assert.equal(await codeOf(text), 'limit');
    });
  }

  it('leaves the engine fit for the next query', async () => {
    assert.equal(await codeOf('print 1'), 'ok');
  });

  it('is judged without what stands in texts and comments', async () => {
    assert.equal(await codeOf(`print "${'('.repeat(2000)}" // ${'['.repeat(2000)}`), 'ok');
  });

  it('may nest as deeply as people write', async () => {
    assert.equal(await codeOf(`print ${'('.repeat(100)}1${')'.repeat(100)}`), 'ok');
    assert.equal(await codeOf(`print x = 1 | where ${Array(100).fill('x == 1').join(' or ')}`), 'ok');
  });
});

describe('let statements that multiply', () => {
  it('end in a limit where functions call functions twice', async () => {
    const chain = lines(30, (index) =>
      index === 0 ? 'let f0 = (x: long) { x };' : `let f${index} = (x: long) { f${index - 1}(x) + f${index - 1}(x) };`,
    );
    assert.equal(await codeOf(`${chain}\nprint f29(1)`), 'limit');
  });

  it('end in a limit where tables are joined to themselves', async () => {
    const chain = lines(30, (index) =>
      index === 0 ? 'let t0 = print 1;' : `let t${index} = union t${index - 1}, t${index - 1};`,
    );
    assert.equal(await codeOf(`${chain}\nt29 | count`), 'limit');
  });

  it('run where they are many but each is used once', async () => {
    const chain = lines(100, (index) => (index === 0 ? 'let a0 = 1;' : `let a${index} = a${index - 1} + 1;`));
    assert.equal(await codeOf(`${chain}\nprint a99`), 'ok');
  });
});

describe('a function that calls itself', () => {
  it('is refused, directly and through another', async () => {
    const functions = new Map([
      ['Self', '(n: long) { Self(n) }'],
      ['Ping', '(n: long) { Pong(n) }'],
      ['Pong', '(n: long) { Ping(n) }'],
    ]);
    for (const query of ['Self(1)', 'Ping(1)']) {
      await assert.rejects(runQuery(query, { tables: new Map(), functions }, { nowTicks: 0n }), {
        name: 'KqlError',
        code: 'unsupported',
      });
    }
  });
});

import assert from 'node:assert/strict';
import { type Catalog, KqlError, runQuery } from '../../src/kql/index.ts';
import { splitDefinition } from '../../src/kql/parse/split-definition.ts';
import { tableToText } from '../../src/kql/table-to-text.ts';

const catalog = (functions: Readonly<Record<string, string>>): Catalog => ({
  tables: new Map(),
  functions: new Map(Object.entries(functions)),
});

const answer = async (query: string, functions: Readonly<Record<string, string>>): Promise<string> =>
  tableToText((await runQuery(query, catalog(functions), { nowTicks: 0n })).table);

describe('a saved function', () => {
  it('takes positional and named arguments, and its defaults', async () => {
    const functions = { Add: '(a: long, b: long = 5) { a + b }' };
    assert.equal(
      await answer('print x = Add(1), y = Add(1, 2), z = Add(b = 7, a = 3)', functions),
      'x:long\ty:long\tz:long\n6\t3\t10\n',
    );
  });

  it('may be a body alone, called with brackets and without', async () => {
    const functions = { Numbers: '// ends in a comment\nrange n from 1 to 2 step 1 // of all' };
    assert.equal(await answer('Numbers', functions), 'n:long\n1\n2\n');
    assert.equal(await answer('Numbers()', functions), 'n:long\n1\n2\n');
  });

  it('may have comments before it, and brackets in the defaults of its parameters', async () => {
    const functions = { Pick: '// picks\n(bag: dynamic = dynamic({"x": "({"}))\n{ print x = bag.x }' };
    assert.equal(await answer('Pick()', functions), 'x:dynamic\n"({"\n');
  });

  it('may hold let statements, and call other saved functions', async () => {
    const functions = { Twice: '(n: long) { let m = n * 2; m }', Four: '(n: long) { Twice(Twice(n)) }' };
    assert.equal(await answer('print Four(3)', functions), 'print_0:long\n12\n');
  });

  it('takes rows as its first argument, for invoke', async () => {
    const functions = { Doubled: '(T: (x: long)) { T | extend y = x * 2 }' };
    assert.equal(await answer('print x = 4 | invoke Doubled()', functions), 'x:long\ty:long\n4\t8\n');
  });

  it('sees the catalog and none of the query’s own let statements', async () => {
    await assert.rejects(answer('let hidden = 1; Peek()', { Peek: 'print hidden' }), { code: 'binding' });
  });

  it('counts as a table of a fuzzy union', async () => {
    assert.equal(await answer('union isfuzzy=true NotThere, Numbers', { Numbers: 'print n = 1' }), 'n:long\n1\n');
  });

  it('with a fault is named in the error, with the line in its own text', async () => {
    await assert.rejects(answer('Bad(1)', { Bad: '(a: long)\n{\n  print a\n  | wher true\n}' }), (error: unknown) => {
      assert.ok(error instanceof KqlError);
      assert.match(error.message, /the saved function Bad, line 4: /);
      assert.deepEqual(error.span, { start: 0, end: 6 });
      return true;
    });
  });

  it('that yields a scalar is no table', async () => {
    await assert.rejects(answer('One() | take 1', { One: '() { 1 }' }), { code: 'binding' });
  });
});

describe('the definition of a function', () => {
  const parts = ({ parameters, body }: ReturnType<typeof splitDefinition>) => [parameters, body];

  it('is split at the bracket that closes its parameters', () => {
    assert.deepEqual(parts(splitDefinition('(a: string = ")") { a }')), ['(a: string = ")")', '{ a }']);
    assert.deepEqual(parts(splitDefinition('(a: long) // ( \n { a };')), ['(a: long)', '{ a }']);
  });

  it('is a body where no braces follow the brackets', () => {
    assert.deepEqual(parts(splitDefinition('(T | take 1) | count')), ['()', '{ (T | take 1) | count\n}']);
    assert.deepEqual(parts(splitDefinition('T')), ['()', '{ T\n}']);
  });
});

import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { ContentError } from '../../src/content/content-error.ts';
import { kql, kqlArray, kqlLines, kqlList, noKql } from '../../src/content/kql.ts';
import { timespan } from '../../src/content/timespan.ts';
import { runQuery, tableRows } from '../../src/kql/index.ts';

const noTables = { tables: new Map() };

describe('kql', () => {
  it('writes values as literals of their type', () => {
    const query = kql`T | where A == ${'x'} and B > ${2.5} and C == ${true} and D > ago(${timespan('14d')})`;
    assert.equal(query.text, 'T | where A == "x" and B > 2.5 and C == true and D > ago(14d)');
  });

  it('leaves out the indentation and the line breaks of the template itself', () => {
    const query = kql`
      T
          | where A
      | take 1`;
    assert.equal(query.text, 'T\n    | where A\n| take 1');
  });

  it('indents a fragment like the line it is put on', () => {
    const filter = kql`
      | where A
      | where B`;
    const query = kql`
      let X =
          ${filter};`;
    assert.equal(query.text, 'let X =\n    | where A\n    | where B;');
  });

  it('leaves no blank line where a fragment is empty: the editor of Log Analytics would cut the query there', () => {
    const query = kql`
      T
      ${noKql}
      | take 1`;
    assert.equal(query.text, 'T\n| take 1');
    assert.equal(kqlLines(noKql, kql`A`, noKql, kql`B`).text, 'A\nB');
  });

  it('keeps backslashes of the template, as a regular expression needs them', () => {
    assert.equal(kql`extract(@"\d+", 0, A)`.text, 'extract(@"\\d+", 0, A)');
  });

  it('breaks a long list into lines', () => {
    assert.equal(kqlList(['a', 'b']).text, '("a", "b")');
    const long = 'x'.repeat(60);
    assert.equal(kqlList([long, 'b', long]).text, `(\n    "${long}",\n    "b",\n    "${long}")`);
  });

  it('refuses an empty list, which would match nothing and leave the rule silent', () => {
    assert.throws(() => kqlList([]), codeIs('kql-value'));
    assert.throws(() => kqlArray([]), codeIs('kql-value'));
  });

  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, -1, 1e21, 1e-7]) {
    it(`refuses the number ${value}, which would bind as something else`, () => {
      assert.throws(() => kql`take ${value}`, codeIs('kql-value'));
    });
  }

  it('gives back every string as it was, whatever it holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 3 }), async (values) => {
        const [first = ''] = values;
        const query = kql`print Text = ${first}, Array = ${kqlArray(values)}`;
        assert.match(query.text, /^[ -~]*$/);
        const { table } = await runQuery(query.text, noTables, { nowTicks: 0n });
        assert.deepEqual(tableRows(table), [{ Text: first, Array: values }]);
      }),
      { numRuns: 60 },
    );
  });
});

function codeIs(code: string): (error: unknown) => boolean {
  return (error) => error instanceof ContentError && error.code === code;
}

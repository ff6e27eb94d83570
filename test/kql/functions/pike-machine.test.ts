import assert from 'node:assert/strict';
import fc from 'fast-check';
import { RE2JS } from 're2js';
import { asksForWordEdges, type Program, runPikeMachine } from '../../../src/kql/functions/pike-machine.ts';
import { patternSource } from '../../../src/kql/functions/regular-expression.ts';
import { patternForms } from '../../../src/kql/functions/regular-expression-syntax.ts';

const atoms = ['a', 'b', '.', '[^a]', '(a|ab)', '(?:b|)', '(b)', '(?i)B', String.raw`\n`];
const edges = [String.raw`\b`, String.raw`\B`, '^', '$', '(?m)^', '(?m)$'];
const pattern = fc
  .array(
    fc.oneof(
      fc.tuple(fc.constantFrom(...atoms), fc.constantFrom('', '*', '+?', '??', '{2}')).map((parts) => parts.join('')),
      fc.constantFrom(...edges),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) => parts.join(''));
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'B', ' ', '\n', '_'), maxLength: 12 });

/** Every match of RE2 itself, as where its groups start and end. */
function foundByRe2(expression: RE2JS, searched: string): number[][] {
  const matcher = expression.matcher(searched);
  const found: number[][] = [];
  while (matcher.find()) {
    const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, group) => group);
    found.push(groups.flatMap((group) => [matcher.start(group), matcher.end(group)]));
  }
  return found;
}

function foundByMachine(expression: RE2JS, searched: string): number[][] {
  const program: Program = expression.re2Input.prog;
  const found: number[][] = [];
  for (let from = 0; from <= searched.length; ) {
    const match = runPikeMachine(program, expression.groupCount(), searched, from);
    if (match === undefined) break;
    found.push([...match]);
    const [start = 0, end = 0] = match;
    from = start === end ? end + 1 : end;
  }
  return found;
}

describe("Pike's machine", () => {
  it('finds over ASCII what RE2 finds, groups and all', () => {
    fc.assert(
      fc.property(pattern, text, (source, searched) => {
        const expression = RE2JS.compile(source);
        assert.deepEqual(foundByMachine(expression, searched), foundByRe2(expression, searched), source);
      }),
      { numRuns: 2000 },
    );
  });

  it('is left out only where the pattern without edges is not found either', () => {
    fc.assert(
      fc.property(pattern, text, (source, searched) => {
        const { unicode, edgeless } = patternForms(source);
        const isFound = (form: string): boolean => RE2JS.compile(form).test(searched);
        assert.ok(!isFound(unicode) || isFound(edgeless), source);
      }),
    );
    assert.equal(patternForms(String.raw`\ba\\b[\]b]\B`).edgeless, String.raw`(?:)a\\b[\]b](?:)`);
  });

  it('is asked for by the edges of words alone', () => {
    const asks = (source: string): boolean => asksForWordEdges(RE2JS.compile(source).re2Input.prog);
    assert.deepEqual(
      [asks(String.raw`\ba`), asks(String.raw`a\B`), asks('^a$'), asks('[\b]')],
      [true, true, false, false],
    );
  });

  it('takes time that grows with the text alone, whatever the pattern', () => {
    const source = `\\b${'(a*)*'.repeat(4)}(a|aa)+$`;
    const searched = `é ${'a'.repeat(2000)}!`;
    assert.equal(patternSource(source)(source, searched).test(searched), false);
  });

  it('has words of other scripts, and of characters beyond 16 bits', () => {
    const edgesOf = (searched: string): number[] => {
      const matcher = patternSource(String.raw`\b`)(String.raw`\b`, searched).matcher(searched);
      const found: number[] = [];
      while (matcher.find()) found.push(matcher.start());
      return found;
    };
    assert.deepEqual(
      [edgesOf('né à'), edgesOf('日本 x'), edgesOf('𝓗x 😀'), edgesOf('e\u0301-')],
      [
        [0, 2, 3, 4],
        [0, 2, 3, 4],
        [0, 3],
        [0, 2],
      ],
    );
  });
});

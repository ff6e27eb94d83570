import assert from 'node:assert/strict';
import fc from 'fast-check';
import { differencesOf, matchExpected } from '../../../src/replay/scenario/difference.ts';

type Wish = { readonly count?: number; readonly wants: Readonly<Record<string, number>> };
type Thing = Readonly<Record<string, number>>;

const compare = ({ wants }: Wish, thing: Thing) =>
  Object.entries(wants).flatMap(([field, value]) =>
    thing[field] === value ? [] : [{ field, expected: String(value), actual: String(thing[field]) }],
  );
const differences = (wishes: readonly Wish[], things: readonly Thing[]) =>
  differencesOf(matchExpected(wishes, things, compare), compare);
/** `different 1 a,b` */
const told = (wishes: readonly Wish[], things: readonly Thing[]): string[] =>
  differences(wishes, things).map((difference) => {
    if (difference.kind === 'unexpected') return `unexpected ${JSON.stringify(difference.actual)}`;
    const fields = difference.kind === 'different' ? difference.fields.map(({ field }) => field).join() : '';
    return `${difference.kind} ${difference.place + 1} ${fields}`.trim();
  });

describe('what was expected, held against what there is', () => {
  it('has no difference in any order', () => {
    assert.deepEqual(told([{ wants: { a: 1 } }, { wants: { a: 2 } }], [{ a: 2 }, { a: 1 }]), []);
  });

  it('does not give to a loose expectation what only a strict one can be satisfied with', () => {
    const loose = { wants: {} };
    const strict = { wants: { a: 1 } };
    assert.deepEqual(told([loose, strict], [{ a: 1 }, { a: 2 }]), []);
    assert.deepEqual(told([strict, loose], [{ a: 2 }, { a: 1 }]), []);
  });

  it('pairs what is left with what is most like it', () => {
    const wishes = [{ wants: { a: 1, b: 1, c: 1 } }, { wants: { a: 2, b: 2, c: 2 } }];
    const things = [
      { a: 2, b: 2, c: 9 },
      { a: 1, b: 9, c: 1 },
    ];
    assert.deepEqual(told(wishes, things), ['different 1 b', 'different 2 c']);
  });

  it('tells what is missing and what was not expected', () => {
    assert.deepEqual(told([{ wants: { a: 1 } }], []), ['missing 1']);
    assert.deepEqual(told([], [{ a: 1 }]), ['unexpected {"a":1}']);
    assert.deepEqual(told([{ wants: { a: 1 } }], [{ a: 1 }, { a: 1 }]), ['unexpected {"a":1}']);
  });

  it('counts an expectation as often as it says', () => {
    const three = { count: 3, wants: { a: 1 } };
    assert.deepEqual(told([three], [{ a: 1 }, { a: 1 }, { a: 1 }]), []);
    assert.deepEqual(told([three], [{ a: 1 }, { a: 1 }]), ['missing 1']);
    assert.deepEqual(told([three], [{ a: 1 }, { a: 1 }, { a: 2 }]), ['different 1 a']);
  });

  it('satisfies as many as any assignment could, for any wishes and things', () => {
    const wish = fc.record({ wants: fc.record({ a: fc.nat(2), b: fc.nat(2) }, { requiredKeys: [] }) });
    const thing = fc.record({ a: fc.nat(2), b: fc.nat(2) });
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 5 }), fc.array(thing, { maxLength: 5 }), (wishes, things) => {
        const satisfied =
          wishes.length - differences(wishes as Wish[], things).filter(({ kind }) => kind !== 'unexpected').length;
        assert.equal(satisfied, mostSatisfied(wishes as Wish[], things));
      }),
    );
  });
});

/** By trying every assignment. */
function mostSatisfied([first, ...others]: readonly Wish[], things: readonly Thing[]): number {
  if (first === undefined) return 0;
  const without = mostSatisfied(others, things);
  return things.reduce((best, thing, index) => {
    if (compare(first, thing).length > 0) return best;
    return Math.max(best, 1 + mostSatisfied(others, things.toSpliced(index, 1)));
  }, without);
}

import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ColumnDefinition } from '../../../src/kql/values/value.ts';
import { asBag, columns, prepare, type Row, rowsOf, show } from './random-table.ts';

const emptyRow = (definitions: readonly ColumnDefinition[]): Row =>
  Object.fromEntries(definitions.map(({ name, type }) => [name, type === 'string' ? '' : null]));

/** Both sides in one row; the right one's columns carry a 1, as in the service. */
const pair = (left: Row | undefined, right: Row | undefined): Row => {
  const second = right ?? emptyRow(columns);
  const renamed = Object.fromEntries(Object.entries(second).map(([name, value]) => [`${name}1`, value]));
  return { ...(left ?? emptyRow(columns)), ...renamed };
};

type Joined = (left: readonly Row[], right: readonly Row[], matches: (a: Row, b: Row) => boolean) => readonly Row[];

const inner: Joined = (left, right, matches) =>
  left.flatMap((a) => right.filter((b) => matches(a, b)).map((b) => pair(a, b)));
const onlyLeft: Joined = (left, right, matches) => left.filter((a) => !right.some((b) => matches(a, b)));
const onlyRight: Joined = (left, right, matches) => right.filter((b) => !left.some((a) => matches(a, b)));

/** Every kind as the documentation describes it, by a nested loop. */
const kinds: Readonly<Record<string, Joined>> = {
  inner,
  // One row of each key on the left: here the first.
  innerunique: (left, right, matches) =>
    inner(
      left.filter((a, index) => left.findIndex((other) => matches(a, other)) === index),
      right,
      matches,
    ),
  leftouter: (left, right, matches) => [
    ...inner(left, right, matches),
    ...onlyLeft(left, right, matches).map((a) => pair(a, undefined)),
  ],
  rightouter: (left, right, matches) => [
    ...inner(left, right, matches),
    ...onlyRight(left, right, matches).map((b) => pair(undefined, b)),
  ],
  fullouter: (left, right, matches) => [
    ...inner(left, right, matches),
    ...onlyLeft(left, right, matches).map((a) => pair(a, undefined)),
    ...onlyRight(left, right, matches).map((b) => pair(undefined, b)),
  ],
  leftsemi: (left, right, matches) => left.filter((a) => right.some((b) => matches(a, b))),
  rightsemi: (left, right, matches) => right.filter((b) => left.some((a) => matches(a, b))),
  leftanti: onlyLeft,
  rightanti: onlyRight,
};

/** Null keys match each other. */
const matchesOn =
  (names: readonly string[]) =>
  (a: Row, b: Row): boolean =>
    names.every((name) => show(a[name]) === show(b[name]));

describe('join', () => {
  for (const [kind, joined] of Object.entries(kinds)) {
    it(`of kind ${kind} gives what a nested loop gives, in batches of any size`, async () => {
      for (const names of [['Text'], ['Whole', 'Time'], ['Long', 'Flag', 'Text']]) {
        const run = prepare(`T | join kind=${kind} (U) on ${names.join(', ')}`, ['T', 'U']);
        await fc.assert(
          fc.asyncProperty(rowsOf(15), rowsOf(15), fc.constantFrom(1, 7, 1000), async (T, U, batchRows) => {
            assert.deepEqual(asBag(await run({ T, U }, batchRows)), asBag(joined(T, U, matchesOn(names))));
          }),
          { numRuns: 20 },
        );
      }
    });
  }
});

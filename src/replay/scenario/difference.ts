/** A field that is not as expected, both as text. */
export type FieldDifference = { readonly field: string; readonly expected: string; readonly actual: string };

/** Where what was raised differs from what was expected; `place` is that in the list of expectations. */
export type Difference<Expected, Actual> =
  | { readonly kind: 'missing'; readonly expected: Expected; readonly place: number }
  | { readonly kind: 'unexpected'; readonly actual: Actual }
  | {
      readonly kind: 'different';
      readonly expected: Expected;
      readonly place: number;
      readonly actual: Actual;
      readonly fields: readonly FieldDifference[];
    };

/** An expectation and what it was held against; undefined: nothing was left for it. */
export type Pairing<Expected, Actual> = {
  readonly expected: Expected;
  readonly place: number;
  readonly actual: Actual | undefined;
};

export type Matching<Expected, Actual> = {
  readonly pairs: readonly Pairing<Expected, Actual>[];
  /** What no expectation was left for. */
  readonly rest: readonly Actual[];
};

type Compare<Expected, Actual> = (expected: Expected, actual: Actual) => readonly FieldDifference[];

/**
 * Holds expectations, of which each wants so many, against what there is: as many as can be satisfied are, and what is
 * left over is paired with what is most like it, so that a difference reads as one and not as two.
 */
export function matchExpected<Expected extends { readonly count?: number }, Actual>(
  expectations: readonly Expected[],
  actuals: readonly Actual[],
  compare: Compare<Expected, Actual>,
): Matching<Expected, Actual> {
  const wanted = expectations.flatMap((expected, place) =>
    Array.from({ length: expected.count ?? 1 }, () => ({ expected, place })),
  );
  const distances = wanted.map(({ expected }) => actuals.map((actual) => compare(expected, actual).length));
  const assigned = satisfyMost(distances);
  const taken = new Set(assigned.filter((actual) => actual !== undefined));
  for (const [index, row] of distances.entries()) {
    if (assigned[index] !== undefined) continue;
    const like = nearestLeft(row, taken);
    if (like === undefined) continue;
    assigned[index] = like;
    taken.add(like);
  }
  return {
    pairs: wanted.map((one, index) => {
      const actual = assigned[index];
      return { ...one, actual: actual === undefined ? undefined : actuals[actual] };
    }),
    rest: actuals.filter((_, index) => !taken.has(index)),
  };
}

/** What a matching leaves to be desired. */
export function differencesOf<Expected, Actual>(
  { pairs, rest }: Matching<Expected, Actual>,
  compare: Compare<Expected, Actual>,
): readonly Difference<Expected, Actual>[] {
  const paired = pairs.flatMap(({ expected, place, actual }): readonly Difference<Expected, Actual>[] => {
    if (actual === undefined) return [{ kind: 'missing', expected, place }];
    const fields = compare(expected, actual);
    return fields.length === 0 ? [] : [{ kind: 'different', expected, place, actual, fields }];
  });
  return [...paired, ...rest.map((actual): Difference<Expected, Actual> => ({ kind: 'unexpected', actual }))];
}

/**
 * A largest assignment of rows to columns whose distance is 0, by augmenting paths (Kuhn 1955): an expectation that
 * leaves much open must not take what only another one can be satisfied with.
 */
function satisfyMost(distances: readonly (readonly number[])[]): (number | undefined)[] {
  const rowOf = new Map<number, number>();
  const assign = (row: number, visited: Set<number>): boolean => {
    for (const [column, distance] of (distances[row] ?? []).entries()) {
      if (distance > 0 || visited.has(column)) continue;
      visited.add(column);
      const holder = rowOf.get(column);
      if (holder !== undefined && !assign(holder, visited)) continue;
      rowOf.set(column, row);
      return true;
    }
    return false;
  };
  for (const row of distances.keys()) assign(row, new Set());
  const columns: (number | undefined)[] = distances.map(() => undefined);
  for (const [column, row] of rowOf) columns[row] = column;
  return columns;
}

function nearestLeft(distances: readonly number[], taken: ReadonlySet<number>): number | undefined {
  let best: number | undefined;
  for (const [column, distance] of distances.entries()) {
    if (!taken.has(column) && (best === undefined || distance < (distances[best] as number))) best = column;
  }
  return best;
}

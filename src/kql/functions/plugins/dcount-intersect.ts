import { Batch } from '../../columns/batch.ts';
import { valueReader } from '../../columns/column.ts';
import type { ColumnDefinition } from '../../values/value.ts';
import { decodeSet, type ValueSet } from '../hyperloglog.ts';
import { type Plugin, vectorOf } from '../plugin.ts';

const NAME = 'dcount_intersect';

/** The sizes of the first set, of the first two together, of the first three together, … */
function intersectionSizes(sets: readonly (ValueSet | undefined)[]): number[] {
  let common: ValueSet | undefined;
  return sets.map((set) => {
    const items = set ?? new Set<string>();
    common = common === undefined ? items : new Set([...common].filter((item) => items.has(item)));
    return common.size;
  });
}

export const dcountIntersect: Plugin = {
  name: NAME,
  signature: 'dcount_intersect(hll: dynamic, hll: dynamic, …)',
  summary: 'How many values the first hll() has, the first two have in common, the first three, and so on.',
  page: 'dcount-intersect-plugin',
  columns: (input, args) => [
    ...input,
    ...args.map((_, index): ColumnDefinition => ({ name: `s${index}`, type: 'long' })),
  ],
  run(input, args, columns) {
    const readers = args.map((argument) => valueReader(vectorOf(NAME, argument)));
    const sizes = args.map(() => new Float64Array(input.rowCount));
    for (let row = 0; row < input.rowCount; row++) {
      const sets = readers.map((read) => decodeSet(read(row)));
      for (const [index, size] of intersectionSizes(sets).entries()) (sizes[index] as Float64Array)[row] = size;
    }
    return new Batch(columns ?? [], input.rowCount, [
      ...input.columns.map((_, index) => () => input.column(index)),
      ...sizes.map((data) => ({ kind: 'int64', type: 'long', length: data.length, data, nulls: undefined }) as const),
    ]);
  },
};

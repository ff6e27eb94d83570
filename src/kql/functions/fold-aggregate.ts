import { type Vector, valueReader } from '../columns/column.ts';
import { columnOf } from '../columns/column-builder.ts';
import type { ColumnType, Value } from '../values/value.ts';
import type { GroupedAccumulator } from './aggregate-function.ts';

/** An aggregate as a fold over the rows of one group. */
export type Fold<S> = {
  readonly initial: () => S;
  /** The state after one more row; `values` are that row's arguments. It may change and return the state given. */
  readonly step: (state: S, values: readonly Value[]) => S;
  readonly result: (state: S) => Value;
};

/** Runs a fold for every group at once. */
export function foldAggregate<S>(type: ColumnType, fold: Fold<S>): GroupedAccumulator {
  const states: S[] = [];
  const grow = (groupCount: number): void => {
    while (states.length < groupCount) states.push(fold.initial());
  };
  return {
    update(groups, rowCount, groupCount, args: readonly Vector[]) {
      grow(groupCount);
      const readers = args.map(valueReader);
      for (let row = 0; row < rowCount; row++) {
        const group = groups[row] as number;
        states[group] = fold.step(
          states[group] as S,
          readers.map((read) => read(row)),
        );
      }
    },
    finish(groupCount) {
      grow(groupCount);
      return [columnOf(type, states.slice(0, groupCount).map(fold.result))];
    },
  };
}

import type { Vector } from '../../columns/column.ts';
import { gather } from '../../columns/gather.ts';
import type { AggregateFunction, GroupedAccumulator } from '../aggregate-function.ts';

/** The rows where a condition is true (false and null drop out); undefined where it is true in all. */
export function rowsWhere(condition: Vector, rowCount: number): Int32Array | undefined {
  if (condition.kind === 'constant') return condition.value === true ? undefined : new Int32Array(0);
  if (condition.kind !== 'bool') throw new TypeError(`a condition is a bool, not ${condition.type}`);
  const { data, nulls } = condition;
  const rows = new Int32Array(rowCount);
  let count = 0;
  for (let row = 0; row < rowCount; row++) {
    if (data[row] === 1 && (nulls === undefined || nulls[row] === 0)) rows[count++] = row;
  }
  return count === rowCount ? undefined : rows.subarray(0, count);
}

/** The accumulator that `create` makes, fed only the rows where argument `position`, a bool, is true. */
export function onlyWhere(create: AggregateFunction['create'], position: number): AggregateFunction['create'] {
  const without = <T>(items: readonly T[]): readonly T[] => items.filter((_, index) => index !== position);
  return (call): GroupedAccumulator => {
    const inner = create({ ...call, types: without(call.types), constants: without(call.constants) });
    return {
      update(groups, rowCount, groupCount, args) {
        const rows = rowsWhere(args[position] as Vector, rowCount);
        const rest = without(args);
        if (rows === undefined) inner.update(groups, rowCount, groupCount, rest);
        else {
          const kept = rows.map((row) => groups[row] as number);
          inner.update(
            kept,
            rows.length,
            groupCount,
            rest.map((arg) => gather(arg, rows)),
          );
        }
      },
      finish: (groupCount) => inner.finish(groupCount),
    };
  };
}

/** A row of the registry as its `…if` form: the same with a condition as argument `position`. */
export const conditional = (
  fn: AggregateFunction,
  own: Pick<AggregateFunction, 'name' | 'signature' | 'page'> & { readonly aliases?: readonly string[] },
  position = 1,
): AggregateFunction => {
  const { aliases, ...rest } = fn;
  const withCondition = [...fn.parameters.slice(0, position), 'bool' as const, ...fn.parameters.slice(position)];
  const returns: AggregateFunction['returns'] = (types, constants) =>
    fn.returns(
      types.filter((_, index) => index !== position),
      constants.filter((_, index) => index !== position),
    );
  return {
    ...rest,
    ...own,
    summary: `${fn.summary.replace(/\.$/, '')}, over the rows for which the condition is true.`,
    parameters: withCondition,
    returns,
    create: onlyWhere(fn.create, position),
  };
};

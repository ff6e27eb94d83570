import type { Vector } from '../columns/column.ts';
import { isNumericType } from '../values/value.ts';
import { numberSource } from './number-source.ts';
import type { Kernel } from './scalar-function.ts';

/** The items of a list by its first item, which is one object over all batches of a query. */
const lists = new WeakMap<Vector, { readonly items: readonly Vector[]; readonly numbers: ReadonlySet<number> }>();

/** The items as numbers that compare like the left side; undefined where one of them is null, dynamic or another type. */
function numbersOf(left: Vector, items: readonly Vector[]): ReadonlySet<number> | undefined {
  const [first] = items;
  if (first === undefined) return undefined;
  const known = lists.get(first);
  if (known !== undefined && known.items.length === items.length && known.items.every((item, i) => item === items[i])) {
    return known.numbers;
  }
  const numbers = new Set<number>();
  for (const item of items) {
    const isComparable = item.type === left.type || (isNumericType(item.type) && isNumericType(left.type));
    const source = item.kind === 'constant' && isComparable ? numberSource(item) : undefined;
    if (source === undefined) return undefined;
    // NaN is in no list, though a Set would find it.
    if (!Number.isNaN(source.data[0])) numbers.add(source.data[0] as number);
  }
  lists.set(first, { items, numbers });
  return numbers;
}

/** `in` and `!in` of a column of numbers or times in a constant list; a null is in no list. */
export const membershipKernel =
  (negated: boolean): Kernel =>
  ([left, ...items], rowCount, _context, room) => {
    if (left === undefined || left.kind === 'constant') return undefined;
    const source = numberSource(left);
    const numbers = source === undefined ? undefined : numbersOf(left, items);
    if (source === undefined || numbers === undefined) return undefined;
    const data = room.bytes(rowCount);
    for (let row = 0; row < rowCount; row++) {
      const isIn = source.nulls?.[row] !== 1 && numbers.has(source.data[row] as number);
      data[row] = isIn === negated ? 0 : 1;
    }
    return { kind: 'bool', type: 'bool', length: rowCount, data, nulls: undefined };
  };

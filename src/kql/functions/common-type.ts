import { type ColumnType, isNumericType } from '../values/value.ts';

const numericOrder: readonly ColumnType[] = ['int', 'long', 'real', 'decimal'];

/**
 * The type that holds values of all the types: the widest number, or the one type that is not dynamic; dynamic where
 * no such type exists. The binder calls it the common type that is not dynamic.
 */
export function commonType(types: readonly ColumnType[]): ColumnType {
  const present: readonly ColumnType[] = types.filter((type) => type !== 'dynamic');
  const [first = 'dynamic', ...rest] = new Set(present);
  if (rest.length === 0) return first;
  if (![first, ...rest].every(isNumericType)) return 'dynamic';
  return rest.reduce(
    (widest, type) => (numericOrder.indexOf(type) > numericOrder.indexOf(widest) ? type : widest),
    first,
  );
}

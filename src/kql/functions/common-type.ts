import { type ColumnType, isNumericType } from '../values/value.ts';

const numericOrder: readonly ColumnType[] = ['int', 'long', 'real', 'decimal'];

/** The type that holds values of all the types: the widest number, else the one type that is no dynamic, else dynamic. */
export function commonType(types: readonly ColumnType[]): ColumnType {
  const [first = 'dynamic', ...rest] = [...new Set(types)];
  if (rest.length === 0) return first;
  if (types.every(isNumericType)) {
    return types.reduce((widest, type) => (numericOrder.indexOf(type) > numericOrder.indexOf(widest) ? type : widest));
  }
  return 'dynamic';
}

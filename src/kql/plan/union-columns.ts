import type { ColumnDefinition } from '../values/value.ts';
import { literal, type NamedExpression, noValue } from './expression.ts';
import type { Plan } from './plan.ts';

/** A column of a union, and the name that it has in the inputs; the column of the sources has none. */
export type UnionColumn = ColumnDefinition & { readonly inputName: string | undefined };

/**
 * The columns of a union in the order in which their names first occur, behind the column of the sources. A name that
 * occurs with several types makes a column for each, `x_long` and `x_string`; where an input has a column of just that name
 * it keeps it, and the made one becomes `x_long1` (union-operator, "Source columns types mismatch").
 */
export function unionColumns(
  inputs: readonly Plan[],
  sourceColumn: string | undefined,
  isInner: boolean,
): readonly UnionColumn[] {
  const types = new Map<string, Set<ColumnDefinition['type']>>();
  for (const { columns } of inputs) {
    for (const { name, type } of columns) types.set(name, (types.get(name) ?? new Set()).add(type));
  }
  const taken = new Set([...types].flatMap(([name, { size }]) => (size === 1 ? [name] : [])));
  const columns = [...types].flatMap(([inputName, itsTypes]) =>
    [...itsTypes].map((type): UnionColumn => {
      if (itsTypes.size === 1) return { name: inputName, type, inputName };
      const name = freeName(`${inputName}_${type}`, taken);
      taken.add(name);
      return { name, type, inputName };
    }),
  );
  const positions = isInner ? inputs.map(positionsIn) : [];
  const kept = columns.filter((column) => positions.every((known) => known.has(keyOf(column))));
  return sourceColumn === undefined
    ? kept
    : [
        { name: sourceColumn, type: 'string', inputName: undefined },
        ...kept.filter(({ name }) => name !== sourceColumn),
      ];
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  let number = 1;
  while (taken.has(`${name}${number}`)) number++;
  return `${name}${number}`;
}

const keyOf = ({ inputName, type }: UnionColumn): string => `${type} ${inputName}`;

/** Where an input has its columns: a union may be of hundreds of tables, each with hundreds of columns. */
const positionsIn = ({ columns }: Plan): ReadonlyMap<string, number> =>
  new Map(columns.map(({ name, type }, index) => [`${type} ${name}`, index]));

/** One input's rows as rows of the union. */
export function mapToUnion(columns: readonly UnionColumn[], plan: Plan, source: string): readonly NamedExpression[] {
  const positions = positionsIn(plan);
  return columns.map((column): NamedExpression => {
    const { name, type, inputName } = column;
    if (inputName === undefined) return { name, expression: literal('string', source) };
    const index = positions.get(keyOf(column));
    return {
      name,
      expression: index === undefined ? noValue(type) : { kind: 'column', type, name: inputName, index },
    };
  });
}

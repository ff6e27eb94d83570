import type { Vector } from '../../columns/column.ts';
import { convertValue } from '../../values/convert.ts';
import type { ColumnType, Value } from '../../values/value.ts';
import { chooseColumn, trueFlags } from '../choose-column.ts';
import { commonType } from '../common-type.ts';
import type { Kernel, ScalarFunction } from '../scalar-function.ts';

/** The results of case(): every second argument and the last one. */
const caseResults = <T>(args: readonly T[]): readonly T[] =>
  args.filter((_, index) => index % 2 === 1 || index === args.length - 1);

/** From the last result back to the first: each condition lays its result over what the later ones left. */
const caseKernel: Kernel = (args, rowCount) => {
  let chosen = args.at(-1);
  if (args.every((arg) => arg.kind === 'constant')) return undefined;
  for (let index = args.length - 3; index >= 0 && chosen !== undefined; index -= 2) {
    const flags = trueFlags(args[index] as Vector, rowCount);
    chosen = flags === undefined ? undefined : chooseColumn(flags, args[index + 1] as Vector, chosen);
  }
  return chosen?.kind === 'constant' ? undefined : chosen;
};

export const conditionals: readonly ScalarFunction[] = [
  {
    name: 'iff',
    aliases: ['iif'],
    signature: 'iff(if: bool, then, else)',
    summary: 'The second argument where the condition is true, else the third (also where it is null).',
    page: 'iff-function',
    overloads: [
      {
        parameters: ['bool', 'any', 'any'],
        returns: ([, then, otherwise]) => commonType([then as ColumnType, otherwise as ColumnType]),
        nulls: 'pass',
        kernel: caseKernel,
        prepare: (_context, _constants, [, then, otherwise]) => {
          const type = commonType([then as ColumnType, otherwise as ColumnType]);
          return (condition: Value, a: Value, b: Value) =>
            condition === true
              ? convertValue(a, then as ColumnType, type)
              : convertValue(b, otherwise as ColumnType, type);
        },
      },
    ],
  },
  {
    name: 'case',
    signature: 'case(predicate1, then1, [predicate2, then2, …,] else)',
    summary: 'The result of the first true predicate, else the last argument.',
    page: 'case-function',
    overloads: [
      {
        parameters: ['bool', 'any', 'any'],
        rest: 'any',
        returns: (types) => commonType(caseResults(types)),
        nulls: 'pass',
        kernel: caseKernel,
        prepare: (_context, _constants, types) => {
          const type = commonType(caseResults(types));
          return (...values: Value[]) => {
            const last = values.length - 1;
            let chosen = 0;
            while (chosen < last && values[chosen] !== true) chosen += 2;
            const index = Math.min(chosen + 1, last);
            return convertValue(values[index] as Value, types[index] as ColumnType, type);
          };
        },
      },
    ],
  },
  {
    name: 'coalesce',
    signature: 'coalesce(arg, arg, …)',
    summary: 'The first argument that is not null, or not empty where it is text.',
    page: 'coalesce-function',
    overloads: [
      {
        parameters: ['any'],
        rest: 'any',
        returns: (types) => commonType(types),
        nulls: 'pass',
        prepare: (_context, _constants, types) => {
          const type = commonType(types);
          return (...values: Value[]) => {
            const index = values.findIndex((value) => value !== null && value !== '');
            return index < 0 ? null : convertValue(values[index] as Value, types[index] as ColumnType, type);
          };
        },
      },
    ],
  },
];

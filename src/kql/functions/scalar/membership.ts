import { constant, type Vector } from '../../columns/column.ts';
import { foldCase } from '../../values/case-folding.ts';
import { convertValue, dynamicScalarType, formatDynamic, formatValue } from '../../values/convert.ts';
import { type DynamicValue, isArray } from '../../values/dynamic.ts';
import type { ColumnType, Value } from '../../values/value.ts';
import { membershipKernel } from '../number-membership.ts';
import type { ScalarFunction } from '../scalar-function.ts';

type Typed = { readonly value: Value; readonly type: ColumnType };

/** The items of a list: an array counts as its items. Nulls are nothing that a value could equal. */
export function listItems(values: readonly Value[], types: readonly ColumnType[]): readonly Typed[] {
  return values.flatMap((value, index): readonly Typed[] => {
    const type = types[index] ?? (types.at(-1) as ColumnType);
    if (value === null) return [];
    if (type !== 'dynamic') return [{ value, type }];
    const held = value as DynamicValue;
    return (isArray(held) ? held : [held]).flatMap((item): readonly Typed[] => {
      const itemType = dynamicScalarType(item);
      return itemType === undefined ? [] : [{ value: convertValue(item, 'dynamic', itemType), type: itemType }];
    });
  });
}

/** A key under which equal values of one type meet. */
function keyOf(value: Value, type: ColumnType, ignoreCase: boolean): string | number | bigint | boolean | undefined {
  if (value === null) return undefined;
  switch (type) {
    case 'string':
    case 'guid':
      return ignoreCase ? foldCase(value as string) : (value as string);
    case 'decimal':
    case 'dynamic':
      return formatValue(value, type);
    case 'int':
    case 'real':
      return Number.isNaN(value) ? undefined : (value as number);
    default:
      return value as bigint | boolean;
  }
}

type Contains = (value: Value) => boolean;

/** Whether a value of the type is one of the items; each group of items is looked up as its own type compares. */
function lookup(items: readonly Typed[], type: ColumnType, ignoreCase: boolean): Contains {
  const sets = new Map<ColumnType, Set<unknown>>();
  for (const item of items) {
    const asType = comparedAs(type, item.type);
    const key = keyOf(convertValue(item.value, item.type, asType), asType, ignoreCase);
    if (key === undefined) continue;
    const set = sets.get(asType) ?? new Set();
    sets.set(asType, set.add(key));
  }
  const tests = [...sets].map(([asType, set]): Contains => {
    return (value) => {
      const converted = type === asType ? value : convertLeft(value, type, asType);
      const key = keyOf(converted, asType, ignoreCase);
      return key !== undefined && set.has(key);
    };
  });
  if (tests.length === 1) return tests[0] as Contains;
  return (value) => tests.some((test) => test(value));
}

/** The type that a value and an item are compared as: the wider number; a dynamic as the item; text as itself. */
function comparedAs(left: ColumnType, item: ColumnType): ColumnType {
  if (left === 'dynamic') return item;
  const order: readonly ColumnType[] = ['int', 'long', 'real', 'decimal'];
  if (!order.includes(item)) return left;
  if (left === 'string') return item;
  return order.includes(left) && order.indexOf(item) > order.indexOf(left) ? item : left;
}

function convertLeft(value: Value, from: ColumnType, to: ColumnType): Value {
  if (from === 'dynamic' && to === 'string') return value === null ? null : formatDynamic(value as DynamicValue);
  return convertValue(value, from, to);
}

/** A list without items, as a subquery without rows gives one: no row needs a look. */
const isEmptyList = (item: Vector): boolean =>
  item.kind === 'constant' && isArray(item.value as DynamicValue) && (item.value as readonly unknown[]).length === 0;

function membership(name: string, ignoreCase: boolean, negated: boolean): ScalarFunction {
  const numbersKernel = membershipKernel(negated);
  return {
    name,
    signature: `value ${name} (item, …)`,
    summary: `Whether the value is ${negated ? 'none' : 'one'} of the items${ignoreCase ? ', without case' : ''}.`,
    page: ignoreCase ? 'in-operator' : 'in-cs-operator',
    overloads: [
      {
        parameters: ['any'],
        rest: 'any',
        returns: 'bool',
        nulls: 'pass',
        kernel: (args, rowCount, context, room) =>
          args.slice(1).every(isEmptyList) ? constant('bool', negated) : numbersKernel(args, rowCount, context, room),
        prepare: (_context, constants, types) => {
          const [leftType = 'string', ...itemTypes] = types;
          const items = constants.slice(1);
          if (items.every((item) => item !== undefined)) {
            const contains = lookup(listItems(items as Value[], itemTypes), leftType, ignoreCase);
            return (value: Value) => contains(value) !== negated;
          }
          return (value: Value, ...rest: Value[]) =>
            lookup(listItems(rest, itemTypes), leftType, ignoreCase)(value) !== negated;
        },
      },
    ],
  };
}

export const memberships: readonly ScalarFunction[] = [
  membership('in', false, false),
  membership('!in', false, true),
  membership('in~', true, false),
  membership('!in~', true, true),
];

import type { Vector } from '../../columns/column.ts';
import { KqlError } from '../../kql-error.ts';
import { compareValues } from '../../values/compare.ts';
import { convertValue, dynamicScalarType, formatDynamic } from '../../values/convert.ts';
import type { DynamicValue } from '../../values/dynamic.ts';
import type { ColumnType, Value } from '../../values/value.ts';
import { compareNumbers } from '../comparison-loops.ts';
import { eitherNull, numberSource } from '../number-source.ts';
import type { Kernel, ParameterType, ScalarFunction, ScalarOverload } from '../scalar-function.ts';

const tests: Readonly<Record<string, (order: number) => boolean>> = {
  '==': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** What a comparison with one null gives: null == x is false, null != x is true, null < x is null. */
const oneNull: Readonly<Record<string, boolean | null>> = { '==': false, '!=': true };

function compareKernel(operator: string): Kernel {
  return ([left, right]: readonly Vector[], rowCount, _context, room) => {
    if (left === undefined || right === undefined || (left.kind === 'constant' && right.kind === 'constant'))
      return undefined;
    const a = numberSource(left);
    const b = numberSource(right);
    if (a === undefined || b === undefined) return undefined;
    const data = room.bytes(rowCount);
    compareNumbers(operator, a, b, data);
    const eitherIsNull = eitherNull(a.nulls, b.nulls);
    if (eitherIsNull === undefined) return { kind: 'bool', type: 'bool', length: rowCount, data, nulls: undefined };
    const nulls = new Uint8Array(rowCount);
    for (let i = 0; i < rowCount; i++) {
      if (eitherIsNull[i] === 0) continue;
      const bothNull = a.nulls?.[i] === 1 && b.nulls?.[i] === 1;
      const result = bothNull ? null : (oneNull[operator] ?? null);
      if (result === null) nulls[i] = 1;
      data[i] = result === true ? 1 : 0;
    }
    return { kind: 'bool', type: 'bool', length: rowCount, data, nulls };
  };
}

/** Two columns of texts, told equal or different; undefined for other forms and operators. */
function textKernel(operator: string): Kernel {
  const equal = operator === '==' ? 1 : 0;
  return ([left, right], rowCount, _context, room) => {
    if (left?.kind !== 'pooled' || right?.kind !== 'pooled' || oneNull[operator] === undefined) return undefined;
    if (left.codes === undefined || right.codes === undefined) return undefined;
    const data = room.bytes(rowCount);
    for (let row = 0; row < rowCount; row++) {
      const isSame = left.values[left.codes[row] as number] === right.values[right.codes[row] as number];
      data[row] = isSame ? equal : 1 - equal;
    }
    return { kind: 'bool', type: 'bool', length: rowCount, data, nulls: undefined };
  };
}

function typedOverload(operator: string, type: ColumnType): ScalarOverload {
  const test = tests[operator] as (order: number) => boolean;
  return {
    parameters: [type, type],
    returns: 'bool',
    nulls: 'pass',
    kernel: type === 'string' ? textKernel(operator) : compareKernel(operator),
    takesAnyNumber: true,
    evaluate: (a: Value, b: Value) => {
      if (a === null || b === null) return a === b ? null : (oneNull[operator] ?? null);
      if (Number.isNaN(a) || Number.isNaN(b)) return operator === '!=';
      return test(compareValues(a, b, type));
    },
  };
}

/** A dynamic against a scalar: the scalar that it holds, converted to the other side's type. */
function dynamicOverload(operator: string, type: ColumnType, dynamicFirst: boolean): ScalarOverload {
  const compare = typedOverload(operator, type).evaluate as (a: Value, b: Value) => Value;
  const compareReals = typedOverload(operator, 'real').evaluate as (a: Value, b: Value) => Value;
  const inOrder = (comparer: typeof compare, held: Value, other: Value): Value =>
    dynamicFirst ? comparer(held, other) : comparer(other, held);
  const against = (held: Value, other: Value): Value => {
    // 5.5 is not 5: a fraction must not be cut off for the sake of a whole number.
    if (type === 'long' && typeof held === 'number')
      return inOrder(compareReals, held, convertValue(other, type, 'real'));
    return inOrder(compare, heldAs(held, type), other);
  };
  return {
    parameters: dynamicFirst ? ['dynamic', type] : [type, 'dynamic'],
    returns: 'bool',
    nulls: 'pass',
    evaluate: (a: Value, b: Value) => (dynamicFirst ? against(a, b) : against(b, a)),
  };
}

/** What a dynamic holds as the type; as text, arrays and bags are JSON; as any other type they are null. */
function heldAs(value: Value, type: ColumnType): Value {
  if (type === 'string') return value === null ? null : formatDynamic(value as DynamicValue);
  return dynamicScalarType(value as DynamicValue) === undefined ? null : convertValue(value, 'dynamic', type);
}

/**
 * Values of two types that == and != take all the same: text against anything (`ResultType == 0`), a bool against a
 * number, a datetime against its ticks. Both are compared as the one type that tells them apart.
 */
function mixedOverload(operator: string, parameters: readonly ParameterType[]): ScalarOverload {
  return {
    parameters,
    returns: 'bool',
    nulls: 'pass',
    prepare: (_context, _constants, [left = 'string', right = 'string']) => {
      const type = comparedAs(left, right);
      const compare = typedOverload(operator, type).evaluate as (a: Value, b: Value) => Value;
      return (a: Value, b: Value) => compare(convertValue(a, left, type), convertValue(b, right, type));
    },
  };
}

/** A guid fits a text parameter exactly, so its pair must be named to win over the comparison of texts. */
const mixedParameters: readonly (readonly ParameterType[])[] = [
  ['guid', 'string'],
  ['string', 'guid'],
  ['any', 'any'],
];

function comparedAs(left: ColumnType, right: ColumnType): ColumnType {
  for (const loose of ['string', 'bool'] as const) {
    if (left === loose) return right;
    if (right === loose) return left;
  }
  return left === 'real' || right === 'real' ? 'real' : 'long';
}

/** The service does not compare dynamic with dynamic: it could not say as what. */
function refusedOverload(operator: string): ScalarOverload {
  return {
    parameters: ['dynamic', 'dynamic'],
    returns: 'bool',
    prepare: () => {
      throw new KqlError('binding', `'${operator}' cannot compare values of types dynamic and dynamic`, {
        hint: 'cast one side, for example with tostring()',
      });
    },
  };
}

const scalarTypes = ['bool', 'long', 'real', 'decimal', 'string', 'datetime', 'timespan', 'guid'] as const;

function comparison(name: string, summary: string, page: string): ScalarFunction {
  const isEquality = name === '==' || name === '!=';
  return {
    name,
    signature: `left ${name} right`,
    summary,
    page,
    overloads: [
      ...scalarTypes.map((type) => typedOverload(name, type)),
      refusedOverload(name),
      ...scalarTypes.flatMap((type) => [dynamicOverload(name, type, true), dynamicOverload(name, type, false)]),
      ...(isEquality ? mixedParameters.map((parameters) => mixedOverload(name, parameters)) : []),
    ],
  };
}

export const comparisons: readonly ScalarFunction[] = [
  comparison('==', 'Whether two values are equal; text by case.', 'datatypes-string-operators'),
  comparison('!=', 'Whether two values differ; true where one of them is null.', 'datatypes-string-operators'),
  comparison('<', 'Whether the left value is smaller.', 'numerical-operators'),
  comparison('<=', 'Whether the left value is smaller or equal.', 'numerical-operators'),
  comparison('>', 'Whether the left value is larger.', 'numerical-operators'),
  comparison('>=', 'Whether the left value is larger or equal.', 'numerical-operators'),
];

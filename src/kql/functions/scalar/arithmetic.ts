import type { Decimal } from 'decimal.js';
import type { Column, Int64Type } from '../../columns/column.ts';
import { datetimeOrNull } from '../../values/datetime.ts';
import { floorDivide, longFromReal, wrapLong } from '../../values/int64.ts';
import type { ColumnType } from '../../values/value.ts';
import { eitherNull, type NumberSource, numberSource } from '../number-source.ts';
import type { Kernel, ParameterType, ScalarFunction, ScalarOverload } from '../scalar-function.ts';

type Loop = (left: NumberSource, right: NumberSource, out: Float64Array) => void;

const addLoop: Loop = (left, right, out) => {
  const { data: a, mask: am } = left;
  const { data: b, mask: bm } = right;
  for (let i = 0; i < out.length; i++) out[i] = (a[i & am] as number) + (b[i & bm] as number);
};
const subtractLoop: Loop = (left, right, out) => {
  const { data: a, mask: am } = left;
  const { data: b, mask: bm } = right;
  for (let i = 0; i < out.length; i++) out[i] = (a[i & am] as number) - (b[i & bm] as number);
};
const multiplyLoop: Loop = (left, right, out) => {
  const { data: a, mask: am } = left;
  const { data: b, mask: bm } = right;
  for (let i = 0; i < out.length; i++) out[i] = (a[i & am] as number) * (b[i & bm] as number);
};
const divideLoop: Loop = (left, right, out) => {
  const { data: a, mask: am } = left;
  const { data: b, mask: bm } = right;
  for (let i = 0; i < out.length; i++) out[i] = (a[i & am] as number) / (b[i & bm] as number);
};

/** The loop over doubles for a real or a narrow 64-bit result; undefined where a whole number would leave the safe range. */
function numberKernel(type: 'real' | Int64Type, loop: Loop): Kernel {
  return ([left, right], rowCount): Column | undefined => {
    if (left === undefined || right === undefined || (left.kind === 'constant' && right.kind === 'constant'))
      return undefined;
    const a = numberSource(left);
    const b = numberSource(right);
    if (a === undefined || b === undefined) return undefined;
    const data = new Float64Array(rowCount);
    loop(a, b, data);
    const nulls = eitherNull(a.nulls, b.nulls);
    if (type === 'real') return { kind: 'real', type, length: rowCount, data, nulls };
    return isSafe(data) ? { kind: 'int64', type, length: rowCount, data, nulls } : undefined;
  };
}

function isSafe(data: Float64Array): boolean {
  for (let i = 0; i < data.length; i++) if (!(Math.abs(data[i] as number) <= Number.MAX_SAFE_INTEGER)) return false;
  return true;
}

type Operands = {
  readonly long: (a: bigint, b: bigint) => bigint | null;
  readonly real: (a: number, b: number) => number;
  readonly decimal: (a: Decimal, b: Decimal) => Decimal | null;
};

/** long, real and decimal forms of one operator; int with int gives long, as everywhere in KQL. */
function numericOverloads(code: Operands, loop: Loop | undefined): ScalarOverload[] {
  const kernel = (type: 'long' | 'real') => (loop === undefined ? {} : { kernel: numberKernel(type, loop) });
  return [
    {
      parameters: ['long', 'long'],
      returns: 'long',
      evaluate: code.long,
      ...(loop === divideLoop ? {} : kernel('long')),
    },
    { parameters: ['real', 'real'], returns: 'real', evaluate: code.real, ...kernel('real') },
    { parameters: ['decimal', 'decimal'], returns: 'decimal', evaluate: code.decimal },
  ];
}

function ticksOverload(
  parameters: readonly ParameterType[],
  returns: ColumnType & Int64Type,
  evaluate: (a: bigint, b: bigint) => bigint | null,
  loop?: Loop,
): ScalarOverload {
  return { parameters, returns, evaluate, ...(loop === undefined ? {} : { kernel: numberKernel(returns, loop) }) };
}

const page = 'numerical-operators';
const add = (a: bigint, b: bigint): bigint => wrapLong(a + b);
const subtract = (a: bigint, b: bigint): bigint => wrapLong(a - b);
/** A datetime outside years 1 to 9999 is null. */
const addToDatetime = (a: bigint, b: bigint): bigint | null => datetimeOrNull(a + b);
const scale = (span: bigint, factor: number): bigint | null => longFromReal(Number(span) * factor);

/** The remainder is never negative, whatever the signs: -5 % 3 is 1. */
const moduloReal = (a: number, b: number): number => {
  const rest = a % b;
  return rest < 0 ? rest + Math.abs(b) : rest;
};

export const arithmetic: readonly ScalarFunction[] = [
  {
    name: '+',
    signature: 'left + right',
    summary: 'Adds numbers, timespans, or a timespan to a datetime; whole numbers wrap at 64 bits.',
    page,
    overloads: [
      ...numericOverloads({ long: add, real: (a, b) => a + b, decimal: (a, b) => a.plus(b) }, addLoop),
      ticksOverload(['datetime', 'timespan'], 'datetime', addToDatetime, addLoop),
      ticksOverload(['timespan', 'datetime'], 'datetime', addToDatetime, addLoop),
      ticksOverload(['timespan', 'timespan'], 'timespan', add, addLoop),
    ],
  },
  {
    name: '-',
    signature: 'left - right',
    summary: 'Subtracts numbers, timespans, a timespan from a datetime, or a datetime from a datetime.',
    page,
    overloads: [
      ...numericOverloads({ long: subtract, real: (a, b) => a - b, decimal: (a, b) => a.minus(b) }, subtractLoop),
      ticksOverload(['datetime', 'timespan'], 'datetime', (a, b) => datetimeOrNull(a - b), subtractLoop),
      ticksOverload(['datetime', 'datetime'], 'timespan', subtract, subtractLoop),
      ticksOverload(['timespan', 'timespan'], 'timespan', subtract, subtractLoop),
    ],
  },
  {
    name: '*',
    signature: 'left * right',
    summary: 'Multiplies numbers, or a timespan by a number.',
    page,
    overloads: [
      ...numericOverloads(
        { long: (a, b) => wrapLong(a * b), real: (a, b) => a * b, decimal: (a, b) => a.times(b) },
        multiplyLoop,
      ),
      { parameters: ['timespan', 'long'], returns: 'timespan', evaluate: (a: bigint, b: bigint) => wrapLong(a * b) },
      { parameters: ['long', 'timespan'], returns: 'timespan', evaluate: (a: bigint, b: bigint) => wrapLong(a * b) },
      { parameters: ['timespan', 'real'], returns: 'timespan', evaluate: scale },
      { parameters: ['real', 'timespan'], returns: 'timespan', evaluate: (a: number, b: bigint) => scale(b, a) },
    ],
  },
  {
    name: '/',
    signature: 'left / right',
    summary: 'Divides; whole numbers truncate toward zero and give null for a zero divisor.',
    page,
    overloads: [
      ...numericOverloads(
        {
          long: (a, b) => (b === 0n ? null : wrapLong(a / b)),
          real: (a, b) => a / b,
          decimal: (a, b) => (b.isZero() ? null : a.div(b)),
        },
        divideLoop,
      ),
      {
        parameters: ['timespan', 'timespan'],
        returns: 'real',
        evaluate: (a: bigint, b: bigint) => Number(a) / Number(b),
        kernel: numberKernel('real', divideLoop),
      },
      {
        parameters: ['timespan', 'long'],
        returns: 'timespan',
        evaluate: (a: bigint, b: bigint) => (b === 0n ? null : a / b),
      },
      {
        parameters: ['timespan', 'real'],
        returns: 'timespan',
        evaluate: (a: bigint, b: number) => longFromReal(Number(a) / b),
      },
    ],
  },
  {
    name: '%',
    signature: 'left % right',
    summary: 'The remainder of a division, never negative; null for a zero divisor of whole numbers.',
    page,
    overloads: [
      ...numericOverloads(
        {
          long: (a, b) => (b === 0n ? null : moduloLong(a, b)),
          real: moduloReal,
          decimal: (a, b) => (b.isZero() ? null : a.minus(b.abs().times(a.div(b.abs()).floor()))),
        },
        undefined,
      ),
      {
        parameters: ['timespan', 'timespan'],
        returns: 'timespan',
        evaluate: (a: bigint, b: bigint) => (b === 0n ? null : moduloLong(a, b)),
      },
      {
        parameters: ['datetime', 'timespan'],
        returns: 'timespan',
        evaluate: (a: bigint, b: bigint) => (b === 0n ? null : moduloLong(a, b)),
      },
    ],
  },
  {
    name: 'unary-minus',
    signature: '-value',
    summary: 'Changes the sign of a number or a timespan.',
    page,
    overloads: [
      { parameters: ['long'], returns: 'long', evaluate: (a: bigint) => wrapLong(-a) },
      { parameters: ['real'], returns: 'real', evaluate: (a: number) => -a },
      { parameters: ['decimal'], returns: 'decimal', evaluate: (a: Decimal) => a.negated() },
      { parameters: ['timespan'], returns: 'timespan', evaluate: (a: bigint) => -a },
    ],
  },
  {
    name: 'unary-plus',
    signature: '+value',
    summary: 'The number or timespan itself.',
    page,
    overloads: [
      { parameters: ['number'], returns: ([type]) => type ?? 'long', evaluate: (a: number) => a },
      { parameters: ['timespan'], returns: 'timespan', evaluate: (a: bigint) => a },
    ],
  },
];

function moduloLong(a: bigint, b: bigint): bigint {
  const size = b < 0n ? -b : b;
  return a - size * floorDivide(a, size);
}

import type { NumberSource } from './number-source.ts';

type Data = NumberSource['data'];
type Loop<A, B> = (a: A, b: B, out: Uint8Array) => void;

// Number() of a comparison is computed without a branch, which data at random would make the processor guess wrong.
const columns: Readonly<Record<string, Loop<Data, Data>>> = {
  '==': (a, b, out) => {
    for (let i = 0; i < out.length; i++) out[i] = Number((a[i] as number) === (b[i] as number));
  },
  '!=': (a, b, out) => {
    for (let i = 0; i < out.length; i++) out[i] = Number((a[i] as number) !== (b[i] as number));
  },
  '<': (a, b, out) => {
    for (let i = 0; i < out.length; i++) out[i] = Number((a[i] as number) < (b[i] as number));
  },
  '<=': (a, b, out) => {
    for (let i = 0; i < out.length; i++) out[i] = Number((a[i] as number) <= (b[i] as number));
  },
  '>': (a, b, out) => {
    for (let i = 0; i < out.length; i++) out[i] = Number((a[i] as number) > (b[i] as number));
  },
  '>=': (a, b, out) => {
    for (let i = 0; i < out.length; i++) out[i] = Number((a[i] as number) >= (b[i] as number));
  },
};

const doubles: Readonly<Record<string, Loop<Float64Array, number>>> = {
  '==': (a, b, out) => {
    for (let i = 0; i < out.length; i++) out[i] = Number((a[i] as number) === b);
  },
  '!=': (a, b, out) => {
    for (let i = 0; i < out.length; i++) out[i] = Number((a[i] as number) !== b);
  },
  '<': (a, b, out) => {
    for (let i = 0; i < out.length; i++) out[i] = Number((a[i] as number) < b);
  },
  '<=': (a, b, out) => {
    for (let i = 0; i < out.length; i++) out[i] = Number((a[i] as number) <= b);
  },
  '>': (a, b, out) => {
    for (let i = 0; i < out.length; i++) out[i] = Number((a[i] as number) > b);
  },
  '>=': (a, b, out) => {
    for (let i = 0; i < out.length; i++) out[i] = Number((a[i] as number) >= b);
  },
};

const INT_MIN = -(2 ** 31);
const INT_MAX = 2 ** 31 - 1;

/** The ints for which a comparison with the number holds, from the first to the last; for `!=` those for which it does not. */
const ranges: Readonly<Record<string, (number: number) => readonly [first: number, last: number]>> = {
  '==': (number) => [Math.ceil(number), Math.floor(number)],
  '!=': (number) => [Math.ceil(number), Math.floor(number)],
  '<': (number) => [INT_MIN, Math.ceil(number) - 1],
  '<=': (number) => [INT_MIN, Math.floor(number)],
  '>': (number) => [Math.floor(number) + 1, INT_MAX],
  '>=': (number) => [Math.ceil(number), INT_MAX],
};

/** Ints have a loop of their own, one for all operators: a loop that met both kinds of arrays would be slow for both. */
function compareInts(operator: string, ints: Int32Array, number: number, out: Uint8Array): void {
  const [from, to] = ranges[operator]?.(number) as readonly [number, number];
  const first = Math.max(from, INT_MIN);
  const last = Math.min(to, INT_MAX);
  const negated = Number(operator === '!=');
  // No int: the number is a fraction, NaN or out of reach.
  if (!(first <= last)) {
    out.fill(negated);
    return;
  }
  const span = last - first;
  for (let i = 0; i < out.length; i++) out[i] = Number(((ints[i] as number) - first) >>> 0 <= span) ^ negated;
}

const mirrored: Readonly<Record<string, string>> = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

/** Writes 1 where the comparison holds and 0 where it does not; at most one side is a constant, and nulls are not looked at. */
export function compareNumbers(operator: string, a: NumberSource, b: NumberSource, out: Uint8Array): void {
  if (b.mask === 0) compareWithNumber(operator, a.data, b.data[0] as number, out);
  else if (a.mask === 0) compareWithNumber(mirrored[operator] as string, b.data, a.data[0] as number, out);
  else columns[operator]?.(a.data, b.data, out);
}

function compareWithNumber(operator: string, data: Data, number: number, out: Uint8Array): void {
  if (data instanceof Int32Array) compareInts(operator, data, number, out);
  else doubles[operator]?.(data, number, out);
}

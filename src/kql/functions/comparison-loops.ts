import type { NumberSource } from './number-source.ts';

type Data = NumberSource['data'];

/** One operator: over two columns, or over a column and one number, which most comparisons are. */
type Loops = {
  readonly columns: (a: Data, b: Data, out: Uint8Array) => void;
  readonly number: (a: Data, b: number, out: Uint8Array) => void;
};

// Number() of a comparison is computed without a branch, which data at random would make the processor guess wrong.
const loops: Readonly<Record<string, Loops>> = {
  '==': {
    columns: (a, b, out) => {
      for (let i = 0; i < out.length; i++) out[i] = Number((a[i] as number) === (b[i] as number));
    },
    number: (a, b, out) => {
      for (let i = 0; i < out.length; i++) out[i] = Number((a[i] as number) === b);
    },
  },
  '!=': {
    columns: (a, b, out) => {
      for (let i = 0; i < out.length; i++) out[i] = Number((a[i] as number) !== (b[i] as number));
    },
    number: (a, b, out) => {
      for (let i = 0; i < out.length; i++) out[i] = Number((a[i] as number) !== b);
    },
  },
  '<': {
    columns: (a, b, out) => {
      for (let i = 0; i < out.length; i++) out[i] = Number((a[i] as number) < (b[i] as number));
    },
    number: (a, b, out) => {
      for (let i = 0; i < out.length; i++) out[i] = Number((a[i] as number) < b);
    },
  },
  '<=': {
    columns: (a, b, out) => {
      for (let i = 0; i < out.length; i++) out[i] = Number((a[i] as number) <= (b[i] as number));
    },
    number: (a, b, out) => {
      for (let i = 0; i < out.length; i++) out[i] = Number((a[i] as number) <= b);
    },
  },
  '>': {
    columns: (a, b, out) => {
      for (let i = 0; i < out.length; i++) out[i] = Number((a[i] as number) > (b[i] as number));
    },
    number: (a, b, out) => {
      for (let i = 0; i < out.length; i++) out[i] = Number((a[i] as number) > b);
    },
  },
  '>=': {
    columns: (a, b, out) => {
      for (let i = 0; i < out.length; i++) out[i] = Number((a[i] as number) >= (b[i] as number));
    },
    number: (a, b, out) => {
      for (let i = 0; i < out.length; i++) out[i] = Number((a[i] as number) >= b);
    },
  },
};

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
  if (b.mask === 0) loops[operator]?.number(a.data, b.data[0] as number, out);
  else if (a.mask === 0) loops[mirrored[operator] as string]?.number(b.data, a.data[0] as number, out);
  else loops[operator]?.columns(a.data, b.data, out);
}

import type { Vector } from '../../columns/column.ts';
import type { Kernel, ScalarFunction } from '../scalar-function.ts';

/** A boolean vector as bytes: 0 false, 1 true, 2 null. */
function threeValued(vector: Vector, rowCount: number): Uint8Array | undefined {
  if (vector.kind === 'constant') {
    return new Uint8Array(rowCount).fill(vector.value === null ? 2 : vector.value === true ? 1 : 0);
  }
  if (vector.kind !== 'bool') return undefined;
  const { data, nulls } = vector;
  return nulls === undefined ? data : data.map((bit, row) => (nulls[row] === 1 ? 2 : bit));
}

/** Three-valued logic from a table of nine results, indexed by 3 × left + right. */
function truthTable(table: readonly number[]): Kernel {
  const results = Uint8Array.from(table);
  return ([left, right], rowCount, _context, room) => {
    if (left === undefined || right === undefined || (left.kind === 'constant' && right.kind === 'constant'))
      return undefined;
    const a = threeValued(left, rowCount);
    const b = threeValued(right, rowCount);
    if (a === undefined || b === undefined) return undefined;
    const data = room.bytes(rowCount);
    let nulls: Uint8Array | undefined;
    for (let i = 0; i < rowCount; i++) {
      const result = results[3 * (a[i] as number) + (b[i] as number)] as number;
      data[i] = result & 1;
      if (result !== 2) continue;
      nulls ??= new Uint8Array(rowCount);
      nulls[i] = 1;
    }
    return { kind: 'bool', type: 'bool', length: rowCount, data, nulls };
  };
}

const page = 'logical-operators';
type Truth = boolean | null;

export const logical: readonly ScalarFunction[] = [
  {
    name: 'and',
    signature: 'left and right',
    summary: 'True where both are; false where one is false, even if the other is null.',
    page,
    overloads: [
      {
        parameters: ['bool', 'bool'],
        returns: 'bool',
        nulls: 'pass',
        evaluate: (a: Truth, b: Truth) => (a === false || b === false ? false : a === null || b === null ? null : true),
        kernel: truthTable([0, 0, 0, 0, 1, 2, 0, 2, 2]),
      },
    ],
  },
  {
    name: 'or',
    signature: 'left or right',
    summary: 'True where one is, even if the other is null; false where both are false.',
    page,
    overloads: [
      {
        parameters: ['bool', 'bool'],
        returns: 'bool',
        nulls: 'pass',
        evaluate: (a: Truth, b: Truth) => (a === true || b === true ? true : a === null || b === null ? null : false),
        kernel: truthTable([0, 1, 2, 1, 1, 1, 2, 1, 2]),
      },
    ],
  },
  {
    name: 'not',
    signature: 'not(condition: bool): bool',
    summary: 'The opposite of a condition; null of a null.',
    page: 'not-function',
    overloads: [{ parameters: ['bool'], returns: 'bool', evaluate: (a: boolean) => !a }],
  },
];

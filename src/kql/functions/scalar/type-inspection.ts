import { type DynamicValue, isArray, isBag, TypedScalar } from '../../values/dynamic.ts';
import type { ColumnType } from '../../values/value.ts';
import type { ScalarFunction } from '../scalar-function.ts';

/** The type that a dynamic holds, in the names of gettype(): whole numbers are `int` while they fit into 32 bits. */
function heldType(value: DynamicValue): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') return BigInt.asIntN(32, value) === value ? 'int' : 'long';
  if (typeof value === 'number') return 'double';
  if (isArray(value)) return 'array';
  if (isBag(value)) return 'dictionary';
  return value instanceof TypedScalar ? value.type : 'null';
}

export const typeInspection: readonly ScalarFunction[] = [
  {
    name: 'gettype',
    signature: 'gettype(value): string',
    summary: 'The name of the type that a value has at run time.',
    page: 'gettype-function',
    overloads: [
      {
        parameters: ['any'],
        returns: 'string',
        nulls: 'pass',
        prepare: (_context, _constants, types) => {
          const type = types[0] as ColumnType;
          return type === 'dynamic' ? heldType : () => type;
        },
      },
    ],
  },
  {
    name: 'isascii',
    signature: 'isascii(value: string): bool',
    summary: 'Whether the text has ASCII characters only.',
    page: 'isascii-function',
    overloads: [
      {
        parameters: ['string'],
        returns: 'bool',
        evaluate: (text: string) => [...text].every((character) => (character.codePointAt(0) as number) < 128),
      },
    ],
  },
  {
    name: 'isutf8',
    signature: 'isutf8(value: string): bool',
    summary: 'Whether the text is valid UTF-8: false where it holds half of a surrogate pair.',
    page: 'isutf8-function',
    overloads: [{ parameters: ['string'], returns: 'bool', evaluate: (text: string) => !/\p{Surrogate}/u.test(text) }],
  },
];

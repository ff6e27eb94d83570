import { convertValue } from '../../values/convert.ts';
import type { ColumnType, Value } from '../../values/value.ts';
import { patternSource } from '../regular-expression.ts';
import type { ScalarFunction } from '../scalar-function.ts';

/** The type that a typeof() argument names; string where there is none. */
export const typeArgument = (constant: Value | undefined): ColumnType =>
  typeof constant === 'string' ? (constant as ColumnType) : 'string';

export const textExtracts: readonly ScalarFunction[] = [
  {
    name: 'matches regex',
    signature: 'text matches regex pattern',
    summary: 'Whether the pattern (RE2) matches anywhere in the text.',
    page: 'regex-operator',
    overloads: [
      {
        parameters: ['string', 'string'],
        returns: 'bool',
        nulls: 'pass',
        prepare: (_context, constants) => {
          const pattern = patternSource(constants[1]);
          return (text: string, source: string) => pattern(source).matcher(text).find();
        },
      },
    ],
  },
  {
    name: 'extract',
    signature: 'extract(regex: string, captureGroup: long, source: string [, typeLiteral])',
    summary: 'What a capture group of the first match holds, converted; empty or null where nothing matches.',
    page: 'extract-function',
    overloads: [
      {
        parameters: ['string', 'long', 'string', 'string'],
        optional: 1,
        returns: (_types, constants) => typeArgument(constants[3]),
        prepare: (_context, constants) => {
          const pattern = patternSource(constants[0]);
          const type = typeArgument(constants[3]);
          return (source: string, group: bigint, text: string) => {
            const matcher = pattern(source).matcher(text);
            if (group < 0n || group > BigInt(matcher.groupCount()) || !matcher.find()) return null;
            return convertValue(matcher.group(Number(group)), 'string', type);
          };
        },
      },
    ],
  },
];

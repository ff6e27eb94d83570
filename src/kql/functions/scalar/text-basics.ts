import { toLower, toUpper } from '../../values/case-folding.ts';
import { formatValue } from '../../values/convert.ts';
import type { ColumnType, Value } from '../../values/value.ts';
import type { ScalarFunction } from '../scalar-function.ts';

/** The number of code points, which is what KQL counts and cuts by. */
export function codePointCount(text: string): number {
  let count = text.length;
  for (let i = 0; i + 1 < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0xd800 || unit > 0xdbff) continue;
    const next = text.charCodeAt(i + 1);
    if (next >= 0xdc00 && next <= 0xdfff) {
      count--;
      i++;
    }
  }
  return count;
}

const isEmpty = (value: Value): boolean => value === null || value === '';
const isNull = (value: Value): boolean => value === null;

function predicate(name: string, aliases: readonly string[], summary: string, test: (value: Value) => boolean) {
  return {
    name,
    aliases,
    signature: `${name}(value): bool`,
    summary,
    page: `${name}-function`,
    overloads: [{ parameters: ['any'], returns: 'bool', nulls: 'pass', evaluate: test }],
  } satisfies ScalarFunction;
}

function ofText(name: string, returns: ColumnType, summary: string, evaluate: (text: string) => Value) {
  return {
    name,
    signature: `${name}(source: string): ${returns}`,
    summary,
    page: `${name}-function`,
    overloads: [{ parameters: ['string'], returns, evaluate }],
  } satisfies ScalarFunction;
}

export const textBasics: readonly ScalarFunction[] = [
  ofText('strlen', 'long', 'The number of characters (code points).', (text) => BigInt(codePointCount(text))),
  ofText('tolower', 'string', 'The text in lower case.', toLower),
  ofText('toupper', 'string', 'The text in upper case.', toUpper),
  predicate('isempty', [], 'Whether the value is null or an empty text.', isEmpty),
  predicate('isnotempty', ['notempty'], 'Whether the value is neither null nor an empty text.', (v) => !isEmpty(v)),
  predicate('isnull', [], 'Whether the value is null; a text never is.', isNull),
  predicate('isnotnull', ['notnull'], 'Whether the value is not null.', (value) => !isNull(value)),
  {
    name: 'strcat',
    signature: 'strcat(argument, …): string',
    summary: 'The arguments as text, one after the other.',
    page: 'strcat-function',
    overloads: [
      {
        parameters: ['any'],
        rest: 'any',
        returns: 'string',
        nulls: 'pass',
        prepare:
          (_context, _constants, types) =>
          (...values: Value[]) =>
            values.map((value, index) => formatValue(value, types[index] as ColumnType)).join(''),
      },
    ],
  },
];

import { KqlError } from '../../kql-error.ts';
import { toLower, toUpper } from '../../values/case-folding.ts';
import { compareText } from '../../values/compare.ts';
import { formatDynamic, formatValue } from '../../values/convert.ts';
import { type DynamicValue, isArray } from '../../values/dynamic.ts';
import type { ColumnType, Value } from '../../values/value.ts';
import { joinTexts } from '../coded-text.ts';
import type { Kernel, ScalarFunction } from '../scalar-function.ts';
import { singleOverload } from '../single-overload.ts';

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

/** Whether rows are null, or are not, from the null mask alone. */
const nullKernel =
  (wanted: 0 | 1): Kernel =>
  ([vector], rowCount) => {
    if (vector === undefined || vector.kind === 'constant' || vector.kind === 'pooled') return undefined;
    const data = vector.nulls?.map((flag) => (flag === wanted ? 1 : 0)) ?? new Uint8Array(rowCount).fill(1 - wanted);
    return { kind: 'bool', type: 'bool', length: rowCount, data, nulls: undefined };
  };

function predicate(
  name: string,
  aliases: readonly string[],
  summary: string,
  holdsFor: { readonly null: boolean; readonly emptyText: boolean },
): ScalarFunction {
  return singleOverload({ name, aliases, signature: `${name}(value): bool`, summary }, ['any'], 'bool', {
    nulls: 'pass',
    kernel: nullKernel(holdsFor.null ? 1 : 0),
    evaluate: (value: Value) => (value === null ? holdsFor.null : value === '' ? holdsFor.emptyText : !holdsFor.null),
  });
}

/** strcat_delim(delimiter, arguments…): all arguments as text, nulls as empty text. */
const joinArguments =
  (types: readonly ColumnType[]) =>
  (delimiter: string, ...values: Value[]): string =>
    values.map((value, index) => formatValue(value, types[index + 1] as ColumnType)).join(delimiter);

const joinArray = (array: DynamicValue, delimiter: string): string | null =>
  isArray(array) ? array.map(formatDynamic).join(delimiter) : null;

const MAX_REPETITIONS = 1024n;
const MAX_REPEATED_LENGTH = 16 * 1024 * 1024;

function repeatText(text: string, times: bigint, delimiter = ''): string {
  if (times <= 0n) return '';
  const count = Number(times > MAX_REPETITIONS ? MAX_REPETITIONS : times);
  if ((text.length + delimiter.length) * count > MAX_REPEATED_LENGTH) {
    throw new KqlError('limit', `strrep() would make more than ${MAX_REPEATED_LENGTH} characters`);
  }
  return new Array<string>(count).fill(text).join(delimiter);
}

export const textBasics: readonly ScalarFunction[] = [
  singleOverload(
    { name: 'strlen', signature: 'strlen(source: string): long', summary: 'The number of code points of a text.' },
    ['string'],
    'long',
    { evaluate: (text: string) => BigInt(codePointCount(text)) },
  ),
  singleOverload(
    {
      name: 'string_size',
      signature: 'string_size(source: string): long',
      summary: 'The size of a text in bytes of UTF-8.',
    },
    ['string'],
    'long',
    { evaluate: (text: string) => BigInt(Buffer.byteLength(text)) },
  ),
  singleOverload(
    { name: 'tolower', signature: 'tolower(value: string): string', summary: 'The text in lower case.' },
    ['string'],
    'string',
    { evaluate: toLower },
  ),
  singleOverload(
    { name: 'toupper', signature: 'toupper(value: string): string', summary: 'The text in upper case.' },
    ['string'],
    'string',
    { evaluate: toUpper },
  ),
  singleOverload(
    {
      name: 'reverse',
      signature: 'reverse(value: string): string',
      summary: 'The code points of a text from last to first.',
    },
    ['string'],
    'string',
    { evaluate: (text: string) => [...text].reverse().join('') },
  ),
  singleOverload(
    {
      name: 'strcmp',
      signature: 'strcmp(string1: string, string2: string): long',
      summary: '-1, 0 or 1: the order of two texts by code point.',
    },
    ['string', 'string'],
    'long',
    { evaluate: (a: string, b: string) => BigInt(Math.sign(compareText(a, b))) },
  ),
  singleOverload(
    {
      name: 'strrep',
      signature: 'strrep(value, multiplier: long [, delimiter: string]): string',
      summary: 'A text repeated, at most 1,024 times.',
    },
    ['string', 'long', 'string'],
    'string',
    { optional: 1, evaluate: repeatText },
  ),
  predicate('isempty', [], 'Whether the value is null or an empty text.', { null: true, emptyText: true }),
  predicate('isnotempty', ['notempty'], 'Whether the value is neither null nor an empty text.', {
    null: false,
    emptyText: false,
  }),
  predicate('isnull', [], 'Whether the value is null; a text never is.', { null: true, emptyText: false }),
  predicate('isnotnull', ['notnull'], 'Whether the value is not null.', { null: false, emptyText: true }),
  singleOverload(
    {
      name: 'strcat',
      signature: 'strcat(argument, …): string',
      summary: 'The arguments as text, one after the other.',
    },
    ['any'],
    'string',
    {
      rest: 'any',
      nulls: 'pass',
      kernel: joinTexts,
      prepare: (_context, _constants, types) => {
        const join = joinArguments(['string', ...types]);
        return (...values: Value[]) => join('', ...values);
      },
    },
  ),
  singleOverload(
    {
      name: 'strcat_delim',
      signature: 'strcat_delim(delimiter: string, argument, …): string',
      summary: 'The arguments as text with a delimiter between them.',
    },
    ['string', 'any'],
    'string',
    { rest: 'any', nulls: 'pass', prepare: (_context, _constants, types) => joinArguments(types) },
  ),
  singleOverload(
    {
      name: 'strcat_array',
      aliases: ['array_strcat'],
      signature: 'strcat_array(array: dynamic, delimiter: string): string',
      summary: 'The items of an array as text with a delimiter between them.',
    },
    ['dynamic', 'string'],
    'string',
    { evaluate: joinArray },
  ),
];

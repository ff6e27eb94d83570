import { convertVector } from '../../expression/convert-vector.ts';
import { convertValue } from '../../values/convert.ts';
import type { DynamicValue } from '../../values/dynamic.ts';
import { parseJson } from '../../values/json.ts';
import type { ColumnType, Value } from '../../values/value.ts';
import { numberTexts } from '../coded-text.ts';
import type { ScalarFunction, ScalarOverload } from '../scalar-function.ts';

/** Text as the dynamic that its JSON stands for; other text stays a string, empty text is null. */
export function parseJsonText(text: string): DynamicValue {
  if (text === '') return null;
  const value = parseJson(text);
  return value === undefined ? text : value;
}

/** Any type converted; a column that has the type already, or another fixed-width form, needs no loop over values. */
function conversionOverload(to: ColumnType): ScalarOverload {
  return {
    parameters: ['any'],
    returns: to,
    nulls: 'pass',
    prepare: (_context, _constants, types) => (value: Value) => convertValue(value, types[0] as ColumnType, to),
    kernel: ([vector], rowCount) => {
      if (vector === undefined) return undefined;
      if (vector.type === to) return vector;
      if (to === 'string') return numberTexts(vector);
      return vector.kind === 'int' || vector.kind === 'int64' ? convertVector(vector, to, rowCount) : undefined;
    },
  };
}

function conversion(name: string, to: ColumnType, aliases: readonly string[] = []): ScalarFunction {
  return {
    name,
    aliases,
    signature: `${name}(value): ${to}`,
    summary: `The value as ${to}; ${to === 'string' ? 'a null becomes the empty string' : 'null where it cannot be converted'}.`,
    page: `${name}-function`,
    overloads: [conversionOverload(to)],
  };
}

const LONGEST_HEX = 16n;

/** Two's complement of the value's own width, lower case, padded with zeros to a length of 16 at most. */
function hexText(value: bigint, bits: number, minLength: bigint | undefined): string {
  const length = minLength === undefined || minLength < LONGEST_HEX ? (minLength ?? 0n) : LONGEST_HEX;
  return BigInt.asUintN(bits, value).toString(16).padStart(Number(length), '0');
}

export const conversions: readonly ScalarFunction[] = [
  conversion('tostring', 'string'),
  conversion('toint', 'int'),
  conversion('tolong', 'long'),
  conversion('toreal', 'real', ['todouble']),
  conversion('todecimal', 'decimal'),
  conversion('tobool', 'bool', ['toboolean']),
  conversion('todatetime', 'datetime'),
  conversion('totimespan', 'timespan', ['totime']),
  conversion('toguid', 'guid'),
  {
    name: 'tohex',
    signature: 'tohex(value: long [, minLength: long]): string',
    summary: 'A whole number in hexadecimal.',
    page: 'tohex-function',
    overloads: [
      {
        parameters: ['int', 'long'],
        optional: 1,
        returns: 'string',
        evaluate: (value: number, minLength?: bigint) => hexText(BigInt(value), 32, minLength),
      },
      {
        parameters: ['long', 'long'],
        optional: 1,
        returns: 'string',
        evaluate: (value: bigint, minLength?: bigint) => hexText(value, 64, minLength),
      },
    ],
  },
  {
    name: 'parse_json',
    aliases: ['parsejson', 'todynamic', 'toobject'],
    signature: 'parse_json(json: string): dynamic',
    summary: 'JSON text as dynamic; text that is no JSON stays a string.',
    page: 'parse-json-function',
    overloads: [{ parameters: ['string'], returns: 'dynamic', evaluate: parseJsonText }, conversionOverload('dynamic')],
  },
];

import { type DynamicValue, isArray } from '../../values/dynamic.ts';
import type { ScalarFunction } from '../scalar-function.ts';
import { singleOverload } from '../single-overload.ts';

const codePoints = (text: string): DynamicValue =>
  [...text].map((character) => BigInt(character.codePointAt(0) as number));

const MAX_CODE_POINT = 0x10ffffn;

/** The text of code points, given singly or in arrays; empty where one is none. */
function fromCodePoints(...values: DynamicValue[]): string {
  let text = '';
  for (const value of values.flatMap((item) => (isArray(item) ? item : [item]))) {
    const isSurrogate = typeof value === 'bigint' && value >= 0xd800n && value <= 0xdfffn;
    if (typeof value !== 'bigint' || value < 0n || value > MAX_CODE_POINT || isSurrogate) return '';
    text += String.fromCodePoint(Number(value));
  }
  return text;
}

export const textCodePoints: readonly ScalarFunction[] = [
  singleOverload(
    {
      name: 'unicode_codepoints_from_string',
      aliases: ['to_utf8'],
      signature: 'unicode_codepoints_from_string(value: string): dynamic',
      summary: 'The Unicode code points of a text.',
    },
    ['string'],
    'dynamic',
    { evaluate: codePoints },
  ),
  singleOverload(
    {
      name: 'unicode_codepoints_to_string',
      aliases: ['make_string'],
      signature: 'unicode_codepoints_to_string(values, …): string',
      summary: 'The text of Unicode code points, given singly or in arrays.',
    },
    ['dynamic'],
    'string',
    { rest: 'dynamic', evaluate: fromCodePoints },
  ),
  singleOverload(
    {
      name: 'regex_quote',
      signature: 'regex_quote(string: string): string',
      summary: 'The text with every character that a pattern would read specially escaped.',
    },
    ['string'],
    'string',
    { evaluate: (text: string) => text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&') },
  ),
];

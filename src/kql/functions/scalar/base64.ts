import { base64Bytes, utf8Text } from '../../values/bytes.ts';
import { type DynamicValue, isArray } from '../../values/dynamic.ts';
import { guidBytes, guidFromBytes } from '../../values/guid.ts';
import type { ScalarFunction } from '../scalar-function.ts';
import { singleOverload } from '../single-overload.ts';

function decodeText(text: string): string | null {
  const bytes = base64Bytes(text);
  return bytes === undefined ? null : (utf8Text(bytes) ?? null);
}

function decodeArray(text: string): DynamicValue {
  const bytes = base64Bytes(text);
  return bytes === undefined ? null : Array.from(bytes, BigInt);
}

function decodeGuid(text: string): string | null {
  const bytes = base64Bytes(text);
  return bytes === undefined ? null : guidFromBytes(bytes);
}

const isByte = (value: DynamicValue): value is bigint => typeof value === 'bigint' && value >= 0n && value <= 255n;

function encodeArray(value: DynamicValue): string | null {
  if (!isArray(value) || !value.every(isByte)) return null;
  return Buffer.from(value.map(Number)).toString('base64');
}

export const base64Functions: readonly ScalarFunction[] = [
  singleOverload(
    {
      name: 'base64_encode_tostring',
      aliases: ['base64_encodestring'],
      signature: 'base64_encode_tostring(string: string): string',
      summary: 'The UTF-8 of a text in Base64.',
    },
    ['string'],
    'string',
    { evaluate: (text: string) => Buffer.from(text).toString('base64') },
  ),
  singleOverload(
    {
      name: 'base64_decode_tostring',
      aliases: ['base64_decodestring'],
      signature: 'base64_decode_tostring(base64_string: string): string',
      summary: 'The text that Base64 stands for; empty where it is no UTF-8.',
    },
    ['string'],
    'string',
    { evaluate: decodeText },
  ),
  singleOverload(
    {
      name: 'base64_decode_toarray',
      signature: 'base64_decode_toarray(base64_string: string): dynamic',
      summary: 'The bytes that Base64 stands for, as numbers.',
    },
    ['string'],
    'dynamic',
    { evaluate: decodeArray },
  ),
  singleOverload(
    {
      name: 'base64_decode_toguid',
      signature: 'base64_decode_toguid(base64_string: string): guid',
      summary: 'The guid whose bytes Base64 stands for.',
    },
    ['string'],
    'guid',
    { evaluate: decodeGuid },
  ),
  singleOverload(
    {
      name: 'base64_encode_fromarray',
      signature: 'base64_encode_fromarray(array: dynamic): string',
      summary: 'An array of bytes in Base64.',
    },
    ['dynamic'],
    'string',
    { evaluate: encodeArray },
  ),
  singleOverload(
    {
      name: 'base64_encode_fromguid',
      signature: 'base64_encode_fromguid(guid: guid): string',
      summary: 'The bytes of a guid in Base64.',
    },
    ['guid'],
    'string',
    { evaluate: (guid: string) => Buffer.from(guidBytes(guid)).toString('base64') },
  ),
];

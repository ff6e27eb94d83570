import type { ScalarFunction } from '../scalar-function.ts';
import { singleOverload } from '../single-overload.ts';

/** Bytes of UTF-8 as %xx, lower case; letters, digits and `-_.!*()` stand as they are. */
function percentEncode(text: string, space: string): string {
  return text.replace(/[^A-Za-z0-9\-_.!*()]/gu, (character) =>
    character === ' '
      ? space
      : Array.from(Buffer.from(character), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  );
}

/** %xx sequences decoded as UTF-8, `+` as a space; what is no such sequence stays. */
function percentDecode(text: string): string {
  return text
    .replaceAll('+', ' ')
    .replace(/(?:%[0-9a-fA-F]{2})+/g, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'));
}

export const urlEncodings: readonly ScalarFunction[] = [
  singleOverload(
    { name: 'url_encode', signature: 'url_encode(url: string): string', summary: 'The text for a URL, spaces as `+`.' },
    ['string'],
    'string',
    { evaluate: (text: string) => percentEncode(text, '+') },
  ),
  singleOverload(
    {
      name: 'url_encode_component',
      signature: 'url_encode_component(url: string): string',
      summary: 'The text for a URL, spaces as `%20`.',
    },
    ['string'],
    'string',
    { evaluate: (text: string) => percentEncode(text, '%20') },
  ),
  singleOverload(
    {
      name: 'url_decode',
      signature: 'url_decode(encoded_url: string): string',
      summary: 'The text that was encoded for a URL.',
    },
    ['string'],
    'string',
    { evaluate: percentDecode },
  ),
];

import { punycodeDecode, punycodeEncode } from '../../values/punycode.ts';
import type { ScalarFunction } from '../scalar-function.ts';
import { singleOverload } from '../single-overload.ts';

/** The full stop and the three characters that IDNA reads as one (RFC 3490, section 3.1). */
const DOT = /[.\u3002\uff0e\uff61]/u;
const PREFIX = 'xn--';
/** Both directions take time with the square of the length, and the text may be an attacker's. */
const MAX_LENGTH = 4096;

const hasOnlyAscii = (text: string): boolean =>
  [...text].every((character) => (character.codePointAt(0) as number) < 128);

const encodeDomain = (domain: string): string =>
  domain
    .split(DOT)
    .map((label) => (hasOnlyAscii(label) ? label : PREFIX + punycodeEncode(label)))
    .join('.');

function decodeDomain(domain: string): string {
  const labels = domain
    .split(DOT)
    .map((label) => (label.toLowerCase().startsWith(PREFIX) ? punycodeDecode(label.slice(PREFIX.length)) : label));
  return labels.includes(undefined) ? '' : labels.join('.');
}

function row(name: string, parameter: string, summary: string, evaluate: (text: string) => string): ScalarFunction {
  return singleOverload({ name, signature: `${name}(${parameter}: string): string`, summary }, ['string'], 'string', {
    evaluate: (text: string) => (text.length > MAX_LENGTH ? null : evaluate(text)),
  });
}

export const punycodes: readonly ScalarFunction[] = [
  row('punycode_from_string', 'input_string', 'The text in Punycode.', punycodeEncode),
  row(
    'punycode_to_string',
    'input_string',
    'The text that Punycode stands for; empty where it is none.',
    (text) => punycodeDecode(text) ?? '',
  ),
  row('punycode_domain_from_string', 'encoded_string', 'A domain name whose labels were in Punycode.', decodeDomain),
  row('punycode_domain_to_string', 'domain', 'A domain name with its labels in Punycode.', encodeDomain),
];

import { listOverloads } from '../ip-network.ts';
import type { ScalarFunction } from '../scalar-function.ts';

/** Every IPv4 address in a text that stands between characters that are no letters or digits. */
function addressesIn(text: string): readonly string[] {
  const found: string[] = [];
  for (const { 0: candidate } of text.matchAll(
    /(?<![\p{L}\p{N}])\d{1,3}(?=(?:\.\d{1,3}){3}(?![\p{L}\p{N}]))(?:\.\d{1,3}){3}/gu,
  )) {
    if (isAddress(candidate)) found.push(candidate);
  }
  return found;
}

const isAddress = (text: string): boolean => {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
};

/** A whole address, or its first parts with the dot behind them. */
const isPrefix = (text: string): boolean => {
  if (isAddress(text)) return true;
  const parts = text.split('.');
  return (
    parts.length >= 2 &&
    parts.length <= 4 &&
    parts.at(-1) === '' &&
    parts.slice(0, -1).every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)
  );
};

function search(
  name: string,
  parameter: string,
  isWanted: (text: string) => boolean,
  matches: (address: string, wanted: string) => boolean,
): readonly ScalarFunction[] {
  const test = (list: readonly string[]) => {
    const wanted = list.filter(isWanted);
    return (source: string) => {
      if (wanted.length === 0) return false;
      return addressesIn(source).some((address) => wanted.some((text) => matches(address, text)));
    };
  };
  return [
    {
      name: `has_${name}`,
      signature: `has_${name}(source: string, ${parameter}: string): bool`,
      summary: 'Whether a text holds an IPv4 address, set off by characters that are no letters or digits.',
      page: `has-${name.replaceAll('_', '-')}-function`,
      overloads: [
        {
          parameters: ['string', 'string'],
          returns: 'bool',
          evaluate: (source: string, text: string) => test([text])(source),
        },
      ],
    },
    {
      name: `has_any_${name}`,
      signature: `has_any_${name}(source: string, ${parameter}: dynamic | string, …): bool`,
      summary: 'Whether a text holds any of several IPv4 addresses.',
      page: `has-any-${name.replaceAll('_', '-')}-function`,
      overloads: listOverloads(test),
    },
  ];
}

export const ipv4Searches: readonly ScalarFunction[] = [
  ...search('ipv4', 'ip_address', isAddress, (address, wanted) => address === wanted),
  ...search('ipv4_prefix', 'ip_address_prefix', isPrefix, (address, wanted) =>
    wanted.endsWith('.') ? address.startsWith(wanted) : address === wanted,
  ),
];

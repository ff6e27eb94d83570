import type { DynamicValue } from '../../values/dynamic.ts';
import type { ScalarFunction } from '../scalar-function.ts';

/** `k1=v1&k2=v2` as a bag; the first of two equal keys wins, as a later one could be smuggled in behind it. */
function queryBag(query: string): DynamicValue {
  const bag = new Map<string, DynamicValue>();
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const key = equals < 0 ? pair : pair.slice(0, equals);
    if (!bag.has(key)) bag.set(key, equals < 0 ? '' : pair.slice(equals + 1));
  }
  return bag;
}

/** The components of RFC 3986, appendix B, with the authority split further; nothing is decoded. */
function parseUrl(url: string): DynamicValue {
  const match = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(url);
  const [, scheme = '', authority = '', path = '', query = '', fragment = ''] = match ?? [];
  const at = authority.lastIndexOf('@');
  const [username = '', ...password] = at < 0 ? [] : authority.slice(0, at).split(':');
  const place = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(authority.slice(at + 1));
  return new Map<string, DynamicValue>([
    ['Scheme', scheme],
    ['Host', place?.[1] ?? ''],
    ['Port', place?.[2] ?? ''],
    ['Path', path],
    ['Username', username],
    ['Password', password.join(':')],
    ['Query Parameters', queryBag(query)],
    ['Fragment', fragment],
  ]);
}

export const urlParts: readonly ScalarFunction[] = [
  {
    name: 'parse_url',
    aliases: ['parseurl'],
    signature: 'parse_url(url: string): dynamic',
    summary: 'The parts of an absolute URL as a bag.',
    page: 'parse-url-function',
    overloads: [{ parameters: ['string'], returns: 'dynamic', evaluate: parseUrl }],
  },
  {
    name: 'parse_urlquery',
    aliases: ['parseurlquery'],
    signature: 'parse_urlquery(query: string): dynamic',
    summary: 'The parameters of a URL query as a bag under "Query Parameters".',
    page: 'parse-url-query-function',
    overloads: [
      {
        parameters: ['string'],
        returns: 'dynamic',
        evaluate: (query: string) => new Map([['Query Parameters', queryBag(query.replace(/^\?/, ''))]]),
      },
    ],
  },
];

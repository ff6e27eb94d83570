import type { DynamicValue } from '../../values/dynamic.ts';
import { parseXml, type XmlElement } from '../../values/xml.ts';
import type { ScalarFunction } from '../scalar-function.ts';
import { singleOverload } from '../single-overload.ts';

/** The service reads no longer document. */
const MAX_XML_BYTES = 1_048_576;

/**
 * An element as JSON, by the table of the documentation: attributes under `@name`, text under `#text` where there is
 * more than text, elements of one name as an array, an empty element as null.
 */
function elementValue({ attributes, children }: XmlElement): DynamicValue {
  const members = new Map<string, DynamicValue[]>();
  const add = (key: string, value: DynamicValue): void => {
    const values = members.get(key);
    if (values === undefined) members.set(key, [value]);
    else values.push(value);
  };
  for (const [name, value] of attributes) add(`@${name}`, value);
  for (const child of children) {
    if (typeof child !== 'string') add(child.name, elementValue(child));
    else if (child.trim() !== '') add('#text', child.trim());
  }
  const text = members.get('#text');
  if (members.size === 0) return null;
  if (members.size === 1 && text?.length === 1) return text[0] as string;
  return new Map(
    [...members].map(([key, values]) => [key, values.length === 1 ? (values[0] as DynamicValue) : values]),
  );
}

function parseXmlText(text: string): DynamicValue {
  if (Buffer.byteLength(text) > MAX_XML_BYTES) return null;
  const root = parseXml(text);
  return root === undefined ? null : new Map([[root.name, elementValue(root)]]);
}

export const xmlFunctions: readonly ScalarFunction[] = [
  singleOverload(
    {
      name: 'parse_xml',
      aliases: ['parsexml'],
      signature: 'parse_xml(xml: string): dynamic',
      summary: 'XML text as dynamic; null where it is not well-formed.',
    },
    ['string'],
    'dynamic',
    { evaluate: parseXmlText },
  ),
];

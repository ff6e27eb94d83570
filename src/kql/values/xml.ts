/** An element with its attributes, its child elements and its text, all in order. */
export type XmlElement = {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly (XmlElement | string)[];
};

const NAME = String.raw`[A-Za-z_:\u0080-\uffff][-A-Za-z0-9_:.\u0080-\uffff]*`;
const OPEN = new RegExp(`<(${NAME})`, 'y');
const CLOSE = new RegExp(`</(${NAME})\\s*>`, 'y');
const ATTRIBUTE = new RegExp(`\\s+(${NAME})\\s*=\\s*(?:"([^"<]*)"|'([^'<]*)')`, 'y');
const TAG_END = /\s*(\/?)>/y;
const TEXT = /[^<]+/y;
/** Comments, processing instructions and the document type carry no values. */
const SKIPPED = /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!DOCTYPE[^[>]*(?:\[[^\]]*\]\s*)?>/y;
const CDATA = /<!\[CDATA\[([\s\S]*?)\]\]>/y;
const MAX_DEPTH = 500;

const entities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/**
 * The root element of an XML 1.0 document, or undefined where the text is not well-formed. Only the five predefined
 * entities and character references are known: log content must not be able to declare others.
 */
export function parseXml(text: string): XmlElement | undefined {
  try {
    return new XmlParser(text).document();
  } catch (error) {
    if (error === notXml) return undefined;
    throw error;
  }
}

const notXml = new SyntaxError('not XML');

function decodeEntities(text: string): string {
  return text.replace(/&([^;&\s]*);?/g, (reference, name: string) => {
    if (!reference.endsWith(';')) throw notXml;
    const known = entities.get(name);
    if (known !== undefined) return known;
    const number = /^#(?:x([0-9a-f]+)|(\d+))$/i.exec(name);
    if (number === null) throw notXml;
    const point = number[1] === undefined ? Number(number[2]) : Number.parseInt(number[1], 16);
    if (point > 0x10ffff) throw notXml;
    return String.fromCodePoint(point);
  });
}

class XmlParser {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text.replace(/^\ufeff/, '');
  }

  document(): XmlElement {
    this.skipMisc();
    const root = this.element(0);
    this.skipMisc();
    if (this.at !== this.text.length) throw notXml;
    return root;
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match !== null) this.at = pattern.lastIndex;
    return match;
  }

  private skipMisc(): void {
    do this.match(/\s*/y);
    while (this.match(SKIPPED) !== null);
  }

  private element(depth: number): XmlElement {
    const name = this.match(OPEN)?.[1];
    if (name === undefined || depth > MAX_DEPTH) throw notXml;
    const attributes = this.attributes();
    const end = this.match(TAG_END);
    if (end === null) throw notXml;
    return { name, attributes, children: end[1] === '/' ? [] : this.content(name, depth) };
  }

  private attributes(): ReadonlyMap<string, string> {
    const attributes = new Map<string, string>();
    for (let match = this.match(ATTRIBUTE); match !== null; match = this.match(ATTRIBUTE)) {
      const [, key, double, single] = match;
      if (attributes.has(key as string)) throw notXml;
      attributes.set(key as string, decodeEntities(double ?? (single as string)));
    }
    return attributes;
  }

  private content(name: string, depth: number): readonly (XmlElement | string)[] {
    const children: (XmlElement | string)[] = [];
    for (;;) {
      const close = this.match(CLOSE);
      if (close !== null) {
        if (close[1] !== name) throw notXml;
        return children;
      }
      const cdata = this.match(CDATA);
      if (cdata !== null) children.push(cdata[1] as string);
      else if (this.match(SKIPPED) === null) {
        const text = this.match(TEXT);
        children.push(text === null ? this.element(depth + 1) : decodeEntities(text[0]));
      }
    }
  }
}

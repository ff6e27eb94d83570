import { ContentError } from './content-error.ts';
import type { Timespan } from './timespan.ts';

/** KQL text that is safe to put into a query: it comes from a `kql` template, never from data. */
export type KqlFragment = { readonly kind: 'kql'; readonly text: string };

/** What a template may hold: fragments and timespans as they are; numbers, booleans and strings as literals. */
export type KqlValue = KqlFragment | Timespan | number | boolean | string;

/** A fragment without text; a line that holds nothing else disappears. */
export const noKql: KqlFragment = { kind: 'kql', text: '' };

/**
 * The only way to write KQL: template text is taken as it is, values become literals of their type, so that no value
 * can change the query's meaning. Fragments keep the indentation of the place where they are put.
 */
export function kql(strings: TemplateStringsArray, ...values: readonly KqlValue[]): KqlFragment {
  let text = dedent(strings).reduce((soFar, part, index) => {
    const value = values[index - 1];
    return value === undefined ? soFar + part : insert(soFar, value) + part;
  });
  text = text.replace(/\n[ \t]*(?=\n|$)/g, '').replace(/^\n/, '');
  return { kind: 'kql', text };
}

/** Fragments one below the other; empty ones leave no line. */
export function kqlLines(...fragments: readonly KqlFragment[]): KqlFragment {
  return {
    kind: 'kql',
    text: fragments
      .map(({ text }) => text)
      .filter((text) => text !== '')
      .join('\n'),
  };
}

/** A list for `in` and `in~`: `("a", "b")`, one value a line where it is long. */
export function kqlList(values: readonly string[]): KqlFragment {
  const onOneLine = `(${literals(values).join(', ')})`;
  return { kind: 'kql', text: onOneLine.length <= 100 ? onOneLine : `(\n    ${literals(values).join(',\n    ')})` };
}

/** A constant array: `dynamic(["a", "b"])`. */
export function kqlArray(values: readonly string[]): KqlFragment {
  return { kind: 'kql', text: `dynamic([${literals(values).join(', ')}])` };
}

function literals(values: readonly string[]): readonly string[] {
  if (values.length === 0) {
    throw new ContentError('kql-value', 'an empty list matches nothing', 'Leave the condition out instead.');
  }
  return values.map(kqlString);
}

function insert(before: string, value: KqlValue): string {
  if (typeof value === 'object' && value.kind === 'kql') {
    const line = before.slice(before.lastIndexOf('\n') + 1);
    const indentation = line.slice(0, line.search(/[^ ]|$/));
    return before + value.text.replaceAll('\n', `\n${indentation}`);
  }
  return before + kqlLiteral(value);
}

function kqlLiteral(value: Timespan | number | boolean | string): string {
  switch (typeof value) {
    case 'string':
      return kqlString(value);
    case 'boolean':
      return String(value);
    case 'number':
      return kqlNumber(value);
    default:
      return value.text;
  }
}

function kqlNumber(value: number): string {
  const text = String(value);
  // 1e21 and -1 would bind differently inside an expression; no threshold needs them.
  if (!/^\d+(\.\d+)?$/.test(text)) {
    throw new ContentError('kql-value', `${text} is not a number that a query can hold`, 'Use 0 or a positive number.');
  }
  return text;
}

/** A string literal in ASCII: rule files may hold no other characters, and none may end the literal early. */
function kqlString(value: string): string {
  const escaped = value.replace(/[\\"]|[^ -~]/g, (character) =>
    character === '\\' || character === '"'
      ? `\\${character}`
      : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `"${escaped}"`;
}

/** The template's parts without the indentation that its lines share and without the lines of its backquotes. */
function dedent(strings: TemplateStringsArray): readonly string[] {
  const lines = strings.raw.join('').split('\n').slice(1);
  const indentations = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const shared = indentations.length === 0 ? 0 : Math.min(...indentations);
  const parts = strings.raw.map((part) => part.replaceAll(`\n${' '.repeat(shared)}`, '\n'));
  const last = parts.length - 1;
  parts[0] = (parts[0] ?? '').replace(/^[ ]*\n/, '');
  parts[last] = (parts[last] ?? '').replace(/\n[ ]*$/, '');
  return parts;
}

import { isNode, isScalar, LineCounter, type Node, parseDocument, Scalar } from 'yaml';
import { type Issue, type IssuePlace, issue } from './issue.ts';

/** A file as it lies on disk; `path` is relative to the checked directory, with `/` as separator. */
export type SourceText = { readonly path: string; readonly text: string };

export type KeyPath = readonly (string | number)[];

/**
 * A parsed file of content. `placeOf` finds the line of a value, or of the nearest value around it; with an offset into a
 * text of several lines the line and column of that place, where the file writes the text as it is.
 */
export type ContentFile = SourceText & {
  readonly value: unknown;
  readonly placeOf: (keys: KeyPath, offset?: number) => IssuePlace;
};

export type ParsedFile = { readonly file: ContentFile } | { readonly issue: Issue };

/** Reads JSON and YAML; what cannot be parsed becomes an issue with its line. */
export function parseContentFile(source: SourceText): ParsedFile {
  return source.path.endsWith('.json') ? parseJsonFile(source) : parseYamlFile(source);
}

function parseYamlFile(source: SourceText): ParsedFile {
  const document = parseDocument(source.text);
  const [error] = document.errors;
  if (error !== undefined) {
    const place = { path: source.path, line: error.linePos?.[0].line ?? 1 };
    return { issue: issue('file-syntax', place, error.message.split('\n')[0] ?? '', 'Correct the YAML.') };
  }
  return { file: { ...source, value: document.toJS(), placeOf: placeFinder(source) } };
}

function parseJsonFile(source: SourceText): ParsedFile {
  try {
    return { file: { ...source, value: JSON.parse(source.text), placeOf: placeFinder(source) } };
  } catch (error) {
    const { message } = error as SyntaxError;
    const offset = /position (\d+)/.exec(message)?.[1];
    const line = source.text.slice(0, Number(offset ?? source.text.length)).split('\n').length;
    return { issue: issue('file-syntax', { path: source.path, line }, message, 'Correct the JSON.') };
  }
}

/** JSON is YAML, so one parser knows the lines of both; it runs only when an issue needs a line. */
function placeFinder({ path, text }: SourceText): (keys: KeyPath, offset?: number) => IssuePlace {
  return (keys, offset) => {
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines });
    for (let length = keys.length; length > 0; length -= 1) {
      const node = document.getIn(keys.slice(0, length), true);
      if (isNode(node) && node.range) {
        const { line } = lines.linePos(node.range[0]);
        const inside = offset === undefined || length < keys.length ? undefined : placeInBlock(node, offset);
        if (inside === undefined) return { path, line };
        const written = text.split('\n')[line + inside.line - 1] ?? '';
        return { path, line: line + inside.line, column: written.search(/\S|$/) - inside.indent + inside.column };
      }
    }
    return { path, line: 1 };
  };
}

/** Where an offset lies in a literal block (`|`), whose lines follow its head as they are but for the indentation. */
function placeInBlock(
  node: Node,
  offset: number,
): { readonly line: number; readonly column: number; readonly indent: number } | undefined {
  if (!isScalar(node) || node.type !== Scalar.BLOCK_LITERAL || typeof node.value !== 'string') return undefined;
  const before = node.value.slice(0, offset).split('\n');
  const line = node.value.split('\n')[before.length - 1] ?? '';
  return { line: before.length, column: (before.at(-1) ?? '').length + 1, indent: line.search(/\S|$/) };
}

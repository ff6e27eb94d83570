import { type Document, isMap, isNode, isScalar, LineCounter, parseAllDocuments } from 'yaml';
import { ReplayError, type ReplayErrorCode } from './replay-error.ts';

/** Line and column, both counted from 1. */
export type Position = { readonly line: number; readonly column: number };
/** The keys and indexes that lead to a value of a document. */
export type Path = readonly (string | number)[];

/** What a file is: its errors have codes of their own, as in `rule-syntax`. */
export type DocumentKind = 'rule' | 'scenario';

/** A parsed YAML file that knows where its values stand. */
export type YamlDocument = {
  readonly kind: DocumentKind;
  readonly file: string;
  readonly value: unknown;
  /** Of the value at the path, or of the nearest value around it. */
  positionOf(path: Path): Position;
  /** Of a key of the mapping at the path. */
  positionOfKey(path: Path, key: string): Position;
  /** Of the first character of a text, for a block scalar on the line after its `|`. */
  positionOfText(path: Path): Position;
  errorAt(code: ReplayErrorCode, message: string, position: Position, hint?: string): ReplayError;
};

const emptyHints: Readonly<Record<DocumentKind, string>> = {
  rule: 'run: pack generate',
  scenario: 'write rule, description, given, clock and expect, or remove the file',
};

/**
 * Parses the text of one file.
 * @throws ReplayError `rule-syntax` or `scenario-syntax` where the text is not exactly one YAML document.
 */
export function parseYamlDocument(text: string, file: string, kind: DocumentKind): YamlDocument {
  const code = `${kind}-syntax` as const;
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, uniqueKeys: true, stringKeys: true });
  const [document, second] = 'empty' in documents ? [] : documents;
  if (document === undefined) {
    throw new ReplayError(code, 'the file is empty', { file, hint: emptyHints[kind] });
  }
  const positionAt = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const errorAt: YamlDocument['errorAt'] = (code, message, position, hint) =>
    new ReplayError(code, message, { file, ...position, hint });
  const fault = document.errors[0];
  if (fault !== undefined) {
    const [reason = ''] = fault.message.split(' at line ');
    throw errorAt(code, `no YAML: ${reason}`, positionAt(fault.pos[0]), 'correct the YAML at this place');
  }
  if (second !== undefined) {
    const position = positionAt(second.range[0]);
    throw errorAt(code, 'a second YAML document begins here', position, `give every ${kind} a file of its own`);
  }
  const startOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined);
  const offsetOf = (path: Path): number => {
    const offset = startOf(document.getIn(path, true));
    return offset ?? (path.length === 0 ? 0 : offsetOf(path.slice(0, -1)));
  };
  return {
    kind,
    file,
    value: document.toJS(),
    positionOf: (path) => positionAt(offsetOf(path)),
    positionOfKey: (path, key) => positionAt(keyOffset(document, path, key) ?? offsetOf(path)),
    positionOfText: (path) => positionAt(textOffset(document, path, text) ?? offsetOf(path)),
    errorAt,
  };
}

function keyOffset(document: Document, path: Path, key: string): number | undefined {
  const map = path.length === 0 ? document.contents : document.getIn(path, true);
  if (!isMap(map)) return undefined;
  const found = map.items.find((pair) => isScalar(pair.key) && pair.key.value === key)?.key;
  return isScalar(found) ? found.range?.[0] : undefined;
}

function textOffset(document: Document, path: Path, text: string): number | undefined {
  const node = document.getIn(path, true);
  if (!isScalar(node) || node.range == null) return undefined;
  if (node.type !== 'BLOCK_LITERAL' && node.type !== 'BLOCK_FOLDED') return node.range[0];
  const content = text.indexOf('\n', node.range[0]) + 1;
  return content + (/^ */.exec(text.slice(content))?.[0].length ?? 0);
}

/** What a line typed at the prompt amounts to. */
export type Input =
  /** More lines are needed. */
  | { readonly kind: 'more'; readonly lines: readonly string[] }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'query'; readonly text: string }
  | { readonly kind: 'command'; readonly name: string; readonly argument: string };

/**
 * Takes a line after those typed before it. A query ends with an empty line, because pipes begin on lines of their own;
 * or with a semicolon at the end of a line, unless so far there are only let statements. A line that begins with a point
 * is a command.
 */
export function readInput(lines: readonly string[], line: string): Input {
  if (lines.length === 0) {
    const command = /^\s*\.(\w*)\s*(.*?)\s*$/.exec(line);
    if (command !== null) return { kind: 'command', name: command[1] ?? '', argument: command[2] ?? '' };
    if (line.trim() === '') return { kind: 'nothing' };
  }
  if (line.trim() === '') return { kind: 'query', text: lines.join('\n') };
  const all = [...lines, line];
  const text = all.join('\n');
  return /;\s*$/.test(line) && endsInQuery(text) ? { kind: 'query', text } : { kind: 'more', lines: all };
}

/** A semicolon inside of these ends nothing. */
const textsAndComments =
  /```[\s\S]*?```|~~~[\s\S]*?~~~|@"(?:[^"]|"")*"|@'(?:[^']|'')*'|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\/[^\n]*/g;

/** Whether the last statement is no declaration. */
function endsInQuery(text: string): boolean {
  const statements = text
    .replace(textsAndComments, "''")
    .split(';')
    .map((statement) => statement.trim());
  const last = statements.filter((statement) => statement !== '').at(-1) ?? '';
  return last.replaceAll("''", '') !== '' && !/^(let|set|declare|alias|restrict)\b/.test(last);
}

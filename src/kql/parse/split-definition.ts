import { textPattern } from './nesting.ts';

/** A saved function as the binder takes it: the parameters in parentheses, the body in braces. */
export type FunctionDefinition = {
  readonly parameters: string;
  readonly body: string;
  /** What to add to an offset in the parameters, or in the body, for the offset in the text. */
  readonly parametersStart: number;
  readonly bodyStart: number;
};

/**
 * The definition of a saved function from its text: `(a: long) { … }`, or a body alone, which has no parameters.
 * Comments may stand before it.
 */
export function splitDefinition(text: string): FunctionDefinition {
  const start = skipComments(text, 0);
  const end = text[start] === '(' ? closingBracket(text, start) : undefined;
  const brace = end === undefined ? 0 : skipComments(text, end + 1);
  if (end === undefined || text[brace] !== '{') {
    // The line break: a body may end in a comment.
    return { parameters: '()', body: `{ ${text}\n}`, parametersStart: 0, bodyStart: -2 };
  }
  const body = text.slice(brace).trimEnd().replace(/;$/, '');
  return { parameters: text.slice(start, end + 1), body, parametersStart: start, bodyStart: brace };
}

const skipComments = (text: string, from: number): number =>
  from + (/^(?:\s|\/\/[^\n]*(?:\n|$))*/.exec(text.slice(from))?.[0].length ?? 0);

/** Where the bracket that opens at `start` closes; undefined where it does not. */
function closingBracket(text: string, start: number): number | undefined {
  let depth = 0;
  for (const { 0: found, index } of text.slice(start).matchAll(new RegExp(`${textPattern.source}|[()]`, 'g'))) {
    if (found === '(') depth++;
    else if (found === ')' && --depth === 0) return start + index;
  }
  return undefined;
}

/** The query with blanks for comments and for what stands in quotes, so that what is left is code at its own offsets. */
export function codeText(query: string): string {
  return query.replace(
    /\/\/[^\n]*|[hH]?@"(?:[^"]|"")*"|[hH]?@'(?:[^']|'')*'|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g,
    (text) => text.replace(/[^\n]/g, ' '),
  );
}

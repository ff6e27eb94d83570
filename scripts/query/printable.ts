/** Control, format and direction characters could move the cursor or disguise text on a terminal: log content must not. */
const control = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

const escapeControl = (char: string): string =>
  char === '\n' ? '⏎' : `\\u${(char.codePointAt(0) as number).toString(16).padStart(4, '0')}`;

/** The text as one line that a terminal shows and does not obey. */
export const printable = (text: string): string => text.replace(control, escapeControl);

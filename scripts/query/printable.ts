/** Control and direction characters could move the cursor or disguise text on a terminal: log content must not. */
const control = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

const escapeControl = (char: string): string =>
  char === '\n' ? '⏎' : `\\u${(char.codePointAt(0) as number).toString(16).padStart(4, '0')}`;

/** The text as one line that a terminal shows and does not obey. */
export const printable = (text: string): string => text.replace(control, escapeControl);

/** Marks that stand on the character before them, and joiners: they take no column of a terminal. */
const zeroWidth = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** Characters that take two columns: East Asian wide and full-width forms (Unicode UAX #11) and emoji. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]/u;

const isPlain = /^[\x20-\x7e]*$/;

/** How many columns of a terminal the text takes. */
export function displayWidth(text: string): number {
  if (isPlain.test(text)) return text.length;
  let width = 0;
  for (const char of text) width += charWidth(char);
  return width;
}

/** The text cut to `width` columns, with an ellipsis where something is missing. */
export function cutToWidth(text: string, width: number): string {
  if (isPlain.test(text) ? text.length <= width : displayWidth(text) <= width) return text;
  let kept = '';
  let left = width - 1;
  for (const char of text) {
    left -= charWidth(char);
    if (left < 0) break;
    kept += char;
  }
  return `${kept}…`;
}

const charWidth = (char: string): number => (zeroWidth.test(char) ? 0 : wide.test(char) ? 2 : 1);

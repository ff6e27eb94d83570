/**
 * Text for a terminal. Alerts quote logs, and logs are written by attackers: control characters (which move the cursor,
 * recolour and retitle a terminal) and the characters that reverse the order of text are shown as escapes.
 */
export function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${(character.codePointAt(0) as number).toString(16)}}`,
  );
}

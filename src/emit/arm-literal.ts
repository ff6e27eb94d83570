/**
 * A string that the deployment engine takes as it is. It would run text in square brackets as a template expression; a
 * second opening bracket prevents that (and is only taken away again where the text ends with a bracket).
 */
export function armLiteral(text: string): string {
  return text.startsWith('[') && text.endsWith(']') ? `[${text}` : text;
}

const PLACEHOLDER = /\{\{\s*([^{}\s]+)\s*\}\}/g;

/** The column names of the `{{column}}` in a text, each as often as it stands there. */
export const findPlaceholders = (text: string): readonly string[] =>
  [...text.matchAll(PLACEHOLDER)].map((match) => match[1] as string);

/**
 * A text with its `{{column}}` replaced, or undefined where one of them has no value: the service then uses the text of
 * the rule. One pass: a value that itself holds `{{…}}` comes from a log and is never expanded.
 */
export function fillPlaceholders(text: string, textOf: (columnName: string) => string | undefined): string | undefined {
  let complete = true;
  const filled = text.replace(PLACEHOLDER, (_placeholder, columnName: string) => {
    const value = textOf(columnName) ?? '';
    if (value === '') complete = false;
    return value;
  });
  return complete ? filled : undefined;
}

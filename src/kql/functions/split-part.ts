/** The part at an index, from 0, between delimiters; null where there are fewer. The whole text is the only part between empty ones. */
export function splitPart(text: string, delimiter: string, index: number): string | null {
  if (delimiter === '') return index === 0 ? text : null;
  let from = 0;
  for (let skipped = 0; skipped < index; skipped++) {
    const end = text.indexOf(delimiter, from);
    if (end < 0) return null;
    from = end + delimiter.length;
  }
  const end = text.indexOf(delimiter, from);
  return text.slice(from, end < 0 ? text.length : end);
}

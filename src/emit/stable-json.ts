/** JSON in the order in which the emitter wrote the keys, two spaces deep, with a final line break. */
export function stableJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

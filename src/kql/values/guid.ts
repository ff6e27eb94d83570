/** The positions of a guid's bytes in its text: the first three fields are little-endian, as in .NET. */
const BYTE_ORDER = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15] as const;

/** The 16 bytes of a guid's canonical text. */
export function guidBytes(guid: string): Uint8Array {
  const written = Buffer.from(guid.replaceAll('-', ''), 'hex');
  return Uint8Array.from(BYTE_ORDER, (position) => written[position] as number);
}

/** The canonical text of 16 bytes, or null of any other number of them. */
export function guidFromBytes(bytes: Uint8Array): string | null {
  if (bytes.length !== 16) return null;
  const hex = BYTE_ORDER.map((position) => (bytes[position] as number).toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

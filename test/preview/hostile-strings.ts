import fc from 'fast-check';

/** Any text, with many of the characters that mean something in HTML, KQL or JSON. */
export const hostileStrings = fc.string({
  unit: fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...'\'"<>&\\`/{}()|;=@$\n\r\t\u0000\u202E\u2028') },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) },
  ),
});

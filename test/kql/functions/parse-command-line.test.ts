import assert from 'node:assert/strict';
import fc from 'fast-check';
import { scalarRegistry } from '../../../src/kql/functions/registry.ts';

const parse = scalarRegistry.get('parse_command_line')?.overloads[0]?.evaluate as unknown as (
  line: string,
  parser: string,
) => string[];

/** Quotes an argument so that CommandLineToArgvW reads it back (the usual inverse of its rules). */
function quote(argument: string): string {
  const escaped = argument.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1');
  return `"${escaped}"`;
}

describe('parse_command_line()', () => {
  it('reads back every argument that was quoted by the rules of Windows', () => {
    const argument = fc.string({ unit: fc.constantFrom('a', ' ', '"', '\\', '\t'), maxLength: 8 });
    fc.assert(
      fc.property(fc.array(argument, { maxLength: 4 }), (args) => {
        const line = ['tool.exe', ...args.map(quote)].join(' ');
        assert.deepEqual(parse(line, 'windows'), ['tool.exe', ...args]);
      }),
    );
  });
});

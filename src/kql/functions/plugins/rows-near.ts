import { KqlError } from '../../kql-error.ts';
import { rowsWhere } from '../aggregate/condition.ts';
import { constantOf, type Plugin, type PluginArgument, vectorOf } from '../plugin.ts';

const NAME = 'rows_near';

function countOf(argument: PluginArgument | undefined): number {
  const count = Number(constantOf(NAME, argument, 'the number of rows'));
  if (!(count >= 0)) throw new KqlError('binding', `${NAME}: the number of rows is not negative`);
  return count;
}

export const rowsNear: Plugin = {
  name: NAME,
  signature: 'rows_near(condition: bool, rows: int [, rowsAfter: int])',
  summary: 'The rows around those for which a condition is true.',
  page: 'rows-near-plugin',
  columns: (input) => input,
  run(input, args) {
    const before = countOf(args[1]);
    const after = args[2] === undefined ? before : countOf(args[2]);
    const hits = rowsWhere(vectorOf(NAME, args[0]), input.rowCount);
    if (hits === undefined) return input;
    const kept: number[] = [];
    let next = 0;
    for (const hit of hits) {
      const last = Math.min(hit + after, input.rowCount - 1);
      for (let row = Math.max(next, hit - before); row <= last; row++) kept.push(row);
      next = Math.max(next, last + 1);
    }
    return input.gather(Int32Array.from(kept));
  },
};

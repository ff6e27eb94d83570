import { constant, type Vector } from '../../columns/column.ts';
import { expand } from '../../columns/column-builder.ts';
import { concat, gather } from '../../columns/gather.ts';
import { convertVector } from '../../expression/convert-vector.ts';
import { KqlError } from '../../kql-error.ts';
import type { ColumnType, Value } from '../../values/value.ts';
import type { WindowFunction } from '../window-function.ts';

function constantArgument(name: string, what: string, vector: Vector): Value {
  if (vector.kind === 'constant') return vector.value;
  throw new KqlError('binding', `the ${what} of ${name}() must be the same in every row`, {
    hint: 'give a literal',
  });
}

const numberTypes: ReadonlySet<ColumnType> = new Set(['int', 'long', 'real', 'decimal']);

const neighbour = (name: 'prev' | 'next', direction: 1 | -1, summary: string): WindowFunction => ({
  name,
  signature: `${name}(column [, offset: long [, default_value]]): the type of column`,
  summary,
  page: `${name}-function`,
  parameters: ['any', 'long', 'any'],
  optional: 2,
  returns: ([type]) => type ?? 'dynamic',
  evaluate: ([values, offset, fallback], rowCount) => {
    const column = expand(values as Vector, rowCount);
    const steps = offset === undefined ? 1 : Number(constantArgument(name, 'offset', offset) ?? 1);
    if (!(steps >= 1)) throw new KqlError('binding', `the offset of ${name}() must be 1 or more`);
    const distance = steps * direction;
    const missing = fallback === undefined ? null : constantArgument(name, 'default', fallback);
    const type = fallback?.type ?? column.type;
    if (type !== column.type && !(numberTypes.has(type) && numberTypes.has(column.type))) {
      throw new KqlError('binding', `the default of ${name}() is a ${type}, and its column a ${column.type}`);
    }
    const last = convertVector(constant(type, missing), column.type, 1);
    const indices = new Int32Array(rowCount);
    for (let row = 0; row < rowCount; row++) {
      const source = row + distance;
      indices[row] = source >= 0 && source < rowCount ? source : rowCount;
    }
    return gather(concat([column, expand(last, 1)]), indices);
  },
});

export const neighbours: readonly WindowFunction[] = [
  neighbour('prev', -1, 'The value of an earlier row; the default where there is none.'),
  neighbour('next', 1, 'The value of a later row; the default where there is none.'),
];

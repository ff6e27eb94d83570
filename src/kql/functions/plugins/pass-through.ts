import { KqlError } from '../../kql-error.ts';
import { constantOf, type Plugin } from '../plugin.ts';

export const identity: Plugin = {
  name: 'identity',
  signature: 'identity()',
  summary: 'The rows as they are.',
  page: 'evaluate-operator',
  columns: (input) => input,
  run: (input) => input,
};

export const preview: Plugin = {
  name: 'preview',
  signature: 'preview(rows: int)',
  summary: 'The first rows; the second result of the service, the number of all rows, is left out.',
  page: 'preview-plugin',
  columns: (input) => input,
  run(input, args) {
    const count = Number(constantOf('preview', args[0], 'the number of rows'));
    if (!(count >= 0)) throw new KqlError('binding', 'preview: the number of rows is not negative');
    return input.slice(0, Math.min(count, input.rowCount));
  },
};

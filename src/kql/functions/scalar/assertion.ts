import { KqlError } from '../../kql-error.ts';
import type { ScalarFunction } from '../scalar-function.ts';
import { singleOverload } from '../single-overload.ts';

export const assertions: readonly ScalarFunction[] = [
  singleOverload(
    {
      name: 'assert',
      signature: 'assert(condition: bool, message: string): bool',
      summary: 'True where the condition is; otherwise the query fails with the message.',
    },
    ['bool', 'string'],
    'bool',
    {
      nulls: 'pass',
      evaluate: (condition: boolean | null, message: string) => {
        if (condition === true) return true;
        throw new KqlError('evaluation', `assert() has failed with message: '${message}'`);
      },
    },
  ),
];

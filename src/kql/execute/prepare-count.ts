import { KqlError } from '../kql-error.ts';
import type { Expression } from '../plan/expression.ts';
import type { QueryContext } from '../query-context.ts';
import { prepareValue } from './prepare.ts';

/** How many rows take, top or sample are to give. */
export async function prepareCount(operator: string, count: Expression, context: QueryContext): Promise<number> {
  const rows = Number(await prepareValue(count, context));
  if (rows < 0) throw new KqlError('evaluation', `${operator} needs a count that is not negative`);
  return rows;
}

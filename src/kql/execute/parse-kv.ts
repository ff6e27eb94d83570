import { Batch } from '../columns/batch.ts';
import { valueReader } from '../columns/column.ts';
import { columnOf } from '../columns/column-builder.ts';
import type { ParseKvPlan } from '../plan/plan.ts';
import type { QueryContext } from '../query-context.ts';
import { formatValue } from '../values/convert.ts';
import type { ColumnType, Value } from '../values/value.ts';
import { execute } from './execute.ts';
import { pairReader } from './key-value-pairs.ts';
import { convertPart } from './parse.ts';
import { prepareExpression } from './prepare.ts';

export async function* executeParseKv(plan: ParseKvPlan, context: QueryContext): AsyncGenerator<Batch> {
  const source = await prepareExpression(plan.source, context);
  const readPairs = pairReader(plan);
  for await (const batch of execute(plan.input, context)) {
    context.checkpoint();
    const read = valueReader(source(batch));
    const pairs = Array.from({ length: batch.rowCount }, (_, row) =>
      readPairs(formatValue(read(row), plan.source.type)),
    );
    yield new Batch(
      plan.columns,
      batch.rowCount,
      plan.columns.map(({ name, type }, index) => {
        if (!plan.keys.some((key) => key.name === name)) return () => batch.column(index);
        return () =>
          columnOf(
            type,
            pairs.map((found) => convertFound(found.get(name), type)),
          );
      }),
    );
  }
}

const convertFound = (text: string | undefined, type: ColumnType): Value =>
  text === undefined ? (type === 'string' ? '' : null) : convertPart(text, type);

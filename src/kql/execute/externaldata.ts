import type { Batch } from '../columns/batch.ts';
import { KqlError } from '../kql-error.ts';
import type { ExternalDataPlan } from '../plan/plan.ts';
import type { QueryContext } from '../query-context.ts';
import { rebatch } from './table.ts';

/** Reads the local files that the catalog allows for the addresses; the engine itself never opens a connection. */
export async function* executeExternalData(plan: ExternalDataPlan, context: QueryContext): AsyncGenerator<Batch> {
  const { columns, format, ignoreFirstRecord } = plan;
  for (const uri of plan.uris) {
    const source = context.catalog.externalData?.({ uri, columns, format, ignoreFirstRecord });
    if (source === undefined) {
      throw new KqlError('unavailable', `no local file is allowed for ${uri}`, {
        span: plan.span,
        hint: `download it and run again with --external-data '${uri}=FILE'`,
      });
    }
    for await (const batch of source.scan()) yield* rebatch(batch, context);
  }
}

import { collect } from './execute/collect.ts';
import type { ResultPlan } from './plan/result-plan.ts';
import type { QueryContext } from './query-context.ts';
import type { Table } from './run-query.ts';

/** Runs the plans of a query one after the other; what they share (materialize, fork) is computed once. */
export async function runResults(results: readonly ResultPlan[], context: QueryContext): Promise<readonly Table[]> {
  const tables: Table[] = [];
  for (const { name, plan } of results) {
    context.profile?.roots.push(plan);
    const rows = await collect(plan, context);
    tables.push({
      columns: plan.columns,
      rowCount: rows.rowCount,
      rows,
      ...(name === undefined ? {} : { name }),
      ...(plan.operator === 'render' ? { render: { chart: plan.chart, properties: plan.properties } } : {}),
    });
  }
  return tables;
}

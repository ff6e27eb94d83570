import { type Catalog, KqlError, prepareQuery } from '../kql/index.ts';
import { readRule } from '../replay/read-rule.ts';
import { ReplayError } from '../replay/replay-error.ts';
import { columnsTaken } from '../replay/rule-columns.ts';

/**
 * Why Sentinel would not save a rule: its YAML is out of bounds, its query does not bind, or the query returns no column
 * that the rule takes. Undefined where it would, and where this engine cannot plan the query (`unsupported`), which says
 * nothing about Sentinel. A rejected mutant is caught before it is deployed, and proves nothing about scenarios.
 */
export function findRejection(ruleText: string, file: string, catalog: Catalog): string | undefined {
  try {
    const rule = readRule(ruleText, file);
    const { plan } = prepareQuery(rule.query, catalog);
    // A query whose columns depend on its data has no plan before it runs.
    const returned = plan === undefined ? undefined : new Set(plan.columns.map(({ name }) => name));
    const missing = [...columnsTaken(rule)].find((column) => returned !== undefined && !returned.has(column));
    return missing === undefined ? undefined : `the query returns no column '${missing}'`;
  } catch (error) {
    if (error instanceof ReplayError) return error.message;
    if (!(error instanceof KqlError)) throw error;
    return error.code === 'syntax' || error.code === 'binding' ? error.message : undefined;
  }
}

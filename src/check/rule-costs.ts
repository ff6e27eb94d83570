import { type MemoryTable, timeRange } from '../kql/index.ts';
import type { RuleFile } from './check.ts';
import { readsOf } from './query/reads.ts';
import { minutesOf, TICKS_PER_MINUTE } from './timespan.ts';

/** Rows a day of each table. */
export type RowVolumes = { readonly [table: string]: number };

/**
 * An API with a million requests a day behind Application Gateway: each request is a row of the gateway and of API
 * Management, a hundredth of them matches a WAF rule (some twice); people and pipelines change things, alerts are rare.
 * Absolute costs are those of nobody; what they are for is comparing rules, and versions of one.
 */
export const assumedVolumes: RowVolumes = {
  AGWAccessLogs: 1_000_000,
  AGWFirewallLogs: 20_000,
  ApiManagementGatewayLogs: 1_000_000,
  AzureActivity: 20_000,
  AzureDiagnostics: 1_020_000,
  SecurityAlert: 100,
  SecurityIncident: 100,
};

/** For tables that nothing is assumed of. */
const OTHER_ROWS_A_DAY = 100_000;

/** What a rule reads. A value is a row's content of one column that the query needs. */
export type RuleCost = {
  readonly path: string;
  readonly runsADay: number;
  readonly rowsARun: number;
  readonly valuesARun: number;
  readonly valuesADay: number;
};

/** An estimate for each rule whose query could be planned, in the order of the rules; counts are rounded to whole rows. */
export function ruleCosts(rules: readonly RuleFile[], volumes: RowVolumes): readonly RuleCost[] {
  return rules.flatMap((file) => {
    const { plan } = file.query;
    if (plan === undefined) return [];
    const { queryFrequency = '1m', queryPeriod = '1m' } = file.rule;
    const runsADay = 1440 / minutesOf(queryFrequency);
    const scans = readsOf(plan).map(({ table, columns, backTicks }) => {
      const askedMinutes = backTicks === undefined ? Number.POSITIVE_INFINITY : Number(backTicks / TICKS_PER_MINUTE);
      const days = Math.max(0, Math.min(minutesOf(queryPeriod), askedMinutes)) / 1440;
      const rows = Math.round(days * (volumes[table] ?? OTHER_ROWS_A_DAY));
      return { rows, values: rows * columns.length };
    });
    const rowsARun = scans.reduce((sum, { rows }) => sum + rows, 0);
    const valuesARun = scans.reduce((sum, { values }) => sum + values, 0);
    return [{ path: file.path, runsADay, rowsARun, valuesARun, valuesADay: Math.round(valuesARun * runsADay) }];
  });
}

/**
 * Rows a day of the tables, over the time that all of them together cover: a table with three rows in a month has few,
 * though they may lie within an hour. Over less than a day the rows count as those of a day.
 */
export function rowsADay(tables: ReadonlyMap<string, MemoryTable>): RowVolumes {
  const ranges = [...tables.values()].flatMap((table) => timeRange(table) ?? []);
  const fromTicks = ranges.reduce(
    (first, range) => (range.fromTicks < first ? range.fromTicks : first),
    ranges[0]?.fromTicks ?? 0n,
  );
  const toTicks = ranges.reduce((last, range) => (range.toTicks > last ? range.toTicks : last), fromTicks);
  const days = Math.max(1, Number((toTicks - fromTicks) / TICKS_PER_MINUTE) / 1440);
  return Object.fromEntries([...tables].map(([name, { rows }]) => [name, Math.ceil(rows.rowCount / days)]));
}

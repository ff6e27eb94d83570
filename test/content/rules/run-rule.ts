import { definitions } from '../../../src/content/index.ts';
import { readPackConfig } from '../../../src/content/pack-config.ts';
import { resolveRules } from '../../../src/content/resolve-rule.ts';
import {
  batchOf,
  type ColumnDefinition,
  createMemoryTable,
  type DynamicValue,
  type JsonValue,
  runQuery,
  type TableSource,
  tableRows,
  ticksFromUnixMs,
  type Value,
} from '../../../src/kql/index.ts';
import { tableSchemas } from '../../../src/tables/table-schemas.ts';

/** A log row by column; `TimeGenerated` in milliseconds since 1970, columns left out are empty. */
export type LogRow = { readonly TimeGenerated: number } & Readonly<Record<string, unknown>>;

export type Logs = Readonly<Record<string, readonly LogRow[]>>;

export const MINUTE_MS = 60_000;

/** Milliseconds since 1970 of `2026-03-24 11:00`, in UTC. */
export const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`);

/** The rows that a rule finds in the logs at a time, as the generated query for the configuration says. */
export async function runRule(
  slug: string,
  logs: Logs,
  now: number,
  settings: unknown = {},
): Promise<readonly Readonly<Record<string, Value>>[]> {
  const rule = resolveRules(definitions.rules, readPackConfig(settings)).find((candidate) => candidate.slug === slug);
  const query = rule?.query ?? '';
  const tables = new Map(
    [...tableSchemas.values()]
      .filter(({ name }) => query.includes(name))
      .map(({ name, columns }) => [name, tableOf(Object.entries(columns), logs[name] ?? [])]),
  );
  const { table } = await runQuery(query, { tables }, { nowTicks: ticksFromUnixMs(now) });
  return tableRows(table);
}

function tableOf(schema: readonly [string, string][], rows: readonly LogRow[]): TableSource {
  const columns = schema.map(([name, type]) => ({ name, type })) as readonly ColumnDefinition[];
  const cells = rows.map((row) => columns.map(({ name, type }) => cellOf(type, row[name])));
  return createMemoryTable(batchOf(columns, cells));
}

function cellOf(type: string, value: unknown): Value {
  if (value === undefined) {
    return type === 'string' ? '' : null;
  }
  if (type === 'datetime') {
    return ticksFromUnixMs(value as number);
  }
  return type === 'dynamic' ? dynamicOf(value as JsonValue) : (value as Value);
}

/** The engine holds a property bag as a Map: its keys come from logs. */
function dynamicOf(value: JsonValue): DynamicValue {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Array.isArray(value)
    ? value.map(dynamicOf)
    : new Map(Object.entries(value).map(([key, part]) => [key, dynamicOf(part)]));
}

import {
  type Catalog,
  explainQuery,
  formatKqlError,
  type JsonValue,
  KqlError,
  type QueryOptions,
  type QueryResult,
  runQuery,
  type Table,
  tableToJson,
  writeJson,
} from '../../src/kql/index.ts';
import { formatCsv } from './format-csv.ts';
import { formatExplanation } from './format-explanation.ts';
import { formatTable, type TableLayout } from './format-table.ts';
import type { OutputFormat } from './query-settings.ts';

/** How a query runs and what is printed of it. */
export type Run = {
  readonly catalog: Catalog;
  readonly options: QueryOptions & { readonly clockMs: () => number };
  readonly format: OutputFormat;
  readonly explain: boolean;
  readonly layout: TableLayout;
};

/** What a query prints: its result or its plan, or what is wrong with it. */
export type Printed = { readonly text: string; readonly error?: KqlError };

/** Runs a query; what it prints is returned whole, so that nothing is half-written. */
export async function runOne(text: string, { catalog, options, format, explain, layout }: Run): Promise<Printed> {
  try {
    if (explain) {
      const { plans } = await explainQuery(text, catalog, options);
      const isJson = format === 'json';
      return {
        text: isJson ? writeJson({ plans } as unknown as JsonValue, '  ') : formatExplanation({ plans }, layout.width),
      };
    }
    return { text: formatResult(await runQuery(text, catalog, options), format, layout) };
  } catch (error) {
    if (!(error instanceof KqlError)) throw error;
    return { text: formatKqlError(error, text), error };
  }
}

/** A query of several statements, or with fork or facet, has several tables: they follow each other. */
function formatResult({ tables }: QueryResult, format: OutputFormat, layout: TableLayout): string {
  switch (format) {
    case 'json':
      return writeJson(tables.length === 1 ? tableJson(tables[0] as Table) : { tables: tables.map(tableJson) }, '  ');
    case 'csv':
      return tables.map(formatCsv).join('\r\n\r\n');
    case 'table':
      return tables.map((table) => formatTable(table, layout)).join('\n\n');
    default:
      return format satisfies never;
  }
}

const tableJson = (table: Table): JsonValue => tableToJson(table) as unknown as JsonValue;

import type { Column } from '../../src/kql/columns/column.ts';
import { columnOf, createColumnBuilder, expand } from '../../src/kql/columns/column-builder.ts';
import {
  Batch,
  type ColumnDefinition,
  type ColumnType,
  createMemoryTable,
  type MemoryTable,
  ticksFromUnixMs,
  type Value,
} from '../../src/kql/index.ts';
import { valueFromJson } from '../../src/kql/values/from-json.ts';
import { tableSchemas } from '../../src/tables/table-schemas.ts';
import { DictionaryBuilder } from './dictionary-builder.ts';
import { type GatewayColumn, type GatewayDraws, gatewayColumns } from './gateway-rows.ts';
import { GeneratorError } from './generator-error.ts';
import { HeadersBuilder } from './headers-builder.ts';
import { guid } from './identifiers.ts';
import type { MonthLabels } from './month-labels.ts';
import type { MonthPlan } from './months/month-plan.ts';
import type { Random } from './random.ts';
import type { ApiRequest } from './request.ts';
import type { Row, RowValue } from './row.ts';
import { type StreamOptions, streamMonth } from './stream-month.ts';
import { firewallRows } from './waf/firewall-rows.ts';
import { gatewayDraws } from './write-month.ts';

export type MonthTables = { readonly tables: ReadonlyMap<string, MemoryTable>; readonly labels: MonthLabels };

/**
 * A month as the engine's tables, without JSON in between: the values are those that loading the written files gives.
 *
 * @throws GeneratorError `bad-seed` or `bad-input`.
 */
export function monthTables(
  plan: MonthPlan,
  options: StreamOptions,
  onProgress?: (share: number, requests: number) => void,
): MonthTables {
  const stream = streamMonth(plan, options);
  const gateway = new GatewayTable(gatewayDraws(stream));
  const firewallRandom = stream.random.fork('firewall');
  const firewall: Row[] = [];
  const { fromMs, untilMs } = plan.span;
  for (const { startMs, requests, transactions } of stream.windows) {
    for (const request of requests) {
      gateway.append(request);
    }
    firewall.push(...firewallRows(firewallRandom, transactions, stream.policy));
    onProgress?.((startMs - fromMs) / (untilMs - fromMs), gateway.rowCount);
  }
  const tables = new Map([
    ['ApiManagementGatewayLogs', gateway.build(() => gatewayDraws(stream).ids)],
    ['AGWFirewallLogs', tableOf('AGWFirewallLogs', firewall)],
    ['SecurityAlert', tableOf('SecurityAlert', stream.securityAlerts)],
    ['AzureActivity', tableOf('AzureActivity', stream.azureActivity)],
  ]);
  return { tables, labels: stream.labels() };
}

/** Fills one column; what the columns do not hold as such is made when a query first asks for it. */
type Filler = {
  readonly append: (request: ApiRequest) => void;
  readonly slot: (rowCount: number) => Column | (() => Column);
};

/** ApiManagementGatewayLogs, request by request. */
class GatewayTable {
  rowCount = 0;
  readonly #definitions = definitionsOf('ApiManagementGatewayLogs');
  readonly #fillers: ReadonlyMap<string, Filler>;

  constructor(draws: GatewayDraws) {
    const types = new Map(this.#definitions.map(({ name, type }) => [name, type]));
    this.#fillers = new Map(
      gatewayColumns
        .filter(({ name, constant }) => constant === undefined && name !== 'CorrelationId')
        .map((column) => [column.name, fillerOf(column, types.get(column.name) ?? 'string', draws)]),
    );
  }

  append(request: ApiRequest): void {
    for (const { append } of this.#fillers.values()) {
      append(request);
    }
    this.rowCount++;
  }

  build(ids: () => Random): MemoryTable {
    const { rowCount } = this;
    const constants = new Map(gatewayColumns.map(({ name, constant }) => [name, constant]));
    const slots = this.#definitions.map(({ name, type }): Column | (() => Column) => {
      const filler = this.#fillers.get(name);
      if (filler !== undefined) {
        return filler.slot(rowCount);
      }
      if (name === 'CorrelationId') {
        return () => correlationIds(ids(), rowCount);
      }
      const value = cellValue(constants.get(name), type);
      return () => expand({ kind: 'constant', type, value }, rowCount);
    });
    return createMemoryTable(new Batch(this.#definitions, rowCount, slots));
  }
}

function fillerOf({ name, value }: GatewayColumn, type: ColumnType, draws: GatewayDraws): Filler {
  if (name === 'TimeGenerated') {
    return numberFiller('datetime', ({ atMs }) => ticksFromUnixMs(atMs));
  }
  if (name === 'RequestHeaders') {
    const builder = new HeadersBuilder();
    return { append: (request) => builder.append(request), slot: () => () => builder.build() };
  }
  switch (type) {
    case 'string':
      return textFiller((request) => value(request, draws));
    case 'long':
      return numberFiller(type, (request) => {
        const cell = value(request, draws);
        return cell === undefined ? null : BigInt(cell as number);
      });
    case 'int':
    case 'bool':
      return numberFiller(type, (request) => (value(request, draws) as number | boolean | undefined) ?? null);
    default:
      throw new GeneratorError('bad-input', `no filler for a column of ${type}`, 'Add one to fillerOf.');
  }
}

function numberFiller(type: ColumnType, read: (request: ApiRequest) => Value): Filler {
  const builder = createColumnBuilder(type);
  return { append: (request) => builder.append(read(request)), slot: () => builder.build() };
}

function textFiller(read: (request: ApiRequest) => RowValue | undefined): Filler {
  const builder = new DictionaryBuilder();
  return {
    append: (request) => builder.append((read(request) as string | undefined) ?? ''),
    slot: () => builder.build(),
  };
}

/** Millions of ids that hardly any query looks at. */
function correlationIds(random: Random, rowCount: number): Column {
  return columnOf(
    'string',
    Array.from({ length: rowCount }, () => guid(random)),
  );
}

function definitionsOf(table: string): readonly ColumnDefinition[] {
  return Object.entries(tableSchemas.get(table)?.columns ?? {}).map(([name, type]) => ({ name, type }));
}

/** A table of few rows. */
function tableOf(table: string, rows: readonly Row[]): MemoryTable {
  const definitions = definitionsOf(table);
  const slots = definitions.map(({ name, type }) =>
    columnOf(
      type,
      rows.map((row) => cellValue(row[name], type)),
    ),
  );
  return createMemoryTable(new Batch(definitions, rows.length, slots));
}

function cellValue(cell: RowValue | undefined, type: ColumnType): Value {
  return cell === undefined ? (type === 'string' ? '' : null) : (valueFromJson(cell, type) ?? null);
}

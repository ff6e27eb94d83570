import { strict as assert } from 'node:assert';
import { resolveWorkbook } from '../../src/content/define-workbook.ts';
import { defaultPackConfig } from '../../src/content/pack-config.ts';
import { defenderForApisAlert } from '../../src/content/rules/defender-for-apis-alert.ts';
import { wafSqlInjection } from '../../src/content/rules/waf-sql-injection.ts';
import { apiThreatsAndTraffic } from '../../src/content/workbooks/api-threats-and-traffic.ts';
import { emitWorkbookJson } from '../../src/emit/workbook-json.ts';
import {
  batchOf,
  type ColumnType,
  createMemoryTable,
  rowsOf,
  runQuery,
  type TableSource,
  ticksFromUnixMs,
  type Value,
} from '../../src/kql/index.ts';
import { runWorkbook } from '../../src/preview/run-workbook.ts';
import { drawStep } from '../../src/preview/workbook/draw-step.ts';
import type { RunItem, WorkbookRun, WorkbookStep } from '../../src/preview/workbook/workbook-run.ts';
import { tableSchemas } from '../../src/tables/table-schemas.ts';
import { at } from './report-fixture.ts';

type Row = Readonly<Record<string, Value>>;

const DAY_MS = 86_400_000;
const WINDOW_MS = 1_200_000;
const rangeFrom = at('2026-03-15T00:00:00');
const rangeTo = at('2026-03-16T00:00:00');
const spikeAt = at('2026-03-15T12:00:00');

/** A table of the schema's columns; what a row does not say is empty. */
function tableOf(name: string, rows: readonly Row[]): TableSource {
  const columns = Object.entries(tableSchemas.get(name)?.columns ?? {}).map(([column, type]) => ({
    name: column,
    type,
  }));
  const empty = (type: ColumnType): Value => (type === 'string' ? '' : null);
  return createMemoryTable(
    batchOf(
      columns,
      rows.map((row) => columns.map((column) => row[column.name] ?? empty(column.type))),
    ),
  );
}

const requestAt = (timeMs: number, address: string, code: number): Row => ({
  TimeGenerated: ticksFromUnixMs(timeMs),
  ApiId: 'orders',
  OperationId: 'PUT /orders/{id}',
  Method: 'PUT',
  Url: 'https://api.contoso.com/orders/1',
  ResponseCode: code,
  TotalTime: 100n,
  CallerIpAddress: '10.0.0.4',
  RequestHeaders: new Map([['X-Forwarded-For', `${address}:50123, 10.0.0.4`]]),
});

const requestsIn = (windowMs: number, count: number, address: string): readonly Row[] =>
  Array.from({ length: count }, (_, index) => requestAt(windowMs + index * 1_000, address, 204));

/** 14 days with 10, 20 and 30 calls in three windows each, then a window of 120. */
const requests = [
  ...Array.from({ length: 14 }, (_, day) => rangeFrom - (day + 1) * DAY_MS).flatMap((dayMs) =>
    [10, 20, 30].flatMap((count, window) => requestsIn(dayMs + (36 + window) * WINDOW_MS, count, '198.51.100.7')),
  ),
  ...requestsIn(spikeAt, 120, '203.0.113.77'),
  requestAt(spikeAt + WINDOW_MS, '203.0.113.77', 404),
];

const firewallRow = (transaction: string, ruleId: string, action: string): Row => ({
  TimeGenerated: ticksFromUnixMs(spikeAt),
  TransactionId: transaction,
  RuleId: ruleId,
  Action: action,
  ClientIp: '203.0.113.99',
  Hostname: 'api.contoso.com',
});
const firewall = [
  firewallRow('a', '942100', 'Matched'),
  firewallRow('a', '942130', 'Matched'),
  firewallRow('a', '949110', 'Blocked'),
  firewallRow('b', '941100', 'Matched'),
  firewallRow('b', '949110', 'Detected'),
  // Below the score that decides: no attack.
  firewallRow('c', '920300', 'Matched'),
];

const alertRow = (id: string, type: string, severity: string): Row => ({
  TimeGenerated: ticksFromUnixMs(spikeAt),
  SystemAlertId: id,
  AlertType: type,
  AlertSeverity: severity,
  DisplayName: `Alert ${id}`,
  Entities: '[{"$id":"1","Address":"203.0.113.77","Type":"ip"}]',
});
const workspaceId = '00000000-0000-0000-0000-000000000000';
const alerts = [
  alertRow('1', 'API_SpikeInAPITraffic', 'Medium'),
  // The same alert once more, after a change of its status.
  alertRow('1', 'API_SpikeInAPITraffic', 'Medium'),
  alertRow('2', `${workspaceId}_${wafSqlInjection.id}`, 'High'),
  // What the near-real-time rule makes of alert 1, and a rule of somebody else.
  alertRow('3', `${workspaceId}_${defenderForApisAlert.id}`, 'Medium'),
  alertRow('4', `${workspaceId}_11111111-1111-4111-8111-111111111111`, 'High'),
];

const tables = new Map<string, TableSource>([
  ...[...tableSchemas.keys()].map((name): [string, TableSource] => [name, tableOf(name, [])]),
  ['ApiManagementGatewayLogs', tableOf('ApiManagementGatewayLogs', requests)],
  ['AGWFirewallLogs', tableOf('AGWFirewallLogs', firewall)],
  ['SecurityAlert', tableOf('SecurityAlert', alerts)],
]);

const stepsOf = (items: readonly RunItem[]): readonly WorkbookStep[] =>
  items.flatMap((item) => (item.kind === 'group' ? stepsOf(item.items) : item.kind === 'step' ? [item] : []));

describe('the generated workbook on logs', () => {
  let run: WorkbookRun;

  before(async () => {
    const text = emitWorkbookJson(resolveWorkbook(apiThreatsAndTraffic, defaultPackConfig));
    const selection = { timeRange: { fromMs: rangeFrom, toMs: rangeTo }, chosen: {} };
    run = await runWorkbook({ name: 'API threats and traffic', text }, selection, async (kql) => {
      const { table } = await runQuery(kql, { tables }, { nowTicks: ticksFromUnixMs(rangeTo) });
      return { columns: table.columns, rows: rowsOf(table.rows) };
    });
  });

  /** The rows of a step as a page has them. */
  function rowsOfStep(name: string): readonly (readonly unknown[])[] {
    const step = stepsOf(run.items).find((candidate) => candidate.name === name);
    if (step?.result.kind !== 'table') return assert.fail(`${name}: ${JSON.stringify(step?.result)}`);
    const { columns, rowCount } = step.result.table;
    return Array.from({ length: rowCount }, (_, row) => columns.map(({ values }) => values[row]));
  }

  it('draws every step', () => {
    for (const step of stepsOf(run.items)) assert.doesNotMatch(drawStep(step).text, /Not drawn/, step.name);
    assert.equal(stepsOf(run.items).length, 11);
  });

  it('counts requests, attacks by transaction, and each alert once', () => {
    assert.deepEqual(rowsOfStep('key-figures'), [
      ['Requests', 121],
      ['Failed requests, %', 0.83],
      ['Throttled requests', 0],
      ['WAF attacks blocked', 1],
      ['WAF attacks only detected', 1],
      ['Alerts', 2],
    ]);
  });

  it('measures a window against the 14 whole days before its day', () => {
    // 42 windows of 10, 20 and 30 calls: the mean is 20, the sample's deviation √(14 · 200 / 41) = 8.264.
    assert.deepEqual(rowsOfStep('unusual-traffic'), [
      ['PUT /orders/{id}', '2XX', 'orders', spikeAt, 120, 20, 8.26, 12.1],
    ]);
    assert.deepEqual(rowsOfStep('traffic-against-baseline'), [[spikeAt, 120, 20, 69.58]]);
  });

  it('offers the endpoint by its own name and asks for it without braces', () => {
    const shown = run.items.flatMap((item) => (item.kind === 'group' ? item.items : []));
    const parameters = shown.find(({ kind }) => kind === 'parameters');
    assert.deepEqual(parameters?.kind === 'parameters' && parameters.values, [
      { label: 'Endpoint and status class', text: '2XX PUT /orders/{id} (orders)' },
    ]);
  });

  it('joins the three logs by client address, that of an attack which reached no API included', () => {
    assert.deepEqual(rowsOfStep('top-actors'), [
      ['203.0.113.77', 2, 0, 121, 1, spikeAt + WINDOW_MS],
      ['203.0.113.99', 0, 2, 0, 0, spikeAt],
    ]);
  });

  it('names the class of what was blocked, each transaction once', () => {
    assert.deepEqual(rowsOfStep('waf-blocks-by-class'), [['SQL injection', 1]]);
    assert.deepEqual(rowsOfStep('waf-addresses'), [['203.0.113.99', 'api.contoso.com', 2, 1, spikeAt, spikeAt]]);
  });
});

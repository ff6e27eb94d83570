import { type GatewayDraws, gatewayLine } from './gateway-rows.ts';
import type { MonthLabels } from './month-labels.ts';
import type { MonthPlan } from './months/month-plan.ts';
import { type MonthStream, type StreamOptions, streamMonth } from './stream-month.ts';
import { firewallRows } from './waf/firewall-rows.ts';
import { type WriteOptions, type WrittenTable, writeAside } from './write-aside.ts';
import { TableWriter } from './write-table.ts';

export type WrittenMonth = { readonly tables: readonly WrittenTable[]; readonly month: MonthLabels };

/**
 * Makes a month and writes `<Table>.ndjson.gz` for each table and `labels.json` into a folder, whole or not at all.
 * Memory does not grow with the month.
 *
 * @throws GeneratorError `bad-seed`, `bad-input`, `unwritable`, or `cancelled` through the signal.
 */
export async function writeMonth(
  directory: string,
  plan: MonthPlan,
  options: StreamOptions & WriteOptions,
): Promise<WrittenMonth> {
  const { seed, scale, signal } = options;
  const stream = streamMonth(plan, { seed, scale });
  const { tables, month } = await writeAside(directory, signal, async (aside) => {
    const written = await writeTables(aside, stream, options);
    const labels = stream.labels();
    return { tables: written, month: labels, labels: `${JSON.stringify(labels, null, 2)}\n` };
  });
  return { tables, month };
}

async function writeTables(aside: string, stream: MonthStream, options: WriteOptions): Promise<WrittenTable[]> {
  const writers = {
    gateway: new TableWriter(aside, 'ApiManagementGatewayLogs', options),
    firewall: new TableWriter(aside, 'AGWFirewallLogs', options),
    alerts: new TableWriter(aside, 'SecurityAlert', options),
    activity: new TableWriter(aside, 'AzureActivity', options),
  };
  try {
    await writeWindows(stream, writers);
    for (const row of stream.securityAlerts) writers.alerts.add(JSON.stringify(row));
    for (const row of stream.azureActivity) writers.activity.add(JSON.stringify(row));
    const written: WrittenTable[] = [];
    for (const writer of Object.values(writers)) written.push(await writer.finish());
    return written;
  } finally {
    for (const writer of Object.values(writers)) writer.abandon();
  }
}

type WindowWriters = { readonly gateway: TableWriter; readonly firewall: TableWriter };

async function writeWindows(stream: MonthStream, { gateway, firewall }: WindowWriters): Promise<void> {
  const draws = gatewayDraws(stream);
  const firewallRandom = stream.random.fork('firewall');
  for (const { requests, transactions } of stream.windows) {
    for (const request of requests) {
      if (gateway.add(gatewayLine(request, draws))) await gateway.flush();
    }
    for (const row of firewallRows(firewallRandom, transactions, stream.policy)) {
      if (firewall.add(JSON.stringify(row))) await firewall.flush();
    }
  }
}

/** Ids and instances have streams of their own, so that who needs no ids need not draw them. */
export function gatewayDraws({ random }: MonthStream): GatewayDraws {
  return { ids: random.fork('gateway/ids'), instances: random.fork('gateway/instances') };
}

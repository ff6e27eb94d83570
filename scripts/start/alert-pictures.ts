import { alertMeasurement } from '../../src/content/alert-measurement.ts';
import type { PackConfig } from '../../src/content/pack-config.ts';
import { type Catalog, rowsOf, runQuery, ticksFromUnixMs } from '../../src/kql/index.ts';
import { type QueryTable, readTable } from '../../src/preview/data-table.ts';
import { measuredSeries } from '../../src/preview/map-replay.ts';
import type { AlertPicture } from '../../src/preview/report-input.ts';
import type { Alert } from '../../src/replay/build-alerts.ts';

/** So much after an alert its picture goes on. */
const AFTER_ALERT_MS = 86_400_000 / 2;

/** What the alerts measured over time, by alert id, as far as their rules are of this pack and measure something. */
export async function picturesOf(
  alerts: readonly Alert[],
  catalog: Catalog,
  config: PackConfig,
): Promise<ReadonlyMap<string, AlertPicture>> {
  const pictures = new Map<string, AlertPicture>();
  for (const alert of alerts) {
    const picture = await pictureOf(alert, catalog, config);
    if (picture !== undefined) pictures.set(alert.id, picture);
  }
  return pictures;
}

async function pictureOf(alert: Alert, catalog: Catalog, config: PackConfig): Promise<AlertPicture | undefined> {
  const details = Object.fromEntries(
    Object.entries(alert.customDetails).flatMap(([name, [value]]) => (value === undefined ? [] : [[name, value]])),
  );
  const measurement = alertMeasurement(
    { ruleSlug: alert.rule.slug, scheduledMs: alert.run.scheduledMs, details },
    config,
  );
  if (measurement === undefined) return undefined;
  const { query, ...facts } = measurement;
  const table = await queryTable(query.text, catalog, alert.run.scheduledMs + AFTER_ALERT_MS);
  return measuredSeries(alert, facts, readTable(table));
}

/** The result of a query at a time. */
export async function queryTable(text: string, catalog: Catalog, nowMs: number): Promise<QueryTable> {
  const { table } = await runQuery(text, catalog, { nowTicks: ticksFromUnixMs(nowMs) });
  return { columns: table.columns, rows: rowsOf(table.rows) };
}

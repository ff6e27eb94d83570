import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { alertMeasurement } from '../../src/content/alert-measurement.ts';
import type { PackConfig } from '../../src/content/pack-config.ts';
import { playbooks } from '../../src/content/playbooks/index.ts';
import { rulesAnsweredBy } from '../../src/content/rules/index.ts';
import { type Catalog, rowsOf, runQuery, ticksFromUnixMs, timeRange, unixMsFromTicks } from '../../src/kql/index.ts';
import { type QueryTable, readTable } from '../../src/preview/data-table.ts';
import { measuredSeries, readReplay } from '../../src/preview/map-replay.ts';
import type { AlertPicture, ReportFact, ReportPlaybookAnswer, ReportTable } from '../../src/preview/report-input.ts';
import { renderReport } from '../../src/preview/report-page.ts';
import { runWorkbook } from '../../src/preview/run-workbook.ts';
import type { Alert } from '../../src/replay/build-alerts.ts';
import type { Detection } from './match-detections.ts';
import type { ReplayedFolder } from './replay-folder.ts';
import { reportCatalog } from './report-catalog.ts';
import { SAMPLE_SEED } from './sample-month.ts';

const DAY_MS = 86_400_000;
/** So much after an alert its picture goes on. */
const AFTER_ALERT_MS = DAY_MS / 2;

/** The report of a replay: pictures of its alerts, and the generated workbooks over the same logs. */
export async function buildReport(
  replayed: ReplayedFolder,
  detections: readonly Detection[],
  config: PackConfig,
): Promise<string> {
  const { result, logs } = replayed;
  const catalog = reportCatalog(replayed);
  const alerts = result.rules.flatMap((rule) => rule.alerts);
  const pictures = new Map<string, AlertPicture>();
  for (const alert of alerts) {
    const picture = await pictureOf(alert, catalog, config);
    if (picture !== undefined) pictures.set(alert.id, picture);
  }
  const { rules, alerts: shown, problems } = readReplay(result, pictures);
  const { fromMs, toMs } = result.clock;
  const found = detections.filter((detection) => detection.found).length;
  return renderReport({
    title: 'API threats, replayed',
    summary: `${rules.length} rules over ${result.rules.reduce((sum, rule) => sum + rule.runs.length, 0).toLocaleString('en-US')} runs raised ${alerts.length} alerts; ${found} of ${detections.length} expected detections are among them.`,
    run: { fromMs, toMs, tables: [...logs.tables].map(([name, table]) => reportTable(name, table)), problems },
    rules,
    alerts: shown,
    workbooks: await runWorkbooks('workbooks', catalog, { fromMs, toMs }),
    answers: playbooks.flatMap(({ slug }) => answerOf(slug, alerts)),
    playbooks: [],
    provenance: provenance(),
  });
}

/** The alerts whose rules name the playbook in their response; none where it answers no alert of this replay. */
function answerOf(playbook: string, alerts: readonly Alert[]): readonly ReportPlaybookAnswer[] {
  const slugs = new Set(rulesAnsweredBy(playbook).map(({ slug }) => slug));
  const alertIds = alerts.filter(({ rule }) => slugs.has(rule.slug)).map(({ id }) => id);
  return alertIds.length === 0 ? [] : [{ playbook, alertIds }];
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

async function queryTable(text: string, catalog: Catalog, nowMs: number): Promise<QueryTable> {
  const { table } = await runQuery(text, catalog, { nowTicks: ticksFromUnixMs(nowMs) });
  return { columns: table.columns, rows: rowsOf(table.rows) };
}

async function runWorkbooks(folder: string, catalog: Catalog, timeRangeMs: { fromMs: number; toMs: number }) {
  const names = (await readdir(folder))
    .filter((name) => name.endsWith('.json') && !name.endsWith('.azuredeploy.json'))
    .sort();
  const runs = [];
  for (const name of names) {
    const file = { name: name.replace(/\.json$/, ''), text: await readFile(join(folder, name), 'utf8') };
    runs.push(
      await runWorkbook(file, { timeRange: timeRangeMs, chosen: {} }, (kql) =>
        queryTable(kql, catalog, timeRangeMs.toMs),
      ),
    );
  }
  return runs;
}

function reportTable(name: string, table: Parameters<typeof timeRange>[0]): ReportTable {
  const range = timeRange(table);
  const span =
    range === undefined ? {} : { fromMs: unixMsFromTicks(range.fromTicks), toMs: unixMsFromTicks(range.toTicks) };
  return { name, rows: table.rows.rowCount, ...span };
}

const provenance = (): readonly ReportFact[] => [
  {
    term: 'Logs',
    text: `The sample month of the seeded generator (seed ${SAMPLE_SEED}); every row is invented, every attack is labelled in labels.json.`,
  },
  {
    term: 'Engine',
    text: "Queries are parsed and bound by Microsoft's Kusto language service and run by the engine in src/kql.",
  },
  {
    term: 'Schedule',
    text: 'Frequency, look-back, the delay of 5 minutes, triggers, grouping and limits as Microsoft documents them; what is not documented is listed by pack replay --help.',
  },
  { term: 'Made by', text: 'npm start' },
];

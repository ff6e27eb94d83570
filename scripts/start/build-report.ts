import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PackConfig } from '../../src/content/pack-config.ts';
import { playbooks } from '../../src/content/playbooks/index.ts';
import { rulesAnsweredBy } from '../../src/content/rules/index.ts';
import type { Catalog } from '../../src/kql/index.ts';
import { readReplay } from '../../src/preview/map-replay.ts';
import type { ReportFact, ReportPlaybookAnswer } from '../../src/preview/report-input.ts';
import { renderReport } from '../../src/preview/report-page.ts';
import { runWorkbook } from '../../src/preview/run-workbook.ts';
import type { Alert } from '../../src/replay/build-alerts.ts';
import { picturesOf, queryTable } from './alert-pictures.ts';
import type { Detection } from './match-detections.ts';
import type { ReplayedFolder } from './replay-folder.ts';
import { reportCatalog } from './report-catalog.ts';
import { reportTable } from './report-table.ts';
import { SAMPLE_SEED } from './sample-month.ts';

/** The report of a replay: pictures of its alerts, and the generated workbooks over the same logs. */
export async function buildReport(
  replayed: ReplayedFolder,
  detections: readonly Detection[],
  config: PackConfig,
): Promise<string> {
  const { result, logs } = replayed;
  const catalog = reportCatalog(replayed);
  const alerts = result.rules.flatMap((rule) => rule.alerts);
  const pictures = await picturesOf(alerts, catalog, config);
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

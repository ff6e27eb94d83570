import { definitions } from '../src/content/index.ts';
import { generatePack } from '../src/emit/generate-pack.ts';
import { writeFiles } from '../src/emit/write-files.ts';
import { formatReplay } from '../src/replay/format-replay.ts';
import { withConfigFile } from './config-file.ts';
import { buildReport } from './start/build-report.ts';
import { formatDetections, matchDetections } from './start/match-detections.ts';
import { replayFolder } from './start/replay-folder.ts';
import { writeSampleMonth } from './start/sample-month.ts';
import { writeReport } from './start/write-report.ts';

const SAMPLE_FOLDER = '.cache/sample-month';
const REPORT_FILE = 'report/index.html';

/**
 * The main job: generates the pack, replays a month of sample logs against every rule, tells which of the injected
 * attacks were found, and writes the report. Exit code 1 where an attack was missed or something went wrong on the way.
 */
async function main(): Promise<void> {
  const startedMs = performance.now();
  const step = (text: string): void =>
    console.log(`${((performance.now() - startedMs) / 1000).toFixed(1).padStart(5)} s  ${text}`);

  const config = await withConfigFile(undefined, (read) => read);
  const files = generatePack(definitions, config);
  await writeFiles('.', files);
  step(
    `generated ${files.length} files from ${definitions.rules.length} rules, ${definitions.workbooks.length} workbook and ${definitions.playbooks.length} playbook`,
  );

  const month = await writeSampleMonth(SAMPLE_FOLDER);
  step(`wrote the sample month: ${month.rows.toLocaleString('en-US')} rows, ${month.labels.length} attacks injected`);

  const replayed = await replayFolder(SAMPLE_FOLDER, 'analytics-rules');
  step('replayed the month');
  console.log(`\n${formatReplay(replayed.result, { alertsPerRule: 2, elapsedMs: replayed.elapsedMs })}`);

  const detections = matchDetections(month.labels, replayed.result);
  console.log(formatDetections(detections));

  const html = await buildReport(replayed, detections, config);
  await writeReport(REPORT_FILE, html);
  step(`wrote ${REPORT_FILE}`);
  const isComplete =
    detections.every(({ found }) => found) && replayed.result.problems.every(({ severity }) => severity !== 'error');
  process.exitCode = isComplete ? 0 : 1;
}

await main();

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monthPlans } from '../../data/generator/months/index.ts';
import { writeMonth } from '../../data/generator/write-month.ts';
import { runPackHere } from '../run-pack-here.ts';
import { ruleYaml } from './fixtures.ts';

const { untilMs } = monthPlans.benchmark.span;

/** `taskset` gives a process some of the cores; it is there on Linux. */
const oneCore = spawnSync('taskset', ['-c', '0', 'true']).status === 0 ? ['taskset', '-c', '0'] : [];

/** Sums, orders and prints what a language or a number of cores could change. */
const figures = `AGWFirewallLogs
| summarize Requests = count(), Lines = stdev(strlen(Message)) by Hour = bin(TimeGenerated, 1h), ClientIp
| where Requests > 1
| project TimeGenerated = Hour, ClientIp, Lines, Day = toupper(format_datetime(Hour, 'yyyy-MM-dd')), Share = Requests / 7.0
| sort by ClientIp asc, Lines desc`;
const perResult = {
  eventGroupingSettings: { aggregationKind: 'AlertPerResult' },
  customDetails: { Lines: 'Lines', Day: 'Day', Share: 'Share' },
  entityMappings: [{ entityType: 'IP', fieldMappings: [{ identifier: 'Address', columnName: 'ClientIp' }] }],
};

describe('the JSON of a replay', function () {
  this.timeout(120_000);
  let folder: string;
  const at = (path: string): string => join(folder, path);
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'determinism-'));
    await mkdir(at('rules'));
    await writeMonth(at('logs'), monthPlans.benchmark, { seed: 1, scale: 0.002 });
    // Reading it takes longer than everything else here, and the rules below do not.
    await rm(at('logs/ApiManagementGatewayLogs.ndjson.gz'));
    for (const slug of ['defender-for-apis-alert', 'waf-protection-weakened', 'waf-sql-injection']) {
      await copyFile(`analytics-rules/${slug}.yaml`, at(`rules/${slug}.yaml`));
    }
    await writeFile(at('rules/figures.yaml'), ruleYaml({ query: figures, queryPeriod: '2h', ...perResult }));
  });
  after(() => rm(folder, { recursive: true }));

  const day = (back: number): string => new Date(untilMs - back * 86_400_000).toISOString().slice(0, 10);
  const command = (): readonly string[] => [
    ...[
      'replay',
      '--data',
      at('logs'),
      '--rules',
      at('rules'),
      '--format',
      'json',
      '--runs',
      '--from',
      day(12),
      '--to',
      day(0),
    ],
    ...['--ingestion-delay', 'slow', '--close-incidents-after', '8h'],
  ];

  it('has the same bytes in another time zone, in another language and on a single core', async () => {
    const here = await runPackHere(...command());
    const { rules } = JSON.parse(here.stdout) as { rules: readonly { alerts: readonly object[] }[] };
    const raised = rules.filter(({ alerts }) => alerts.length > 0).length;
    assert.ok(raised >= 3, `${raised} rules raised alerts: the sample is too quiet to show anything`);
    const [file = '', ...args] = [...oneCore, process.execPath, '--import=tsx', 'scripts/pack.ts', ...command()];
    const there = spawnSync(file, args, {
      encoding: 'utf8',
      env: { ...process.env, TZ: 'America/St_Johns', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
      maxBuffer: 2 ** 28,
    });
    assert.deepEqual([there.status, there.stderr], [here.status, here.stderr]);
    assert.ok(here.stdout === there.stdout, `differ from character ${firstDifference(here.stdout, there.stdout)} on`);
  });
});

const firstDifference = (a: string, b: string): number =>
  [...a].findIndex((character, index) => character !== b[index]);

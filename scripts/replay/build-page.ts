import type { BacktestDelay, BacktestInput, BacktestMisses } from '../../src/preview/backtest/backtest-input.ts';
import { renderBacktest } from '../../src/preview/backtest-page.ts';
import { readReplay } from '../../src/preview/map-replay.ts';
import type { RuleMisses } from '../../src/replay/nearest-misses.ts';
import { countEntities, countNoise, summarizeCost } from '../../src/replay/summarize-noise.ts';
import { withConfigFile } from '../config-file.ts';
import { picturesOf } from '../start/alert-pictures.ts';
import { reportCatalog } from '../start/report-catalog.ts';
import { reportTable } from '../start/report-table.ts';
import type { ReplayedLogs } from './replay-logs.ts';

/** Alerts of which it is drawn what they measured; it takes a query each. The others show their times. */
const MAX_PICTURES = 30;

/** The page of a replay: charts of noise, entities and cost, nearest misses, incidents, and the alerts with pictures. */
export async function buildPage(replayed: ReplayedLogs): Promise<string> {
  const { sourceName, logs, result, misses, delay } = replayed;
  const first = result.rules
    .flatMap((rule) => rule.alerts)
    .sort((a, b) => a.createdMs - b.createdMs)
    .slice(0, MAX_PICTURES);
  const pictures = await withConfigFile(undefined, (config) => picturesOf(first, reportCatalog(replayed), config));
  const { rules, alerts, problems } = readReplay(result, pictures);
  const { fromMs, toMs } = result.clock;
  const runs = result.rules.reduce((sum, rule) => sum + rule.runs.length, 0);
  const input: BacktestInput = {
    title: 'Analytics rules, replayed',
    summary: `${rules.length} rules over ${runs.toLocaleString('en-US')} runs on ${sourceName} raised ${alerts.length.toLocaleString('en-US')} alerts.`,
    run: { fromMs, toMs, tables: [...logs.tables].map(([name, table]) => reportTable(name, table)), problems },
    rules,
    alerts,
    noise: countNoise(result),
    incidents: result.rules
      .flatMap(({ incidents }) => incidents)
      .sort((a, b) => a.number - b.number)
      .map((incident) => ({
        number: incident.number,
        title: incident.title,
        ruleSlug: incident.rule.slug,
        severity: incident.severity,
        status: incident.status,
        createdAtMs: incident.createdMs,
        alerts: incident.alerts.length,
      })),
    entities: countEntities(result),
    costs: summarizeCost(result),
    misses: misses.map(missesOf),
    delay: delay === undefined ? undefined : delayOf(delay),
    provenance: [
      { term: 'Logs', text: sourceName },
      {
        term: 'Schedule',
        text: 'What Microsoft does not document is a switch: npm run -s pack -- replay --help lists them.',
      },
      { term: 'Made by', text: 'npm run -s pack -- replay --format html' },
    ],
  };
  return renderBacktest(input);
}

const missesOf = ({ rule, misses, runs }: RuleMisses): BacktestMisses => ({
  slug: rule.slug,
  runsLooked: runs.looked,
  runsRead: runs.read,
  misses: misses.map(({ scheduledMs, ...miss }) => ({ ...miss, scheduledAtMs: scheduledMs })),
});

const delayOf = ({ effects, name }: NonNullable<ReplayedLogs['delay']>): BacktestDelay => ({
  ...name,
  rules: effects.map(({ slug, onTime, delayed, lost, duplicated, appeared, later }) => ({
    slug,
    onTime,
    delayed,
    lost: lost.length,
    duplicated: duplicated.length,
    appeared: appeared.length,
    later: later.length,
  })),
});

import { delayEffectsJson, formatDelayEffects } from '../../src/replay/format-delay-effects.ts';
import { formatNoise } from '../../src/replay/format-noise.ts';
import { formatReplay } from '../../src/replay/format-replay.ts';
import { noiseJson } from '../../src/replay/noise-json.ts';
import { formatReplayJson } from '../../src/replay/replay-json.ts';
import { writeReport } from '../start/write-report.ts';
import type { ReplayedLogs } from './replay-logs.ts';
import type { ReplayCommandOptions } from './replay-options.ts';

/** Prints the outcome in the format asked for, or writes it to --out. */
export async function writeOutcome(replayed: ReplayedLogs, options: ReplayCommandOptions): Promise<void> {
  const text = await formats[options.format](replayed, options);
  if (options.out === undefined) {
    process.stdout.write(text);
    return;
  }
  await writeReport(options.out, text);
  if (process.stderr.isTTY) console.error(`written: ${options.out}`);
}

type Format = (replayed: ReplayedLogs, options: ReplayCommandOptions) => string | Promise<string>;

const formats: Readonly<Record<ReplayCommandOptions['format'], Format>> = {
  table: formatTable,
  json: ({ result, delay, misses }, { runs = false }) =>
    formatReplayJson(result, runs, {
      ...noiseJson(result, misses),
      ingestionDelay: delay === undefined ? undefined : delayEffectsJson(delay.effects, delay.name),
    }),
  html: async (replayed) => (await import('./build-page.ts')).buildPage(replayed),
};

function formatTable(
  { result, elapsedMs, delay, misses }: ReplayedLogs,
  { alerts, top }: ReplayCommandOptions,
): string {
  const text = formatReplay(result, { alertsPerRule: alerts, elapsedMs }) + formatNoise(result, misses, top);
  return delay === undefined ? text : `${text}\n${formatDelayEffects(delay.effects, delay.name)}`;
}

import { createHash } from 'node:crypto';
import { createMemoryTable, type MemoryTable } from '../kql/index.ts';
import { parseDurationMs } from './duration.ts';
import { withDelays } from './log-table.ts';
import { ReplayError } from './replay-error.ts';

/** How late rows are: half of them at most medianMs, 99 of 100 at most p99Ms (log-normal: never early, a long tail). */
export type DelayShape = { readonly medianMs: number; readonly p99Ms: number };

export type DelayProfile = {
  readonly name: string;
  readonly doc: string;
  readonly shapeOf: (table: string) => DelayShape;
};

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

const fromTo = (medianMs: number, p99Ms: number): DelayShape => ({ medianMs, p99Ms });

/** Tables that are not resource logs of a service, which collects them before it sends them. */
const shapes = (resource: DelayShape, activity: DelayShape, alert: DelayShape) => (table: string) =>
  table === 'AzureActivity' ? activity : table === 'SecurityAlert' || table === 'SecurityIncident' ? alert : resource;

/**
 * Delays from the event to its row, by what Microsoft documents: 20 seconds to 3 minutes on average; resource logs take
 * 30 to 90 seconds on top and some services send every 5 minutes; the activity log takes half a minute, and 10 to 15
 * minutes by its older way.
 * Source: learn.microsoft.com/azure/azure-monitor/logs/data-ingestion-time.
 */
const profiles: readonly DelayProfile[] = [
  {
    name: 'typical',
    doc: 'resource logs 2 minutes in the middle and 6 at the 99th percentile, the activity log and alerts 1 and 4',
    shapeOf: shapes(
      fromTo(2 * MINUTE_MS, 6 * MINUTE_MS),
      fromTo(MINUTE_MS, 4 * MINUTE_MS),
      fromTo(MINUTE_MS, 4 * MINUTE_MS),
    ),
  },
  {
    name: 'slow',
    doc: 'resource logs 5 and 15 minutes, the activity log 12 and 20, alerts 3 and 10',
    shapeOf: shapes(
      fromTo(5 * MINUTE_MS, 15 * MINUTE_MS),
      fromTo(12 * MINUTE_MS, 20 * MINUTE_MS),
      fromTo(3 * MINUTE_MS, 10 * MINUTE_MS),
    ),
  },
];

export const delayProfileNames = profiles.map(({ name, doc }) => ({ name, doc }));

/**
 * A profile by its name, or from `MEDIAN,P99` for all tables: `3m,20m`.
 * @throws ReplayError `delay`
 */
export function readDelayProfile(text: string): DelayProfile {
  const named = profiles.find(({ name }) => name === text);
  if (named !== undefined) return named;
  const [medianMs, p99Ms, ...more] = text.split(',').map((part) => parseDurationMs(part.trim()));
  if (medianMs === undefined || p99Ms === undefined || more.length > 0 || medianMs === 0 || p99Ms < medianMs) {
    const names = profiles.map(({ name }) => name).join(', ');
    const hint = `write ${names}, or the median and the 99th percentile as in 3m,20m`;
    throw new ReplayError('delay', `'${text}' is no ingestion delay`, { hint });
  }
  return { name: text, doc: '', shapeOf: () => fromTo(medianMs, p99Ms) };
}

/** What 99 of 100 values of the standard normal distribution lie below. */
const NORMAL_P99 = 2.326_347_874_040_841;

/**
 * The tables with rows that arrive late. The rows of one minute of a table arrive together, because services send logs in
 * batches: that loses more at the edge of a window than independent delays would. The same seed gives the same delays,
 * whatever other tables there are.
 */
export function delayTables(
  tables: ReadonlyMap<string, MemoryTable>,
  profile: DelayProfile,
  seed: number,
): ReadonlyMap<string, MemoryTable> {
  return new Map([...tables].map(([name, table]) => [name, delayTable(name, table, profile.shapeOf(name), seed)]));
}

const TICKS_PER_MINUTE = 600_000_000n;

function delayTable(name: string, table: MemoryTable, { medianMs, p99Ms }: DelayShape, seed: number): MemoryTable {
  if (table.timeColumn === undefined) return table;
  const spread = Math.log(p99Ms / medianMs) / NORMAL_P99;
  const delays = new Map<bigint, bigint>();
  const delayed = withDelays(table.rows, (_row, generatedTicks) => {
    const minute = generatedTicks / TICKS_PER_MINUTE;
    let delay = delays.get(minute);
    if (delay === undefined) {
      const delayMs = Math.round(medianMs * Math.exp(spread * normalOf(`${seed}/${name}/${minute}`)));
      delay = BigInt(delayMs) * 10_000n;
      delays.set(minute, delay);
    }
    return delay;
  });
  return createMemoryTable(delayed, table.timeColumn);
}

/** A standard normal value made from a text (Box and Muller 1958). */
function normalOf(text: string): number {
  const bytes = createHash('sha1').update(text).digest();
  const unit = (offset: number): number => (bytes.readUInt32LE(offset) + 0.5) / 2 ** 32;
  return Math.sqrt(-2 * Math.log(unit(0))) * Math.cos(2 * Math.PI * unit(4));
}

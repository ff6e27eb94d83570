import { formatDatetime, parseDatetime, ticksFromUnixMs, unixMsFromTicks } from '../kql/index.ts';
import { ReplayError } from './replay-error.ts';

/** Milliseconds from 0001-01-01, where KQL's bin() starts to count, to 1970-01-01. */
const UNIX_EPOCH_BIN_MS = 62_135_596_800_000;

/** The span of scheduled times that a replay covers; milliseconds since 1970 in UTC, both ends included. */
export type ReplayClock = {
  readonly fromMs: number;
  readonly toMs: number;
  /**
   * So many further runs of each rule after toMs. A rule that tolerates late data looks at the last events of the logs
   * only in a run that is later than they are.
   */
  readonly furtherRuns: number;
  /** When rules start: their first run, from which they go on in steps of their frequency. Undefined: before the clock. */
  readonly startMs?: number | undefined;
  /** The same for single rules, by slug; it goes before startMs. */
  readonly ruleStartsMs?: ReadonlyMap<string, number> | undefined;
  /** Runs that would execute later than this have not happened yet. */
  readonly nowMs?: number | undefined;
};

export type ClockRequest = {
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
  readonly startMs?: number | undefined;
  readonly ruleStartsMs?: ReadonlyMap<string, number> | undefined;
  readonly nowMs?: number | undefined;
  /** The first and last TimeGenerated over all tables, in milliseconds since 1970; undefined where there is no row. */
  readonly data?: { readonly firstMs: number; readonly lastMs: number } | undefined;
};

/** What the clock does where it follows the data: enough for any tolerance up to one queryFrequency. */
const FURTHER_RUNS = 2;

/**
 * The clock of a replay: the times that were asked for, and where one is absent the first or last TimeGenerated.
 * @throws ReplayError `clock` where there is neither time nor data, or the span is empty.
 */
export function setClock(request: ClockRequest): ReplayClock {
  const { data, startMs, ruleStartsMs, nowMs } = request;
  const fromMs = request.fromMs ?? data?.firstMs;
  const toMs = request.toMs ?? (data === undefined ? undefined : Math.max(data.lastMs, fromMs ?? data.lastMs));
  if (fromMs === undefined || toMs === undefined) {
    const hint = 'give --from and --to, or logs with a TimeGenerated column';
    throw new ReplayError('clock', 'no table has a row with TimeGenerated for the clock to follow', { hint });
  }
  if (fromMs > toMs) {
    const message = `the clock would end (${formatTimeMs(toMs)}) before it starts (${formatTimeMs(fromMs)})`;
    throw new ReplayError('clock', message, { hint: 'give a --from that is not after --to' });
  }
  return {
    fromMs,
    toMs,
    furtherRuns: request.toMs === undefined ? FURTHER_RUNS : 0,
    startMs,
    nowMs,
    ...(ruleStartsMs === undefined ? {} : { ruleStartsMs }),
  };
}

/** The first multiple of a step that is not before a time, counted as KQL's bin() counts: from 0001-01-01. */
export function alignUpMs(timeMs: number, stepMs: number): number {
  return Math.ceil((timeMs + UNIX_EPOCH_BIN_MS) / stepMs) * stepMs - UNIX_EPOCH_BIN_MS;
}

/** `2026-03-24T11:00:00Z`, with a fraction only where there is one. */
export function formatTimeMs(timeMs: number): string {
  return formatDatetime(ticksFromUnixMs(timeMs)).replace(/\.?0*Z$/, 'Z');
}

/**
 * Milliseconds since 1970 of an ISO 8601 time, in UTC where it names no offset: `2026-03-24`, `2026-03-24T11:00Z`.
 * @throws ReplayError `clock` for anything else.
 */
export function parseTimeMs(text: string): number {
  const isIso = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,7})?)?(?:Z|[+-]\d\d:\d\d)?)?$/.test(text);
  const ticks = isIso ? parseDatetime(text) : null;
  if (ticks === null)
    throw new ReplayError('clock', `'${text}' is no time`, { hint: 'write it as 2026-03-24T11:00:00Z' });
  return unixMsFromTicks(ticks);
}

/** When rules start, from `TIME` for all and `SLUG=TIME` for single ones. @throws ReplayError `clock` */
export function readStarts(settings: readonly string[]): Pick<ClockRequest, 'startMs' | 'ruleStartsMs'> {
  let startMs: number | undefined;
  const ruleStartsMs = new Map<string, number>();
  for (const setting of settings) {
    const [, slug, time = ''] = /^(?:([^=]+)=)?(.*)$/s.exec(setting) ?? [];
    if (slug === undefined) startMs = parseTimeMs(time);
    else ruleStartsMs.set(slug.trim(), parseTimeMs(time));
  }
  return { startMs, ...(ruleStartsMs.size === 0 ? {} : { ruleStartsMs }) };
}

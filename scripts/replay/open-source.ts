import { setTimeout as delay } from 'node:timers/promises';
import type { LogSource } from '../../src/logs/log-source.ts';
import { cancelled, openAzureService } from '../../src/logs/workspace/azure-service.ts';
import type { FetchProgress } from '../../src/logs/workspace/fetch-table.ts';
import { openSaver } from '../../src/logs/workspace/save-rows.ts';
import type { TimeSlice } from '../../src/logs/workspace/table-query.ts';
import { workspaceLogs } from '../../src/logs/workspace/workspace-logs.ts';
import { parseTimeMs } from '../../src/replay/clock.ts';
import { printable } from '../../src/replay/printable.ts';
import { loadLogs } from '../load-logs.ts';
import { UsageError } from '../usage-error.ts';
import type { ProgressLine } from './progress-line.ts';
import type { ReplayCommandOptions } from './replay-options.ts';

/** Where the logs come from, and the scheduled times where the source does not leave them to the data. */
export type OpenedSource = {
  readonly source: LogSource;
  readonly range?: TimeSlice;
  /** The present, where the source is alive: later runs have not happened yet. */
  readonly nowMs?: number;
  /** Stops listening for Ctrl-C. */
  readonly close: () => void;
};

/** Files (--data), or a workspace (--workspace) that is read until Ctrl-C. @throws UsageError for options that clash */
export async function openSource(options: ReplayCommandOptions, progress: ProgressLine): Promise<OpenedSource> {
  const { data, workspace } = options;
  if ((data === undefined) === (workspace === undefined)) {
    throw new UsageError('say where the logs are', 'give --data with files or folders, or --workspace with an id');
  }
  if (workspace !== undefined) return openWorkspace(workspace, options, progress);
  if (options.timespan !== undefined || options.save !== undefined) {
    throw new UsageError('--timespan and --save are for --workspace', 'give --from and --to for files');
  }
  return { source: filesOf(data ?? []), close: () => undefined };
}

const filesOf = (paths: readonly string[]): LogSource => ({
  name: paths.join(', '),
  async load(needs, schemas) {
    const logs = await loadLogs(paths, schemas, needs);
    if (logs.files.length > 0) return logs;
    const hint = 'Put <Table>.ndjson, .json or .csv there, each also as .gz, or .parquet.';
    throw new UsageError(`${paths.join(', ')} holds no log files`, hint);
  },
});

async function openWorkspace(
  workspaceId: string,
  options: ReplayCommandOptions,
  progress: ProgressLine,
): Promise<OpenedSource> {
  const nowMs = Date.now();
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(workspaceId)) {
    const hint = 'it is a GUID: az monitor log-analytics workspace show -g GROUP -n NAME --query customerId';
    throw new UsageError(`'${workspaceId}' is no workspace id`, hint);
  }
  const range = rangeOf(options, nowMs);
  const saver = options.save === undefined ? undefined : await openSaver(options.save);
  const controller = new AbortController();
  const { signal } = controller;
  const onInterrupt = (): void => controller.abort();
  process.once('SIGINT', onInterrupt);
  const service = await openAzureService({ workspaceId, cloud: options.cloud, signal, nowMs: Date.now });
  const onProgress = (step: FetchProgress): void => progress.show(describeFetch(step));
  const source = workspaceLogs({ name: `workspace ${workspaceId}`, service, range, saver, signal, wait, onProgress });
  return { source, range, nowMs, close: () => process.off('SIGINT', onInterrupt) };
}

/** The scheduled times of the replay: the last --timespan before --to or now, or from --from to --to. */
function rangeOf({ timespan, from, to }: ReplayCommandOptions, nowMs: number): TimeSlice {
  if ((timespan === undefined) === (from === undefined)) {
    throw new UsageError('say what time of the workspace is meant', 'give --timespan 7d, or --from and --to');
  }
  const toMs = to === undefined ? nowMs : parseTimeMs(to);
  const fromMs = from === undefined ? toMs - (timespan ?? 0) : parseTimeMs(from);
  if (fromMs >= toMs) throw new UsageError('the time ends before it begins', 'give a --from that is before --to');
  return { fromMs, toMs };
}

async function wait(durationMs: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(durationMs, undefined, { signal });
  } catch (error) {
    throw signal.aborted ? cancelled() : error;
  }
}

const describeFetch = ({ table, rows, expected, waiting }: FetchProgress): string =>
  `${table}: ${waiting === undefined ? `${rows.toLocaleString('en-US')} of ${expected.toLocaleString('en-US')} rows` : printable(waiting)}`;

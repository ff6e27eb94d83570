import { readFileSync } from 'node:fs';
import { loadTables } from '../../src/kql/index.ts';
import { workspaceSchemas } from '../../src/sentinel/workspace.ts';

/** What reading one file cost in this process. */
export type ReadFigures = {
  readonly rowCount: number;
  readonly elapsedMs: number;
  /** Of all threads: tells more than the clock on a machine that has other work. */
  readonly cpuMs: number;
  readonly peakBytes: number;
};

const [path = '', columns = ''] = process.argv.slice(2);
const wanted = columns === '' ? undefined : () => new Set(columns.split(','));
const start = performance.now();
const cpuBefore = process.cpuUsage();
const { files, problems } = await loadTables([path], workspaceSchemas, wanted === undefined ? {} : { wanted });
const elapsedMs = performance.now() - start;
const { user, system } = process.cpuUsage(cpuBefore);
if (problems.length > 0) throw new Error(JSON.stringify(problems));
/** Of this process: the system's own figure would be that of the process which started it, where that is larger. */
function peakBytes(): number {
  const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return Number(kilobytes) * 1024;
}

const figures: ReadFigures = {
  rowCount: files.reduce((sum, { rowCount }) => sum + rowCount, 0),
  elapsedMs,
  cpuMs: (user + system) / 1000,
  peakBytes: peakBytes(),
};
console.log(JSON.stringify(figures));

import { loadTables } from '../../src/kql/index.ts';
import { workspaceSchemas } from '../../src/sentinel/workspace.ts';

/** What reading one file cost in this process. */
export type ReadFigures = { readonly rowCount: number; readonly elapsedMs: number; readonly peakBytes: number };

const [path = '', columns = ''] = process.argv.slice(2);
const wanted = columns === '' ? undefined : () => new Set(columns.split(','));
const start = performance.now();
const { files, problems } = await loadTables([path], workspaceSchemas, wanted === undefined ? {} : { wanted });
const elapsedMs = performance.now() - start;
if (problems.length > 0) throw new Error(JSON.stringify(problems));
const figures: ReadFigures = {
  rowCount: files.reduce((sum, { rowCount }) => sum + rowCount, 0),
  elapsedMs,
  peakBytes: process.resourceUsage().maxRSS * 1024,
};
console.log(JSON.stringify(figures));

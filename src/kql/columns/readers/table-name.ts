import { basename, dirname, sep } from 'node:path';

/**
 * The table whose rows a file holds: its name up to the first point, without a date or number behind it; else the
 * nearest folder around it that is called after a table, as Data Export does (`am-ApiManagementGatewayLogs/…/PT05M.json`);
 * else a table of the file's own name. Known tables are found whatever their case.
 */
export function tableNameOf(path: string, known: Iterable<string>): string {
  const byLowerCase = new Map([...known].map((name) => [name.toLowerCase(), name]));
  const stem = basename(path).split('.')[0] ?? '';
  const undated = stem.replace(/[-_ ]?\(?\d[\d\-_T)]*$/, '');
  const folders = dirname(path).split(sep).reverse();
  const exported = folders.map((folder) => /^am-(.+)$/i.exec(folder)?.[1]).find((name) => name !== undefined);
  const candidates = [stem, undated, ...(exported === undefined ? [] : [exported]), ...folders];
  const table = candidates.map((name) => byLowerCase.get(name.toLowerCase())).find((name) => name !== undefined);
  return table ?? exported ?? stem;
}

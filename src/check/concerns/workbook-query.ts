import type { ColumnDefinition } from '../../kql/index.ts';
import type { Check } from '../check.ts';
import { type Issue, issue } from '../issue.ts';
import { listOf, recordOf, type Settings, type WorkbookQuery } from '../query/workbook-queries.ts';

/** A workbook's queries refer to its parameters, and its charts and grids to the columns of its queries. */
export const workbookQuery: Check = {
  name: 'workbook queries',
  run: ({ workbookQueries }) => workbookQueries.flatMap((query) => [...parameterIssues(query), ...columnIssues(query)]),
};

function parameterIssues({ file, keys, name, sampled }: WorkbookQuery): readonly Issue[] {
  return sampled.unknown.map((reference) => {
    const hint = 'Define the parameter, or correct its name or the form behind the colon.';
    return issue(
      'workbook-parameter',
      file.placeOf([...keys, 'query']),
      `${name}: ${reference} stands for nothing`,
      hint,
    );
  });
}

function columnIssues({ file, keys, name, settings, analysis: { columns } }: WorkbookQuery): readonly Issue[] {
  if (columns === undefined) return [];
  return columnsShown(settings)
    .filter(({ pattern }) => !columns.some((column) => pattern.test(column.name)))
    .map(({ setting, shown }) => {
      const message = `${name}: ${setting} names ${shown}, which the query does not yield`;
      return issue('workbook-column', file.placeOf([...keys, setting]), message, `It yields ${namesOf(columns)}.`);
    });
}

type ShownColumn = { readonly setting: string; readonly shown: string; readonly pattern: RegExp };

/** The columns that the settings of a step name: a chart's by name, a grid's and a tile's by a regular expression. */
function columnsShown({ chartSettings, gridSettings, tileSettings }: Settings): readonly ShownColumn[] {
  const chart = recordOf(chartSettings);
  const tiles = Object.values(recordOf(tileSettings)).map((content) => recordOf(content).columnMatch);
  const sorted = listOf(gridSettings, 'sortBy').map((key) =>
    String(recordOf(key).itemKey).replace(/^\$gen_\w+?_(.+)_\d+$/, '$1'),
  );
  return [
    ...[chart.xAxis, chart.group, ...listOf(chart, 'yAxis')].map((value) => ['chartSettings', value, 'name'] as const),
    ...listOf(gridSettings, 'formatters').map((row) => ['gridSettings', recordOf(row).columnMatch, 'pattern'] as const),
    ...listOf(gridSettings, 'labelSettings').map((row) => ['gridSettings', recordOf(row).columnId, 'name'] as const),
    ...sorted.map((column) => ['gridSettings', column, 'name'] as const),
    ...tiles.map((column) => ['tileSettings', column, 'name'] as const),
  ].flatMap(([setting, shown, form]) =>
    typeof shown === 'string' && shown !== ''
      ? [{ setting, shown, pattern: form === 'pattern' ? new RegExp(shown) : exactly(shown) }]
      : [],
  );
}

const exactly = (name: string): RegExp => new RegExp(`^${name.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')}$`);

const namesOf = (columns: readonly ColumnDefinition[]): string => columns.map(({ name }) => name).join(', ');

import { drawTimeChart, type TimeChart, type TimeSeries } from '../charts/time-chart.ts';
import { type DataColumn, type DataTable, findColumn, type NumericColumn } from '../data-table.ts';
import type { Html } from '../html.ts';
import { PreviewError } from '../preview-error.ts';
import { seriesColor } from './series-color.ts';
import type { ChartSettings } from './workbook-format.ts';
import type { WorkbookStep } from './workbook-run.ts';

/** Colours that read as a level and not as a measurement: such a series is dashed. */
const levels: readonly string[] = ['muted', 'severity-high'];

/** A step over time: a line, area or bar for each value column, or for each value of the column that splits them. */
export function drawTimeStep(step: WorkbookStep, table: DataTable, form: TimeChart['form']): Html {
  const settings = step.settings.chartSettings ?? {};
  const time = chooseColumn(table, settings.xAxis, 'time', step.name);
  const values = chooseValues(table, settings.yAxis, step.name);
  const split = settings.group === undefined ? undefined : findColumn(table, settings.group);
  const named = split === undefined ? seriesByColumn(time, values) : seriesBySplit(time, values[0], split);
  return drawTimeChart({
    label: step.title,
    form,
    measure: values.length === 1 || split !== undefined ? (values[0]?.name ?? '') : '',
    fromMs: step.fromMs,
    toMs: step.toMs,
    series: orderSeries(named, settings).map(([name, points], index) =>
      styleSeries(name, points, settings, { form, index }),
    ),
  });
}

type NamedPoints = readonly [name: string, points: TimeSeries['points']];

function seriesByColumn(time: NumericColumn, values: readonly NumericColumn[]): readonly NamedPoints[] {
  return values.map((column) => [column.name, pointsOf(time, column, () => true)]);
}

function seriesBySplit(
  time: NumericColumn,
  values: NumericColumn | undefined,
  split: DataColumn,
): readonly NamedPoints[] {
  const names = [...new Set(split.values.map(String))];
  return values === undefined
    ? []
    : names.map((name) => [name, pointsOf(time, values, (row) => String(split.values[row]) === name)]);
}

function pointsOf(time: NumericColumn, values: NumericColumn, isIn: (row: number) => boolean): TimeSeries['points'] {
  const points = time.values.flatMap((atMs, row) =>
    atMs === null || !isIn(row) ? [] : [{ atMs, value: values.values[row] ?? null }],
  );
  return points.sort((a, b) => a.atMs - b.atMs);
}

/** Series that the workbook names come first, in its order; the others follow by name. */
function orderSeries(
  series: readonly NamedPoints[],
  { seriesLabelSettings = [] }: ChartSettings,
): readonly NamedPoints[] {
  const order = seriesLabelSettings.map(({ seriesName }) => seriesName);
  const rank = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  return [...series].sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0));
}

function styleSeries(
  name: string,
  points: TimeSeries['points'],
  { seriesLabelSettings = [] }: ChartSettings,
  { form, index }: { readonly form: TimeChart['form']; readonly index: number },
): TimeSeries {
  const setting = seriesLabelSettings.find(({ seriesName }) => seriesName === name);
  const color = seriesColor(name, setting?.color, index);
  return { name: setting?.label ?? name, color, dashed: form === 'line' && levels.includes(color), points };
}

function chooseValues(table: DataTable, names: readonly string[] | undefined, at: string): readonly NumericColumn[] {
  if (names !== undefined) return names.map((name) => chooseColumn(table, name, 'number', at));
  const numeric = table.columns.filter((column): column is NumericColumn => column.kind === 'number');
  if (numeric.length === 0) throw missingColumn('a number', table, at);
  return numeric;
}

/** The column of this name, or without one the first of the kind, as Azure chooses it. */
export function chooseColumn(
  table: DataTable,
  name: string | undefined,
  kind: 'time' | 'number',
  at: string,
): NumericColumn {
  const column =
    name === undefined ? table.columns.find((candidate) => candidate.kind === kind) : findColumn(table, name);
  if (column === undefined || column.kind !== kind) throw missingColumn(name ?? `a ${kind}`, table, at);
  return column as NumericColumn;
}

export function missingColumn(wanted: string, table: DataTable, at: string): PreviewError {
  const names = table.columns.map(({ name, kind }) => `${name} (${kind})`).join(', ');
  return new PreviewError('result-shape', `the chart needs the column ${wanted}`, {
    at,
    hint: `The query gives: ${names}.`,
  });
}

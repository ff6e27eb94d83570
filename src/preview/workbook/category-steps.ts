import { drawBarChart } from '../charts/bar-chart.ts';
import { shade } from '../charts/chart-color.ts';
import { drawPieChart } from '../charts/pie-chart.ts';
import { type DataTable, findColumn } from '../data-table.ts';
import type { Html } from '../html.ts';
import { chooseColumn, missingColumn } from './time-steps.ts';
import type { WorkbookStep } from './workbook-run.ts';

export function drawBarStep(step: WorkbookStep, table: DataTable): Html {
  const bars = readCategories(step, table).map(({ name, value }) => ({ name, value, color: 'shade-2' as const }));
  return drawBarChart({ label: step.title, bars });
}

export function drawPieStep(step: WorkbookStep, table: DataTable): Html {
  const slices = readCategories(step, table).map(({ name, value }, index) => ({ name, value, color: shade(index) }));
  return drawPieChart({ label: step.title, slices });
}

function readCategories(
  step: WorkbookStep,
  table: DataTable,
): readonly { readonly name: string; readonly value: number }[] {
  const { xAxis, yAxis } = step.settings.chartSettings ?? {};
  const names = xAxis === undefined ? table.columns.find(({ kind }) => kind === 'text') : findColumn(table, xAxis);
  if (names === undefined) throw missingColumn(xAxis ?? 'a text', table, step.name);
  const values = chooseColumn(table, yAxis?.[0], 'number', step.name);
  return names.values.map((name, row) => ({ name: String(name ?? ''), value: values.values[row] ?? 0 }));
}

import { type ChartColor, severityColor, shade } from '../charts/chart-color.ts';

/** Azure's palette of chart colours, as far as this pack's workbooks use it, by what it means there. */
const paletteColors: Readonly<Record<string, ChartColor>> = {
  redBright: 'severity-high',
  orange: 'severity-medium',
  yellow: 'severity-low',
  gray: 'muted',
  blue: 'ink',
  green: 'shade-4',
};

/** The colour of a series: what the workbook says, else that of a severity of this name, else the next neutral shade. */
export function seriesColor(name: string, paletteName: string | undefined, index: number): ChartColor {
  const named =
    paletteName !== undefined && Object.hasOwn(paletteColors, paletteName) ? paletteColors[paletteName] : undefined;
  return named ?? severityColor(name) ?? shade(index);
}

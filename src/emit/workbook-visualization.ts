import type { ColumnFormat, SeriesColor, Visualization } from '../content/define-workbook.ts';
import type { ArmObject, ArmValue } from './arm.ts';

/** Numbers that stand for formatters of grid columns and tiles in workbook JSON. */
const formatters = { text: 1, bar: 3, date: 6, bigNumber: 12, thresholds: 18 } as const;

/** Azure's palette; a colour outside of it is not drawn. */
const paletteNames: Readonly<Record<SeriesColor, string>> = {
  'severity-high': 'redBright',
  'severity-medium': 'orange',
  'severity-low': 'yellow',
  'severity-informational': 'gray',
  deviation: 'redBright',
  measured: 'blue',
  usual: 'gray',
};

const severityColors = { High: 'redBright', Medium: 'orange', Low: 'yellow' } as const;

const timeCharts = { line: 'timechart', area: 'areachart', bar: 'barchart' } as const;

/** The settings of a query step that say how its result is drawn. */
export function emitVisualization(visualization: Visualization): ArmObject {
  switch (visualization.kind) {
    case 'table':
      return {
        visualization: 'table',
        gridSettings: {
          formatters: visualization.columns.map(emitColumn),
          filter: true,
          labelSettings: visualization.columns.map(([columnId, label]) => ({ columnId, label })),
        },
      };
    case 'tiles':
      return {
        visualization: 'tiles',
        tileSettings: {
          titleContent: { columnMatch: visualization.name, formatter: formatters.text },
          leftContent: { columnMatch: visualization.value, formatter: formatters.bigNumber, numberFormat: decimals(2) },
          showBorder: true,
        },
      };
    case 'over-time':
      return { visualization: timeCharts[visualization.form], chartSettings: timeSettings(visualization) };
    case 'bars':
      return {
        visualization: 'categoricalbar',
        chartSettings: { xAxis: visualization.category, yAxis: [visualization.value], showLegend: false },
      };
    case 'pie':
      return {
        visualization: 'piechart',
        chartSettings: { xAxis: visualization.category, yAxis: [visualization.value], showLegend: true },
      };
    default:
      return visualization satisfies never;
  }
}

function timeSettings(visualization: Extract<Visualization, { kind: 'over-time' }>): ArmObject {
  return {
    xAxis: visualization.time,
    yAxis: visualization.values,
    ...(visualization.split !== undefined && { group: visualization.split }),
    createOtherGroup: 0,
    showLegend: true,
    seriesLabelSettings: visualization.series.map(({ name, label, color }) => ({
      seriesName: name,
      label,
      color: paletteNames[color],
    })),
  };
}

function emitColumn([column, , format]: ColumnFormat): ArmObject {
  const columnMatch = `^${column}$`;
  switch (format) {
    case 'text':
      return { columnMatch, formatter: formatters.text };
    case 'number':
      return { columnMatch, formatter: 0, numberFormat: decimals(2) };
    case 'percent':
      return {
        columnMatch,
        formatter: 0,
        numberFormat: { unit: 1, options: { style: 'decimal', maximumFractionDigits: 1 } },
      };
    case 'time':
      return { columnMatch, formatter: formatters.date };
    case 'bar':
      return { columnMatch, formatter: formatters.bar, formatOptions: { palette: 'gray' }, numberFormat: decimals(0) };
    case 'severity':
      return thresholds(columnMatch, '==', Object.entries(severityColors));
    case 'deviation':
      // Six standard deviations is where the rules of this pack fire, three is where a person looks.
      return thresholds(columnMatch, '>=', [
        ['6', 'redBright'],
        ['3', 'orange'],
      ]);
    default:
      return format satisfies never;
  }
}

function thresholds(columnMatch: string, operator: string, rows: readonly (readonly [string, string])[]): ArmObject {
  const thresholdsGrid: readonly ArmValue[] = [
    ...rows.map(([thresholdValue, representation]) => ({ operator, thresholdValue, representation, text: '{0}{1}' })),
    { operator: 'Default', thresholdValue: null, representation: 'gray', text: '{0}{1}' },
  ];
  return {
    columnMatch,
    formatter: formatters.thresholds,
    formatOptions: { thresholdsOptions: 'colors', thresholdsGrid },
    numberFormat: decimals(2),
  };
}

const decimals = (maximumFractionDigits: number): ArmObject => ({
  unit: 0,
  options: { style: 'decimal', useGrouping: true, maximumFractionDigits },
});

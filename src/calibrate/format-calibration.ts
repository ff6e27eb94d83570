import { formatDurationMs } from '../replay/duration.ts';
import { formatTextTable, type TextColumn } from '../replay/text-table.ts';
import { type Calibration, describeSetting } from './calibrate.ts';
import type { Measurement } from './measure-setting.ts';
import { criteria } from './recommend.ts';
import { type Slice, slicesOf } from './slices.ts';

const BAR_CELLS = 20;

const figures: readonly TextColumn[] = [
  'alerts',
  'false',
  'precision',
  'recall',
  'F1',
  'alerts/day',
  'median delay',
].map((title) => ({ title, align: 'right' }));

/** The outcome for a terminal: what is recommended and why, a plot for each parameter, and on request every setting. */
export function formatCalibration(calibration: Calibration, allSettings: boolean): string {
  const { slug, days, detections, sweep, measurements, isShared } = calibration;
  const how = isShared ? 'one replay for all' : 'a replay each';
  return [
    `${slug}: ${count(sweep.settings.length, 'setting')} (${how}) over ${days.toFixed(1)} days with ${count(detections, 'labelled detection')}`,
    formatRecommendation(calibration),
    ...slicesOf(calibration).map(formatSlice),
    ...(allSettings ? [formatSettings(measurements)] : []),
  ]
    .join('\n\n')
    .concat('\n');
}

export const count = (number: number, thing: string): string => `${number} ${thing}${number === 1 ? '' : 's'}`;

function formatRecommendation(calibration: Calibration): string {
  const { current, recommendation } = calibration;
  const { measurement } = recommendation;
  const columns: readonly TextColumn[] = [
    { title: '', align: 'left' },
    { title: 'setting', align: 'left' },
    ...figures,
  ];
  const row = (name: string, one: Measurement): readonly string[] => [
    name,
    describeSetting(one.setting),
    ...cells(one),
  ];
  return `${formatTextTable(columns, [row('current', current), row('recommended', measurement)])}\n\n${explain(calibration)}`;
}

/** Fewer say little: one attack that is found or not moves the recall by a fifth. */
const FEW_DETECTIONS = 5;

/** Why this setting: the criterion, how many are as good, how far the next worse one is, and what it rests on. */
export function explain({ detections, recommendation }: Calibration): string {
  const { criterion, asGood, marginSteps } = recommendation;
  const others = describeOthers(asGood, marginSteps);
  const caution =
    detections < FEW_DETECTIONS
      ? ` This rests on ${count(detections, 'labelled detection')}: try the setting on logs with more attacks before it is used (npm run -s pack -- sample --month benchmark).`
      : '';
  return `Recommended is the setting with ${criteria[criterion].doc}. ${others}${caution}`;
}

function describeOthers(asGood: number, marginSteps: number): string {
  if (asGood === 1) return 'No other setting is as good.';
  const some = count(asGood, 'setting');
  return marginSteps === 0
    ? `Of ${some} as good, each of them beside one that is worse or unknown, it is the nearest to the current one.`
    : `Of ${some} as good it has the widest margin: ${count(marginSteps, 'step')} of the sweep to one that is worse or unknown.`;
}

function formatSettings(measurements: readonly Measurement[]): string {
  const [first] = measurements;
  const names = Object.keys(first?.setting ?? {});
  const columns = [...names.map((title): TextColumn => ({ title, align: 'right' })), ...figures];
  return formatTextTable(
    columns,
    measurements.map((one) => [...Object.values(one.setting).map(String), ...cells(one)]),
  );
}

const cells = (one: Measurement): readonly string[] => [
  String(one.alerts),
  String(one.falseAlerts),
  percent(one.precision),
  percent(one.recall),
  one.f1.toFixed(2),
  one.alertsPerDay.toFixed(2),
  one.medianDelayMs === undefined ? '-' : formatDurationMs(Math.round(one.medianDelayMs / 60_000) * 60_000),
];

export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

function formatSlice({ parameter, points }: Slice): string {
  const columns: readonly TextColumn[] = [
    { title: parameter, align: 'right' },
    { title: '', align: 'left' },
    { title: 'precision', align: 'left' },
    { title: 'recall', align: 'left' },
    { title: 'alerts/day', align: 'right' },
  ];
  const rows = points.map(({ value, measurement, isRecommended }) => [
    String(value),
    isRecommended ? '*' : '',
    bar(measurement.precision),
    bar(measurement.recall),
    measurement.alertsPerDay.toFixed(2),
  ]);
  return formatTextTable(columns, rows);
}

/** `██████████░░░░░░░░░░  50.0 %` */
function bar(share: number): string {
  const filled = Math.round(share * BAR_CELLS);
  return `${'█'.repeat(filled)}${'░'.repeat(BAR_CELLS - filled)} ${percent(share).padStart(7)}`;
}

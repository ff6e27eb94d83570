import { geometricMean, type Timing } from './measure.ts';
import type { BenchQuery } from './read-queries.ts';

export type Measured = {
  readonly query: BenchQuery;
  readonly resultRows: number;
  readonly ours: Timing;
  readonly theirs: Timing;
};

export type Setting = {
  readonly rowCount: number;
  readonly urlCount: number;
  readonly repetitions: number;
  readonly ourBytes: number;
  readonly duckDbBytes: number;
  readonly duckDbVersion: string;
  readonly duckDbThreads: number;
};

const thousands = (value: number): string => Math.round(value).toLocaleString('en-US');

export function writeReport(setting: Setting, measured: readonly Measured[]): string {
  const ratios = measured.map(({ ours, theirs }) => ours.clockMs / theirs.clockMs);
  const cpuRatios = measured.map(({ ours, theirs }) => ours.cpuMs / theirs.cpuMs);
  const lines = measured.map(({ query, resultRows, ours, theirs }, index) =>
    [
      '',
      query.name,
      query.title,
      thousands(resultRows),
      thousands(ours.clockMs),
      thousands(theirs.clockMs),
      ratios[index]?.toFixed(2),
      thousands(ours.cpuMs),
      thousands(theirs.cpuMs),
      '',
    ]
      .join(' | ')
      .trim(),
  );
  return `geomean wall ${geometricMean(ratios).toFixed(2)} cpu ${geometricMean(cpuRatios).toFixed(2)} mem ours ${(setting.ourBytes / setting.rowCount).toFixed(0)} duck ${(setting.duckDbBytes / setting.rowCount).toFixed(0)}
${lines.join('\n')}
`;
}

import type { AnalyticsRule } from './analytics-rule.ts';
import type { ReplayAssumptions } from './assumptions.ts';
import type { ResultView } from './result-view.ts';

/** The custom details of an alert: for each key the values of its column over the alert's results. */
export type CustomDetails = Readonly<Record<string, readonly string[]>>;

export type ReadCustomDetails = {
  readonly details: CustomDetails;
  /** Values that the size limit of the service left out. */
  readonly dropped: number;
};

/**
 * Reads the custom details, keys in the order of the rule, values in the order of the results.
 * @param limitBytes what the limit of 64 KB on custom and alert details leaves for them, as JSON in UTF-8
 */
export function readCustomDetails(
  view: ResultView,
  rule: Pick<AnalyticsRule, 'customDetails'>,
  assumptions: Pick<ReplayAssumptions, 'customDetailValues' | 'emptyCustomDetail' | 'oversizedDetails'>,
  limitBytes: number,
): ReadCustomDetails {
  const details = Object.fromEntries(
    rule.customDetails.map(({ key, columnName }) => [key, readValues(view, columnName, assumptions)]),
  );
  if (Buffer.byteLength(formatCustomDetails(details)) <= limitBytes) return { details, dropped: 0 };
  if (assumptions.oversizedDetails === 'cut-at-limit') return cutAtLimit(details, limitBytes);
  const empty = Object.fromEntries(Object.keys(details).map((key) => [key, []]));
  return { details: empty, dropped: countValues(details) };
}

function readValues(
  view: ResultView,
  columnName: string,
  assumptions: Pick<ReplayAssumptions, 'customDetailValues' | 'emptyCustomDetail'>,
): readonly string[] {
  const values: string[] = [];
  for (let row = 0; row < view.rowCount; row++) {
    const text = view.text(row, columnName);
    if (text !== '' || assumptions.emptyCustomDetail === 'empty-text') values.push(text);
  }
  return assumptions.customDetailValues === 'distinct' ? [...new Set(values)] : values;
}

function cutAtLimit(details: CustomDetails, limitBytes: number): ReadCustomDetails {
  const kept: Record<string, string[]> = Object.fromEntries(Object.keys(details).map((key) => [key, []]));
  let bytes = Buffer.byteLength(formatCustomDetails(kept));
  let keptCount = 0;
  for (const [key, values] of Object.entries(details)) {
    for (const value of values) {
      const list = kept[key] as string[];
      bytes += Buffer.byteLength(JSON.stringify(value)) + (list.length === 0 ? 0 : ','.length);
      if (bytes > limitBytes) return { details: kept, dropped: countValues(details) - keptCount };
      list.push(value);
      keptCount++;
    }
  }
  return { details: kept, dropped: 0 };
}

const countValues = (details: CustomDetails): number =>
  Object.values(details).reduce((count, values) => count + values.length, 0);

/** As `Custom Details` in the ExtendedProperties of SecurityAlert: a JSON object of arrays of text. */
export const formatCustomDetails = (details: CustomDetails): string => JSON.stringify(details);

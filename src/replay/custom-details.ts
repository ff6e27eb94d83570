import type { AnalyticsRule } from './analytics-rule.ts';
import type { ReplayAssumptions } from './assumptions.ts';
import type { ResultView } from './result-view.ts';
import { serviceLimits } from './service-limits.ts';

/** The custom details of an alert: for each key the values of its column over the alert's results. */
export type CustomDetails = Readonly<Record<string, readonly string[]>>;

export type ReadCustomDetails = {
  readonly details: CustomDetails;
  /** Values that the size limit of the service left out. */
  readonly dropped: number;
};

/**
 * Reads the custom details, keys in the order of the rule, values in the order of the results.
 * Source: learn.microsoft.com/azure/sentinel/surface-custom-details-in-alerts, "Service limits".
 * @param limitBytes what the limit on custom and alert details together leaves for them, as JSON in UTF-8
 */
export function readCustomDetails(
  view: ResultView,
  rule: Pick<AnalyticsRule, 'customDetails'>,
  assumptions: Pick<ReplayAssumptions, 'customDetailValues' | 'emptyCustomDetail' | 'oversizedDetails'>,
  limitBytes: number,
): ReadCustomDetails {
  const all = rule.customDetails.map(
    ({ key, columnName }) => [key, readValues(view, columnName, assumptions)] as const,
  );
  const details = Object.fromEntries(all.map(([key, values]) => [key, values.slice(0, serviceLimits.valuesPerDetail)]));
  const kept = withinBytes(details, limitBytes, assumptions);
  return { details: kept, dropped: countValues(Object.fromEntries(all)) - countValues(kept) };
}

function withinBytes(
  details: CustomDetails,
  limitBytes: number,
  { oversizedDetails }: Pick<ReplayAssumptions, 'oversizedDetails'>,
): CustomDetails {
  if (Buffer.byteLength(formatCustomDetails(details)) <= limitBytes) return details;
  if (oversizedDetails === 'cut-at-limit') return cutAtLimit(details, limitBytes);
  return Object.fromEntries(Object.keys(details).map((key) => [key, []]));
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

function cutAtLimit(details: CustomDetails, limitBytes: number): CustomDetails {
  const kept: Record<string, string[]> = Object.fromEntries(Object.keys(details).map((key) => [key, []]));
  let bytes = Buffer.byteLength(formatCustomDetails(kept));
  for (const [key, values] of Object.entries(details)) {
    for (const value of values) {
      const list = kept[key] as string[];
      bytes += Buffer.byteLength(JSON.stringify(value)) + (list.length === 0 ? 0 : ','.length);
      if (bytes > limitBytes) return kept;
      list.push(value);
    }
  }
  return kept;
}

const countValues = (details: CustomDetails): number =>
  Object.values(details).reduce((count, values) => count + values.length, 0);

/** As `Custom Details` in the ExtendedProperties of SecurityAlert: a JSON object of arrays of text. */
export const formatCustomDetails = (details: CustomDetails): string => JSON.stringify(details);

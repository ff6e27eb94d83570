import { tactics } from '../tables/attack-tactics.ts';
import { type AlertProperty, type AnalyticsRule, type Severity, severities } from './analytics-rule.ts';
import type { ReplayAssumptions } from './assumptions.ts';
import { fillPlaceholders } from './placeholders.ts';
import type { ResultView } from './result-view.ts';
import { serviceLimits } from './service-limits.ts';

/** The properties of an alert that its rule may take from the results. */
export type AlertDetails = {
  readonly name: string;
  readonly description: string;
  readonly severity: Severity;
  readonly tactics: readonly string[];
  readonly properties: Readonly<Partial<Record<AlertProperty, string>>>;
};

const knownTactics: ReadonlySet<string> = new Set(tactics);

/**
 * The details of an alert. Each override stands for itself: where its column is empty, missing or holds no valid value,
 * that property has the text of the rule.
 * Source: learn.microsoft.com/azure/sentinel/customize-alert-details.
 * @param row the result that fills the details, or undefined where the alert has none
 */
export function overrideDetails(
  view: ResultView,
  row: number | undefined,
  rule: AnalyticsRule,
  assumptions: Pick<ReplayAssumptions, 'overlongText'>,
): AlertDetails {
  const { alertDetailsOverride: override } = rule;
  const columnText = (columnName: string): string => (row === undefined ? '' : view.text(row, columnName));
  const fill = (format: string | undefined, ruleText: string, limitBytes: number): string => {
    const filled = format === undefined ? undefined : fillPlaceholders(format, columnText);
    if (filled === undefined || Buffer.byteLength(filled) <= limitBytes) return filled ?? ruleText;
    return assumptions.overlongText === 'cut' ? cutBytes(filled, limitBytes) : ruleText;
  };
  const severityText = textOf(override.alertSeverityColumnName, columnText);
  return {
    name: fill(override.alertDisplayNameFormat, rule.name, serviceLimits.alertNameBytes),
    description: fill(override.alertDescriptionFormat, rule.description, serviceLimits.alertDescriptionBytes),
    severity: severities.find((severity) => severity === severityText) ?? rule.severity,
    tactics: readTactics(view, row, override.alertTacticsColumnName) ?? rule.tactics,
    properties: Object.fromEntries(
      override.alertDynamicProperties
        .map(({ alertProperty, columnName }) => [alertProperty, columnText(columnName)] as const)
        .filter(([alertProperty, text]) => isValue(alertProperty, text)),
    ),
  };
}

/** As many whole characters as fit. */
function cutBytes(text: string, limitBytes: number): string {
  let bytes = 0;
  let kept = '';
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > limitBytes) break;
    kept += character;
  }
  return kept;
}

/** A value that does not match the type of its property leaves the property as it would be without it. */
const isValue = (alertProperty: AlertProperty, text: string): boolean =>
  text !== '' && (alertProperty !== 'ConfidenceScore' || Number.isFinite(Number(text)));

const textOf = (columnName: string | undefined, columnText: (columnName: string) => string): string =>
  columnName === undefined ? '' : columnText(columnName);

/** Tactics from a column: an array, or text with commas; undefined where one of them is no tactic. */
function readTactics(
  view: ResultView,
  row: number | undefined,
  columnName: string | undefined,
): readonly string[] | undefined {
  if (row === undefined || columnName === undefined) return undefined;
  const value = view.value(row, columnName);
  const tactics = Array.isArray(value) ? value.map(String) : view.text(row, columnName).split(',');
  const names = tactics.map((tactic) => tactic.trim()).filter((tactic) => tactic !== '');
  return names.length > 0 && names.every((name) => knownTactics.has(name)) ? names : undefined;
}

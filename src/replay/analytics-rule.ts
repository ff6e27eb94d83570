export type RuleKind = 'Scheduled' | 'NRT';

export const severities = ['Informational', 'Low', 'Medium', 'High'] as const;
export type Severity = (typeof severities)[number];

export type TriggerOperator = 'GreaterThan' | 'LessThan' | 'Equal' | 'NotEqual';

export type EventGrouping = 'SingleAlert' | 'AlertPerResult';

/** A custom detail: the key that the alert shows and the column of the result that fills it. */
export type CustomDetail = { readonly key: string; readonly columnName: string };

export type FieldMapping = { readonly identifier: string; readonly columnName: string };
export type EntityMapping = { readonly entityType: string; readonly fieldMappings: readonly FieldMapping[] };

/** The alert properties that a rule may take from a column (alertDynamicProperties). */
export const alertProperties = [
  'AlertLink',
  'ConfidenceLevel',
  'ConfidenceScore',
  'ExtendedLinks',
  'ProductComponentName',
  'ProductName',
  'ProviderName',
  'RemediationSteps',
  'SubTechniques',
  'Techniques',
] as const;
export type AlertProperty = (typeof alertProperties)[number];

export type AlertDetailsOverride = {
  readonly alertDisplayNameFormat?: string;
  readonly alertDescriptionFormat?: string;
  readonly alertSeverityColumnName?: string;
  readonly alertTacticsColumnName?: string;
  readonly alertDynamicProperties: readonly { readonly alertProperty: AlertProperty; readonly columnName: string }[];
};

/** Which alerts of a rule share an incident (groupingConfiguration). */
export type IncidentGrouping = {
  readonly matchingMethod: 'AllEntities' | 'AnyAlert' | 'Selected';
  /** From the first alert of an incident to the last that joins it (assumption groupingWindow). */
  readonly lookbackMs: number;
  /** Whether an alert that belongs to a closed incident opens it again instead of a new one. */
  readonly reopenClosedIncident: boolean;
  /** With Selected: names of entity types, as in the rule's entity mappings. */
  readonly groupByEntities: readonly string[];
  readonly groupByAlertDetails: readonly ('DisplayName' | 'Severity')[];
  /** With Selected: keys of custom details. */
  readonly groupByCustomDetails: readonly string[];
};

/** One analytics rule as its YAML says it, with Sentinel's defaults filled in and durations in milliseconds. */
export type AnalyticsRule = {
  /** The file's name without `.yaml`. */
  readonly slug: string;
  /** As the caller named the file. */
  readonly file: string;
  readonly id: string;
  readonly kind: RuleKind;
  readonly version: string;
  readonly name: string;
  readonly description: string;
  readonly severity: Severity;
  readonly tactics: readonly string[];
  readonly techniques: readonly string[];
  readonly query: string;
  /** Where the query's first character stands in the file; every further line is indented as the first. */
  readonly queryPosition: { readonly line: number; readonly column: number };
  readonly queryFrequencyMs: number;
  readonly queryPeriodMs: number;
  readonly triggerOperator: TriggerOperator;
  readonly triggerThreshold: number;
  readonly eventGrouping: EventGrouping;
  readonly customDetails: readonly CustomDetail[];
  readonly entityMappings: readonly EntityMapping[];
  readonly alertDetailsOverride: AlertDetailsOverride;
  /** Undefined: the rule is never suppressed. */
  readonly suppressionDurationMs: number | undefined;
  readonly createIncident: boolean;
  /** Undefined: every alert has an incident of its own. */
  readonly incidentGrouping: IncidentGrouping | undefined;
};

import type {
  AlertProperty,
  EntityMapping,
  EventGrouping,
  IncidentGrouping,
  Severity,
} from '../replay/analytics-rule.ts';
import type { Path } from '../replay/yaml-document.ts';

/** The values of a rule's YAML that mutations change; every other key is carried along as it is. */
export type RuleValue = {
  readonly query: string;
  readonly severity: Severity;
  readonly queryFrequency?: string;
  readonly queryPeriod?: string;
  readonly triggerOperator?: string;
  readonly triggerThreshold?: number;
  readonly eventGroupingSettings?: { readonly aggregationKind: EventGrouping };
  readonly customDetails?: Readonly<Record<string, string>>;
  readonly entityMappings?: readonly EntityMapping[];
  readonly alertDetailsOverride?: AlertTexts;
  readonly suppressionEnabled?: boolean;
  readonly suppressionDuration?: string;
  readonly incidentConfiguration?: IncidentValue;
};

export type AlertTexts = Readonly<Record<string, string>> & {
  readonly alertDynamicProperties?: readonly { readonly alertProperty: AlertProperty; readonly value: string }[];
};

export type IncidentValue = {
  readonly createIncident?: boolean;
  readonly groupingConfiguration?: GroupingValue;
};

export type GroupingValue = {
  readonly enabled?: boolean;
  readonly reopenClosedIncident?: boolean;
  readonly matchingMethod?: IncidentGrouping['matchingMethod'];
  readonly lookbackDuration?: string;
  readonly groupByEntities?: readonly string[];
  readonly groupByAlertDetails?: readonly string[];
  readonly groupByCustomDetails?: readonly string[];
};

/** One way to change a rule around its query: where in the YAML, how that reads before and after, and the whole value. */
export type RuleChange = {
  readonly path: Path;
  readonly original: string;
  readonly replacement: string;
  readonly value: RuleValue;
};

/** A row of the registry, for what stands around the query. */
export type RuleMutation = {
  readonly name: string;
  readonly changes: string;
  readonly changesOf: (rule: RuleValue) => readonly RuleChange[];
};

/** An object without one key; without the object where nothing is left, since empty mappings are no YAML of a rule. */
export function withoutKey<T extends object>(value: T, key: string): T | undefined {
  const rest = Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
  return Object.keys(rest).length === 0 ? undefined : (rest as T);
}

/** A list without one item, or undefined where nothing is left. */
export function withoutIndex<T>(items: readonly T[], index: number): readonly T[] | undefined {
  return items.length === 1 ? undefined : items.filter((_, position) => position !== index);
}

/** The rule with a key set, or without it where the value is undefined. */
export function withValue(rule: RuleValue, key: keyof RuleValue, value: unknown): RuleValue {
  const rest = Object.fromEntries(Object.entries(rule).filter(([name]) => name !== key));
  return (value === undefined ? rest : { ...rule, [key]: value }) as RuleValue;
}

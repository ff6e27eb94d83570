import type {
  AlertDetailsOverride,
  AlertProperty,
  AnalyticsRule,
  EntityMapping,
  EventGrouping,
  RuleKind,
  Severity,
  TriggerOperator,
} from './analytics-rule.ts';
import { formatDurationMs, parseDurationMs } from './duration.ts';
import { type IncidentsYaml, readIncidents } from './read-incidents.ts';
import { parseRuleDocument, ruleSlug } from './rule-document.ts';
import { scheduleProperties } from './rule-schema.ts';
import { checkRuleShape } from './rule-shape.ts';
import { serviceLimits } from './service-limits.ts';
import type { YamlDocument } from './yaml-document.ts';

/** What checkRuleShape has made sure of. */
type RuleYaml = {
  readonly id: string;
  readonly kind: RuleKind;
  readonly version: string;
  readonly name: string;
  readonly description: string;
  readonly severity: Severity;
  readonly query: string;
  readonly queryFrequency?: string;
  readonly queryPeriod?: string;
  readonly triggerOperator?: keyof typeof triggerOperators;
  readonly triggerThreshold?: number;
  readonly eventGroupingSettings?: { readonly aggregationKind: EventGrouping };
  readonly tactics?: readonly string[];
  readonly relevantTechniques?: readonly string[];
  readonly customDetails?: Readonly<Record<string, string>>;
  readonly entityMappings?: readonly EntityMapping[];
  readonly alertDetailsOverride?: OverrideYaml;
  readonly suppressionEnabled?: boolean;
  readonly suppressionDuration?: string;
  readonly incidentConfiguration?: IncidentsYaml;
};
type OverrideYaml = Omit<AlertDetailsOverride, 'alertDynamicProperties'> & {
  readonly alertDynamicProperties?: readonly { readonly alertProperty: AlertProperty; readonly value: string }[];
};

const triggerOperators = {
  gt: 'GreaterThan',
  lt: 'LessThan',
  eq: 'Equal',
  ne: 'NotEqual',
  GreaterThan: 'GreaterThan',
  LessThan: 'LessThan',
  Equal: 'Equal',
  NotEqual: 'NotEqual',
} as const satisfies Readonly<Record<string, TriggerOperator>>;

/**
 * Reads one analytics rule from its YAML, as strictly as the service takes it: unknown keys, missing keys and values
 * out of range are errors with their place in the file.
 * @param file how to name the file in errors; its base name without `.yaml` is the rule's slug
 * @throws ReplayError
 */
export function readRule(text: string, file: string): AnalyticsRule {
  const document = parseRuleDocument(text, file);
  checkRuleShape(document);
  const yaml = document.value as RuleYaml;
  checkScheduleKeys(document, yaml);
  const rule: AnalyticsRule = {
    slug: ruleSlug(file),
    file,
    id: yaml.id.toLowerCase(),
    kind: yaml.kind,
    version: yaml.version,
    name: yaml.name,
    description: yaml.description,
    severity: yaml.severity,
    tactics: yaml.tactics ?? [],
    techniques: yaml.relevantTechniques ?? [],
    query: yaml.query,
    queryPosition: document.positionOfText(['query']),
    ...readSchedule(yaml),
    eventGrouping: yaml.eventGroupingSettings?.aggregationKind ?? 'SingleAlert',
    customDetails: Object.entries(yaml.customDetails ?? {}).map(([key, columnName]) => ({ key, columnName })),
    entityMappings: yaml.entityMappings ?? [],
    alertDetailsOverride: readOverride(yaml.alertDetailsOverride),
    suppressionDurationMs: readSuppression(document, yaml),
    ...readIncidents(document, yaml.incidentConfiguration),
  };
  checkIntervals(document, rule);
  return rule;
}

function checkScheduleKeys(document: YamlDocument, yaml: RuleYaml): void {
  for (const key of Object.keys(scheduleProperties)) {
    const present = Object.hasOwn(yaml, key);
    if (yaml.kind === 'Scheduled' && !present) {
      const position = document.positionOfKey([], 'kind');
      throw document.errorAt('rule-missing-key', `'${key}' is missing`, position, 'a scheduled rule needs it');
    }
    if (yaml.kind === 'NRT' && present) {
      const hint = 'remove it: an NRT rule runs every minute and triggers on any result';
      throw document.errorAt('rule-unknown-key', `'${key}' in an NRT rule`, document.positionOfKey([], key), hint);
    }
  }
}

type Schedule = Pick<AnalyticsRule, 'queryFrequencyMs' | 'queryPeriodMs' | 'triggerOperator' | 'triggerThreshold'>;

function readSchedule(yaml: RuleYaml): Schedule {
  const { nrtIntervalMs } = serviceLimits;
  return {
    queryFrequencyMs: durationOf(yaml.queryFrequency) ?? nrtIntervalMs,
    queryPeriodMs: durationOf(yaml.queryPeriod) ?? nrtIntervalMs,
    triggerOperator: triggerOperators[yaml.triggerOperator ?? 'GreaterThan'],
    triggerThreshold: yaml.triggerThreshold ?? 0,
  };
}

const durationOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : parseDurationMs(text);

function readOverride(yaml: OverrideYaml = {}): AlertDetailsOverride {
  const { alertDynamicProperties = [], ...texts } = yaml;
  return {
    ...texts,
    alertDynamicProperties: alertDynamicProperties.map(({ alertProperty, value }) => ({
      alertProperty,
      columnName: value,
    })),
  };
}

function readSuppression(document: YamlDocument, yaml: RuleYaml): number | undefined {
  if (yaml.suppressionEnabled !== true) return undefined;
  const durationMs = durationOf(yaml.suppressionDuration);
  if (durationMs === undefined) {
    const position = document.positionOfKey([], 'suppressionEnabled');
    throw document.errorAt('rule-missing-key', "'suppressionDuration' is missing", position, 'say for how long');
  }
  if (durationMs < serviceLimits.shortestIntervalMs || durationMs > serviceLimits.longestSuppressionMs) {
    const position = document.positionOf(['suppressionDuration']);
    throw document.errorAt('rule-bad-value', 'suppressionDuration is out of range', position, 'write 5m to 24h');
  }
  return durationMs;
}

function checkIntervals(document: YamlDocument, rule: AnalyticsRule): void {
  if (rule.kind === 'NRT') return;
  const { queryFrequencyMs, queryPeriodMs } = rule;
  const { shortestIntervalMs, longestIntervalMs, longLookBackMs, longLookBackFrequencyMs } = serviceLimits;
  const refuse = (key: string, reason: string, hint: string) =>
    document.errorAt('rule-bad-value', `${key} ${reason}`, document.positionOf([key]), hint);
  for (const [key, valueMs] of Object.entries({ queryFrequency: queryFrequencyMs, queryPeriod: queryPeriodMs })) {
    if (valueMs >= shortestIntervalMs && valueMs <= longestIntervalMs) continue;
    throw refuse(key, `is ${formatDurationMs(valueMs)}`, 'Sentinel accepts 5 minutes to 14 days');
  }
  if (queryFrequencyMs > queryPeriodMs) {
    throw refuse(
      'queryFrequency',
      'is longer than queryPeriod',
      'Sentinel rejects it: events would never be looked at',
    );
  }
  if (queryPeriodMs >= longLookBackMs && queryFrequencyMs < longLookBackFrequencyMs) {
    throw refuse('queryFrequency', 'is under 1h', 'a rule that looks back 2 days or more runs once an hour at most');
  }
}

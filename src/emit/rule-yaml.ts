import { Document, type Pair, Scalar, visit } from 'yaml';
import type { AnalyticsRule } from '../content/resolve-rule.ts';
import { yamlMarker } from './generator.ts';
import { alertDetailsOverride, customDetails, incidentConfiguration, tacticsOf, techniquesOf } from './rule-fields.ts';

/** A rule as the YAML that a person reads and that Sentinel's tools import; the order of fields is the upstream one. */
export function emitRuleYaml(rule: AnalyticsRule): string {
  const document = new Document(ruleFields(rule));
  document.commentBefore = yamlMarker(`src/content/rules/${rule.slug}.ts`);
  visit(document, { Pair: (_key, pair) => chooseTextStyle(pair) });
  return document.toString({ lineWidth: 120, blockQuote: true });
}

function ruleFields(rule: AnalyticsRule): Record<string, unknown> {
  const { schedule } = rule;
  return {
    id: rule.id,
    name: rule.name,
    description: rule.description,
    severity: rule.severity,
    requiredDataConnectors: rule.needs.map(({ connectorId, dataTypes }) => ({ connectorId, dataTypes })),
    ...(schedule.kind === 'Scheduled' && {
      queryFrequency: schedule.frequency.text,
      queryPeriod: schedule.period.text,
      triggerOperator: 'gt',
      triggerThreshold: 0,
    }),
    eventGroupingSettings: { aggregationKind: rule.events },
    incidentConfiguration: incidentConfiguration(rule),
    tactics: tacticsOf(rule),
    relevantTechniques: techniquesOf(rule),
    tags: rule.owasp.map((item) => `OWASP ${item}`),
    query: rule.query,
    customDetails: customDetails(rule),
    entityMappings: rule.entities,
    alertDetailsOverride: alertDetailsOverride(rule),
    version: rule.version,
    kind: schedule.kind,
  };
}

/** The query keeps its lines, whatever it holds; long text is folded, so that a change of it shows in a diff. */
function chooseTextStyle(pair: Pair): void {
  const key = pair.key instanceof Scalar ? pair.key.value : undefined;
  if (!(pair.value instanceof Scalar) || typeof pair.value.value !== 'string') {
    return;
  }
  if (key === 'query') {
    pair.value.type = Scalar.BLOCK_LITERAL;
  } else if (key === 'description' || key === 'alertDescriptionFormat') {
    pair.value.type = Scalar.BLOCK_FOLDED;
  }
}

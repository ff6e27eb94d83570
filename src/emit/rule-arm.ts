import type { AnalyticsRule } from '../content/resolve-rule.ts';
import type { ArmObject, ArmResource, ArmValue } from './arm.ts';
import { armLiteral } from './arm-literal.ts';
import { isoDuration } from './iso-duration.ts';
import {
  alertDetailsOverride,
  customDetails,
  incidentConfiguration,
  parentTechniquesOf,
  subTechniquesOf,
  tacticsOf,
} from './rule-fields.ts';

// The stable API has no near-real-time rules and no sub-techniques; the preview has both.
const apiVersions = { Scheduled: '2025-09-01', NRT: '2025-10-01-preview' } as const;

/** Every template that deploys rules takes the workspace's name; connected repositories fill it by this name. */
export const workspaceParameter: ArmObject = {
  workspace: {
    type: 'string',
    metadata: { description: 'Name of the Log Analytics workspace with Microsoft Sentinel.' },
  },
};

/** A rule as an active rule of a workspace (not a template of a rule). */
export function ruleResource(rule: AnalyticsRule): ArmResource {
  return {
    type: 'Microsoft.OperationalInsights/workspaces/providers/alertRules',
    apiVersion: apiVersions[rule.schedule.kind],
    name: `[concat(parameters('workspace'), '/Microsoft.SecurityInsights/${rule.id}')]`,
    kind: rule.schedule.kind,
    properties: escapeExpressions(ruleProperties(rule)),
  };
}

function ruleProperties(rule: AnalyticsRule): ArmObject {
  const { schedule } = rule;
  const subTechniques = schedule.kind === 'NRT' ? subTechniquesOf(rule) : [];
  return {
    displayName: rule.name,
    description: rule.description,
    severity: rule.severity,
    enabled: rule.enabled,
    query: rule.query,
    ...(schedule.kind === 'Scheduled' && {
      queryFrequency: isoDuration(schedule.frequency.minutes),
      queryPeriod: isoDuration(schedule.period.minutes),
      triggerOperator: 'GreaterThan',
      triggerThreshold: 0,
    }),
    suppressionDuration: 'PT5H',
    suppressionEnabled: false,
    eventGroupingSettings: { aggregationKind: rule.events },
    incidentConfiguration: incidentConfiguration(rule),
    tactics: tacticsOf(rule),
    techniques: parentTechniquesOf(rule),
    ...(subTechniques.length > 0 && { subTechniques }),
    customDetails: customDetails(rule),
    entityMappings: rule.entities,
    alertDetailsOverride: alertDetailsOverride(rule),
  };
}

/** Nothing in a rule is a template expression, so every text in it is a literal. */
function escapeExpressions(value: ArmObject): ArmObject {
  const escapeValue = (part: ArmValue): ArmValue => {
    if (typeof part === 'string') {
      return armLiteral(part);
    }
    if (Array.isArray(part)) {
      return part.map(escapeValue);
    }
    return part !== null && typeof part === 'object' ? escapeExpressions(part as ArmObject) : part;
  };
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, escapeValue(part)]));
}

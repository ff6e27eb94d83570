import { parentTechnique } from '../content/attack.ts';
import type { AnalyticsRule } from '../content/resolve-rule.ts';
import type { Tactic } from '../tables/attack-tactics.ts';
import type { ArmObject } from './arm.ts';
import { isoDuration } from './iso-duration.ts';

// What the YAML and the ARM form of a rule have in common.

export function tacticsOf({ attack }: AnalyticsRule): readonly Tactic[] {
  return Object.keys(attack) as Tactic[];
}

/** Techniques and sub-techniques in the order of the tactics, each once. */
export function techniquesOf({ attack }: AnalyticsRule): readonly string[] {
  return [...new Set(Object.values(attack).flat())];
}

/** The techniques alone: `T1562.007` counts as `T1562`. */
export function parentTechniquesOf(rule: AnalyticsRule): readonly string[] {
  return [...new Set(techniquesOf(rule).map(parentTechnique))];
}

export function subTechniquesOf(rule: AnalyticsRule): readonly string[] {
  return techniquesOf(rule).filter((technique) => technique !== parentTechnique(technique));
}

export function customDetails({ details }: AnalyticsRule): Readonly<Record<string, string>> {
  return Object.fromEntries(details.map((column) => [column, column]));
}

export function alertDetailsOverride({ alert }: AnalyticsRule): ArmObject {
  return {
    alertDisplayNameFormat: alert.title,
    alertDescriptionFormat: alert.description,
    ...(alert.severityColumn !== undefined && { alertSeverityColumnName: alert.severityColumn }),
    ...(alert.tacticsColumn !== undefined && { alertTacticsColumnName: alert.tacticsColumn }),
  };
}

export function incidentConfiguration({ incident }: AnalyticsRule): ArmObject {
  if (incident.kind === 'one-per-alert') {
    return { createIncident: true };
  }
  return {
    createIncident: true,
    groupingConfiguration: {
      enabled: true,
      reopenClosedIncident: false,
      lookbackDuration: isoDuration(incident.within.minutes),
      matchingMethod: 'Selected',
      ...(incident.entities !== undefined && { groupByEntities: incident.entities }),
      ...(incident.details !== undefined && { groupByCustomDetails: incident.details }),
    },
  };
}

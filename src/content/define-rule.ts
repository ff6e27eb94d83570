import type { Tactic } from '../tables/attack-tactics.ts';
import { type AttackMapping, type OwaspItem, parentTechnique, techniqueTactics } from './attack.ts';
import { ContentError } from './content-error.ts';
import type { DataSource } from './data-source.ts';
import type { EntityMapping, EntityType } from './entity.ts';
import type { KqlFragment } from './kql.ts';
import type { PackConfig, Severity } from './pack-config.ts';
import type { Schedule } from './schedule.ts';
import type { Timespan } from './timespan.ts';

/** A threshold that a workspace may change in pack.config.yaml; `meaning` completes "fires at …". */
export type RuleParameter = {
  readonly default: number;
  readonly minimum: number;
  readonly whole: boolean;
  readonly meaning: string;
};

/** What a query is written for: the configuration, and the schedule whose windows it has to fill. */
export type RuleEnvironment = Pick<PackConfig, 'topology' | 'logMode' | 'forwardedHop' | 'allowList'> & {
  readonly schedule: Schedule;
};

/** The text of an alert; `{{Column}}` stands for the result row's value, three times at most in each text. */
export type AlertText = {
  readonly title: string;
  readonly description: string;
  /** A column that holds the severity of the row's alert. */
  readonly severityColumn?: string;
  /** A column that holds the tactics of the row's alert. */
  readonly tacticsColumn?: string;
};

/** Which alerts of a rule become one incident; `details` are names of custom details. */
export type IncidentGrouping =
  | { readonly kind: 'one-per-alert' }
  | {
      readonly kind: 'by';
      readonly within: Timespan;
      readonly entities?: readonly EntityType[];
      readonly details?: readonly string[];
    };

/**
 * An analytics rule as a person writes it. Everything else that Sentinel wants is derived from it (`resolveRule`):
 * durations, connectors, the columns of the entity mappings, the ARM resource.
 */
export type RuleDefinition<ParameterName extends string = string> = {
  readonly slug: string;
  readonly id: string;
  readonly version: `${number}.${number}.${number}`;
  readonly name: string;
  readonly description: string;
  readonly severity: Severity;
  readonly attack: AttackMapping;
  readonly owasp: readonly OwaspItem[];
  readonly needs: (environment: RuleEnvironment) => readonly DataSource[];
  readonly schedule: Schedule;
  readonly parameters: Readonly<Record<ParameterName, RuleParameter>>;
  readonly query: (parameters: Readonly<Record<ParameterName, number>>, environment: RuleEnvironment) => KqlFragment;
  readonly entities: readonly EntityMapping[];
  /** Columns of the result that each alert carries as custom details of the same name. */
  readonly details: readonly string[];
  readonly alert: AlertText;
  readonly events: 'AlertPerResult' | 'SingleAlert';
  readonly incident: IncidentGrouping;
  /** Slugs of the playbooks that answer this rule's incidents. */
  readonly response: readonly string[];
};

/**
 * A rule without the names of its own parameters, as lists hold it; `resolveRule` passes its query every parameter that
 * the definition declares.
 */
export type AnyRuleDefinition = Omit<RuleDefinition, 'query'> & {
  readonly query: (parameters: never, environment: RuleEnvironment) => KqlFragment;
};

/** Checks what the types cannot: every technique is known and serves the tactic it stands under. */
export function defineRule<ParameterName extends string>(
  definition: RuleDefinition<ParameterName>,
): RuleDefinition<ParameterName> {
  for (const [tactic, techniques] of Object.entries(definition.attack)) {
    for (const technique of techniques) {
      checkTechnique(definition.slug, tactic as Tactic, technique);
    }
  }
  return definition;
}

function checkTechnique(slug: string, tactic: Tactic, technique: string): void {
  const serves = techniqueTactics[parentTechnique(technique)];
  if (serves === undefined || !serves.includes(tactic)) {
    throw new ContentError(
      'attack-technique',
      `${slug}: ${technique} does not serve ${tactic}`,
      serves === undefined ? 'Add its row to src/content/attack.ts.' : `It serves ${serves.join(', ')}.`,
    );
  }
}

/** A threshold in whole things, such as calls. */
export function wholeNumber(value: number, meaning: string, minimum = 1): RuleParameter {
  return { default: value, minimum, whole: true, meaning };
}

/** A threshold that may be a fraction, such as a number of standard deviations. */
export function decimalNumber(value: number, meaning: string, minimum = 0): RuleParameter {
  return { default: value, minimum, whole: false, meaning };
}

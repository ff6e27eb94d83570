import type { AttackMapping, OwaspItem } from './attack.ts';
import { ContentError } from './content-error.ts';
import type { DataSource } from './data-source.ts';
import type { AlertText, AnyRuleDefinition, IncidentGrouping, RuleEnvironment, RuleParameter } from './define-rule.ts';
import type { EntityMapping } from './entity.ts';
import { type PackConfig, PackConfigError, type Severity } from './pack-config.ts';
import type { Schedule } from './schedule.ts';

/** A rule for one environment, as plain data: what the emitters print. `query` ends with a line break. */
export type AnalyticsRule = {
  readonly slug: string;
  readonly id: string;
  readonly version: string;
  readonly name: string;
  readonly description: string;
  readonly severity: Severity;
  readonly enabled: boolean;
  readonly schedule: Schedule;
  readonly needs: readonly DataSource[];
  readonly attack: AttackMapping;
  readonly owasp: readonly OwaspItem[];
  readonly query: string;
  readonly entities: readonly EntityMapping[];
  readonly details: readonly string[];
  readonly alert: AlertText;
  readonly events: 'AlertPerResult' | 'SingleAlert';
  readonly incident: IncidentGrouping;
  readonly response: readonly string[];
};

/**
 * The rules for an environment, in the order of the definitions.
 * @throws PackConfigError for a setting of a rule or parameter that does not exist, ContentError for two rules alike.
 */
export function resolveRules(definitions: readonly AnyRuleDefinition[], config: PackConfig): readonly AnalyticsRule[] {
  refuseDuplicates(definitions);
  const slugs = definitions.map(({ slug }) => slug);
  const unknown = Object.keys(config.rules).find((slug) => !slugs.includes(slug));
  if (unknown !== undefined) {
    throw new PackConfigError('config-rule', ['rules', unknown], 'no such rule', `Rules are: ${slugs.join(', ')}.`);
  }
  return definitions.map((definition) => resolveRule(definition, config));
}

export function resolveRule(definition: AnyRuleDefinition, config: PackConfig): AnalyticsRule {
  const { slug, schedule, parameters, query, needs, ...rest } = definition;
  const settings = config.rules[slug] ?? {};
  const { topology, logMode, forwardedHop, allowList } = config;
  const environment: RuleEnvironment = { topology, logMode, forwardedHop, allowList, schedule };
  const values = parameterValues(slug, parameters, settings.parameters ?? {});
  return {
    ...rest,
    slug,
    schedule,
    name: config.names.prefix + definition.name,
    severity: settings.severity ?? definition.severity,
    enabled: settings.enabled ?? true,
    needs: needs(environment),
    query: `${query(values as never, environment).text}\n`,
  };
}

function parameterValues(
  slug: string,
  parameters: Readonly<Record<string, RuleParameter>>,
  settings: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  for (const [name, value] of Object.entries(settings)) {
    // YAML may name a parameter "constructor"; only the rule's own names count.
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    checkParameter(['rules', slug, 'parameters', name], parameter, value, Object.keys(parameters));
  }
  return Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [name, settings[name] ?? parameter.default]),
  );
}

function checkParameter(
  path: readonly string[],
  parameter: RuleParameter | undefined,
  value: number,
  known: readonly string[],
): void {
  if (parameter === undefined) {
    const hint = known.length === 0 ? 'This rule has no parameters.' : `Parameters are: ${known.join(', ')}.`;
    throw new PackConfigError('config-parameter', path, 'no such parameter', hint);
  }
  if (!Number.isFinite(value) || value < parameter.minimum || (parameter.whole && !Number.isInteger(value))) {
    const kind = parameter.whole ? 'a whole number' : 'a number';
    throw new PackConfigError(
      'config-parameter',
      path,
      `${value} cannot be used`,
      `Use ${kind} of at least ${parameter.minimum}: ${parameter.meaning}.`,
    );
  }
}

function refuseDuplicates(definitions: readonly AnyRuleDefinition[]): void {
  const seen = new Map<string, string>();
  for (const { slug, id } of definitions) {
    for (const [key, code] of [
      [slug, 'duplicate-slug'],
      [id.toLowerCase(), 'duplicate-id'],
    ] as const) {
      const other = seen.get(key);
      if (other !== undefined) {
        throw new ContentError(code, `${slug} and ${other} share ${key}`, 'Give each rule its own slug and GUID.');
      }
      seen.set(key, slug);
    }
  }
}

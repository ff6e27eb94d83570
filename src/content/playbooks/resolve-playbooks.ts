import type { PlaybookDefinition, PlaybookParameter } from '../define-playbook.ts';
import { type PackConfig, PackConfigError } from '../pack-config.ts';
import type { JsonValue } from '../workflow/workflow-value.ts';

/**
 * The playbooks that an environment uses: those not switched off whose layer the topology has, with the configuration's
 * values as defaults of their parameters.
 * @throws PackConfigError for a setting of a playbook or parameter that does not exist or has the wrong type.
 */
export function resolvePlaybooks(
  definitions: readonly PlaybookDefinition[],
  config: PackConfig,
): readonly PlaybookDefinition[] {
  const slugs = definitions.map(({ slug }) => slug);
  const unknown = Object.keys(config.playbooks).find((slug) => !slugs.includes(slug));
  if (unknown !== undefined) {
    const hint = `Playbooks are: ${slugs.join(', ')}.`;
    throw new PackConfigError('config-parameter', ['playbooks', unknown], 'no such playbook', hint);
  }
  return definitions
    .filter(({ slug, topologies }) => config.playbooks[slug]?.enabled !== false && topologies.includes(config.topology))
    .map((definition) => resolvePlaybook(definition, config));
}

/** One playbook with the configuration's values as defaults of its parameters. */
export function resolvePlaybook(definition: PlaybookDefinition, config: PackConfig): PlaybookDefinition {
  const { slug, parameters } = definition;
  const settings = config.playbooks[slug]?.parameters ?? {};
  const names = parameters.map(({ name }) => name);
  const unknown = Object.keys(settings).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const hint = `Parameters are: ${names.join(', ')}.`;
    throw new PackConfigError(
      'config-parameter',
      ['playbooks', slug, 'parameters', unknown],
      'no such parameter',
      hint,
    );
  }
  const resolved = parameters.map((parameter) => {
    // YAML may name a parameter "constructor"; only own properties count.
    const setting = Object.hasOwn(settings, parameter.name) ? settings[parameter.name] : undefined;
    const value = setting === undefined ? parameter.defaultValue : checkedValue(slug, parameter, setting);
    return { ...parameter, defaultValue: withAllowList(parameter, value, config) };
  });
  return { ...definition, parameters: resolved };
}

/** What raises no alert is not blocked either. */
function withAllowList({ name }: PlaybookParameter, value: JsonValue, { allowList }: PackConfig): JsonValue {
  return name === 'AllowedRanges' && Array.isArray(value) ? [...new Set([...allowList.addresses, ...value])] : value;
}

function checkedValue(slug: string, parameter: PlaybookParameter, value: JsonValue): JsonValue {
  const { name, type, minValue = -Infinity, maxValue = Infinity } = parameter;
  const fits = {
    string: typeof value === 'string',
    int: typeof value === 'number' && Number.isInteger(value) && value >= minValue && value <= maxValue,
    bool: typeof value === 'boolean',
    array: Array.isArray(value),
  }[type];
  if (!fits) {
    const bounds = Number.isFinite(minValue) ? ` from ${minValue} to ${maxValue}` : '';
    const message = `${JSON.stringify(value)} is not of type ${type}${bounds}`;
    throw new PackConfigError(
      'config-parameter',
      ['playbooks', slug, 'parameters', name],
      message,
      parameter.description,
    );
  }
  return value;
}

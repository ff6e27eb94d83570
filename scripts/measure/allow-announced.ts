import { definitions } from '../../src/content/index.ts';
import type { PackConfig } from '../../src/content/pack-config.ts';
import { resolveRule } from '../../src/content/resolve-rule.ts';
import { emitRuleYaml } from '../../src/emit/rule-yaml.ts';
import type { RuleFile } from '../../src/replay/read-rules.ts';
import { type MadeMonth, type MeasuredMonth, type MeasureOptions, runRules } from './measured-month.ts';

export type AllowOptions = Pick<MeasureOptions, 'onStep'> & {
  readonly config: PackConfig;
  /** Of these rules. */
  readonly slugs: readonly string[];
};

/**
 * Runs once more the rules that an allow list changes, with the addresses on it that were known before: those of load
 * tests, of the organisation's own scanners and of partners' batches. Nothing where the month has no such address.
 */
export async function allowAnnounced(
  made: MadeMonth,
  { config, slugs, onStep }: AllowOptions,
): Promise<MeasuredMonth | undefined> {
  const announced = made.labels.events.filter((event) => event.announced === true);
  const addresses = [...new Set(announced.flatMap((event) => event.addresses ?? []))].sort();
  const files =
    addresses.length === 0 ? [] : changedRules(config, addresses).filter(({ slug }) => slugs.includes(slug));
  return files.length === 0 ? undefined : runRules(made, files, onStep);
}

function changedRules(
  config: PackConfig,
  addresses: readonly string[],
): readonly (RuleFile & { readonly slug: string })[] {
  const allowList = { ...config.allowList, addresses: [...new Set([...config.allowList.addresses, ...addresses])] };
  return definitions.rules.flatMap((rule) => {
    const [text, before] = [{ ...config, allowList }, config].map((one) => emitRuleYaml(resolveRule(rule, one)));
    return text === undefined || text === before ? [] : { slug: rule.slug, file: `${rule.slug}.yaml`, text };
  });
}

import { createHash } from 'node:crypto';
import { stringify } from 'yaml';
import type { RuleFile } from './check.ts';

/** Where releases are recorded, relative to the checked directory. */
export const releasedVersionsPath = 'package/released-versions.json';

/** What was released last of a rule: its id, its version, and a digest of everything else that it says. */
export type ReleasedRule = { readonly id: string; readonly version: string; readonly sha256: string };

/** Released rules by slug. */
export type ReleasedVersions = { readonly rules: Readonly<Record<string, ReleasedRule>> };

export const slugOf = (path: string): string => path.replace(/^.*\//, '').replace(/\.yaml$/, '');

export function releaseOf({ rule }: RuleFile): ReleasedRule {
  const { version, ...rest } = rule;
  // Sorted keys and no comments: how a file is written is no change of the rule.
  const text = stringify(rest, { sortMapEntries: true, lineWidth: 0, aliasDuplicateObjects: false });
  return { id: rule.id, version, sha256: createHash('sha256').update(text).digest('hex') };
}

/** The record of a release of these rules, as text: the same rules give the same bytes. */
export function formatReleasedVersions(rules: readonly RuleFile[]): string {
  const entries = rules.map((file) => [slugOf(file.path), releaseOf(file)] as const);
  const sorted = entries.toSorted(([first], [second]) => (first < second ? -1 : 1));
  return `${JSON.stringify({ rules: Object.fromEntries(sorted) }, null, 2)}\n`;
}

/** Below 0 where the first version is the earlier one, 0 where they are equal. */
export function compareVersions(first: string, second: string): number {
  const [a, b] = [first, second].map((version) => version.split('.').map(Number));
  const differing = a?.findIndex((part, index) => part !== b?.[index]) ?? -1;
  return differing < 0 ? 0 : (a?.[differing] ?? 0) - (b?.[differing] ?? 0);
}

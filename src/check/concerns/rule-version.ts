import type { Check, CheckContext, RuleFile } from '../check.ts';
import type { ContentFile } from '../content-file.ts';
import { type Issue, issue } from '../issue.ts';
import {
  compareVersions,
  type ReleasedRule,
  type ReleasedVersions,
  releasedVersionsPath,
  releaseOf,
} from '../released-versions.ts';
import { shapeIssues } from './schema-shape.ts';

/**
 * A rule that changed since its release has a new version, or workspaces would not offer the update; its id never
 * changes, or they would have both. Releases are recorded by `pack check --release`.
 */
export const ruleVersion: Check = {
  name: 'rule versions',
  run(context) {
    const record = context.files.find(({ path }) => path === releasedVersionsPath);
    if (record === undefined || shapeIssues(record).length > 0) return [];
    const { rules } = record.value as ReleasedVersions;
    return Object.entries(rules).flatMap(([slug, released]) => versionIssues(context, record, slug, released));
  },
};

function versionIssues(
  context: CheckContext,
  record: ContentFile,
  slug: string,
  released: ReleasedRule,
): readonly Issue[] {
  const path = `analytics-rules/${slug}.yaml`;
  const file = context.rules.find((rule) => rule.path === path);
  if (file !== undefined) return changeIssues(file, released);
  const stays =
    context.files.some((other) => other.path === path) || context.rules.some(({ rule }) => rule.id === released.id);
  if (stays) return [];
  const hint = 'A workspace keeps it: say in the release notes that it is to be deleted.';
  return [
    issue('rule-withdrawn', record.placeOf(['rules', slug]), `${slug} was released, and is not here any more`, hint),
  ];
}

function changeIssues(file: RuleFile, released: ReleasedRule): readonly Issue[] {
  const current = releaseOf(file);
  if (current.id !== released.id) {
    const hint = `Keep ${released.id}: a workspace would have the rule twice.`;
    return [issue('rule-id-change', file.placeOf(['id']), 'the id is not that of the released rule', hint)];
  }
  const order = compareVersions(current.version, released.version);
  const place = file.placeOf(['version']);
  if (order < 0) {
    return [
      issue('rule-version', place, `${current.version} is older than the released ${released.version}`, 'Raise it.'),
    ];
  }
  if (order > 0 || current.sha256 === released.sha256) return [];
  const message = `the rule has changed since ${released.version} was released`;
  return [
    issue('rule-version', place, message, 'Raise the version in its definition: workspaces offer updates by it.'),
  ];
}

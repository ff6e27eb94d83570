import { tableSchemas } from '../tables/table-schemas.ts';
import type { Check, CheckContext, RuleFile, RuleYaml } from './check.ts';
import { checks } from './checks.ts';
import { shapeIssues } from './concerns/schema-shape.ts';
import { type ContentFile, parseContentFile, type SourceText } from './content-file.ts';
import type { Issue } from './issue.ts';

/** What was looked at and what was found, in the order of files and lines. */
export type CheckReport = { readonly fileCount: number; readonly ruleCount: number; readonly issues: readonly Issue[] };

/** Runs every check over the sources. What cannot be parsed, or has not the shape of a rule, is reported once. */
export async function runChecks(sources: readonly SourceText[]): Promise<CheckReport> {
  const parsed = sources.map(parseContentFile);
  const files = parsed.flatMap((result) => ('file' in result ? [result.file] : []));
  const unparsable = parsed.flatMap((result) => ('issue' in result ? [result.issue] : []));
  const context: CheckContext = { files, rules: ruleFiles(files), tables: tableSchemas };
  const found = await Promise.all(checks.map((check) => runCheck(check, context)));
  return {
    fileCount: sources.length,
    ruleCount: context.rules.length,
    issues: [...unparsable, ...found.flat()].sort(byPlace),
  };
}

/** A check that throws is a fault of the check: say which one it was. */
async function runCheck(check: Check, context: CheckContext): Promise<readonly Issue[]> {
  try {
    return await check.run(context);
  } catch (cause) {
    throw new Error(`the check of ${check.name} failed`, { cause });
  }
}

function ruleFiles(files: readonly ContentFile[]): readonly RuleFile[] {
  return files
    .filter((file) => /^analytics-rules\/[^/]+\.yaml$/.test(file.path) && shapeIssues(file).length === 0)
    .map((file) => ({ ...file, rule: file.value as RuleYaml }));
}

function byPlace(first: Issue, second: Issue): number {
  if (first.path !== second.path) {
    return first.path < second.path ? -1 : 1;
  }
  return (first.line ?? 0) - (second.line ?? 0) || (first.code < second.code ? -1 : 1);
}

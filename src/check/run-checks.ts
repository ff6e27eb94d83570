import { tableSchemas } from '../tables/table-schemas.ts';
import type { Check, CheckContext, RuleFile, RuleYaml } from './check.ts';
import { checks } from './checks.ts';
import { shapeIssues } from './concerns/schema-shape.ts';
import { type ContentFile, parseContentFile, type SourceText } from './content-file.ts';
import type { Issue } from './issue.ts';
import { analyzeQuery } from './query/analyze-query.ts';
import { readWorkbookQueries } from './query/workbook-queries.ts';
import { type Workspace, workspaceOf } from './query/workspace.ts';
import { formatReleasedVersions } from './released-versions.ts';
import { assumedVolumes, type RowVolumes, type RuleCost, ruleCosts } from './rule-costs.ts';

/** What was looked at and what was found, in the order of files and lines. */
export type CheckReport = {
  readonly fileCount: number;
  readonly ruleCount: number;
  readonly issues: readonly Issue[];
  /** What each rule reads, as far as that can be told without logs. */
  readonly costs: readonly RuleCost[];
  /** The text of the record of a release of these rules (released-versions.ts). */
  readonly releasedVersions: string;
};

/** Runs every check over the sources. What cannot be parsed, or has not the shape of a rule, is reported once. */
export async function runChecks(
  sources: readonly SourceText[],
  volumes: RowVolumes = assumedVolumes,
): Promise<CheckReport> {
  const parsed = sources.map(parseContentFile);
  const files = parsed.flatMap((result) => ('file' in result ? [result.file] : []));
  const unparsable = parsed.flatMap((result) => ('issue' in result ? [result.issue] : []));
  const workspace = workspaceOf(tableSchemas);
  const context: CheckContext = {
    files,
    rules: await readRules(files, workspace),
    workbookQueries: await readWorkbookQueries(files, workspace),
    tables: tableSchemas,
  };
  const found = await Promise.all(checks.map((check) => runCheck(check, context)));
  return {
    fileCount: sources.length,
    ruleCount: context.rules.length,
    issues: [...unparsable, ...found.flat()].sort(byPlace),
    costs: ruleCosts(context.rules, volumes),
    releasedVersions: formatReleasedVersions(context.rules),
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

/** Rules whose shape is right, with what their queries mean; of the others the shape is all that is reported. */
function readRules(files: readonly ContentFile[], workspace: Workspace): Promise<readonly RuleFile[]> {
  const rules = files.filter(({ path }) => /^analytics-rules\/[^/]+\.yaml$/.test(path));
  const shaped = rules.filter((file) => shapeIssues(file).length === 0);
  return Promise.all(
    shaped.map(async (file) => {
      const rule = file.value as RuleYaml;
      return { ...file, rule, query: await analyzeQuery(rule.query, workspace) };
    }),
  );
}

function byPlace(first: Issue, second: Issue): number {
  if (first.path !== second.path) {
    return first.path < second.path ? -1 : 1;
  }
  const byPosition = (first.line ?? 0) - (second.line ?? 0) || (first.column ?? 0) - (second.column ?? 0);
  return byPosition || (first.code < second.code ? -1 : 1);
}

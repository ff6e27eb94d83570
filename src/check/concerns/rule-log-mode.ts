import { parsePackConfig } from '../../content/pack-config-file.ts';
import type { Check, CheckContext, RuleFile } from '../check.ts';
import type { Issue } from '../issue.ts';
import { admits, askedValues } from '../query/asked-values.ts';
import { ruleQuery } from '../query/checked-query.ts';
import { logModes } from '../query/known-values.ts';
import { partsOf } from '../query/plan.ts';
import { configPath } from './config.ts';

/**
 * A log that has a table of its own is read from there too, and not from AzureDiagnostics alone: workspaces have it in
 * either form. pack.config.yaml may say that this one has it in the older form (logMode: azure-diagnostics).
 */
export const ruleLogMode: Check = {
  name: 'rule log modes',
  run: (context) => (usesAzureDiagnosticsOnly(context) ? [] : context.rules.flatMap(logModeIssues)),
};

function logModeIssues(file: RuleFile): readonly Issue[] {
  const { plan } = file.query;
  if (plan === undefined) return [];
  const tables = partsOf(plan).plans.flatMap((part) => (part.operator === 'table' ? [part.name] : []));
  const asked = askedValues(plan, [['AzureDiagnostics', 'Category']]);
  return logModes
    .filter(({ table }) => !tables.includes(table))
    .flatMap(({ table, category }) => {
      const one = asked.find((value) => admits(value, category));
      const message = `${category} is read from AzureDiagnostics only`;
      const hint = `Newer diagnostic settings write it to ${table}: read both with union isfuzzy=true.`;
      return one === undefined ? [] : [ruleQuery(file).report('rule-log-mode', one.span, message, hint)];
    });
}

function usesAzureDiagnosticsOnly({ files }: CheckContext): boolean {
  const config = files.find(({ path }) => path === configPath);
  try {
    return config !== undefined && parsePackConfig(config.text).logMode === 'azure-diagnostics';
  } catch {
    // What is wrong with the configuration is the matter of a check of its own.
    return false;
  }
}

import { resolveWorkbook, type Workbook } from '../content/define-workbook.ts';
import type { PackDefinitions } from '../content/index.ts';
import type { PackConfig } from '../content/pack-config.ts';
import { resolvePlaybooks } from '../content/playbooks/resolve-playbooks.ts';
import { type AnalyticsRule, resolveRules } from '../content/resolve-rule.ts';
import { armTemplate, type Deployment } from './arm-template.ts';
import { EmitError } from './emit-error.ts';
import type { GeneratedFile } from './generated-file.ts';
import { packVersion } from './generator.ts';
import { playbookDeployment, playbookFiles } from './playbook-arm.ts';
import { ruleDeployment, ruleFiles } from './rule-files.ts';
import { stableJson } from './stable-json.ts';
import { workbookDeployment, workbookFiles } from './workbook-files.ts';

/**
 * Every file that a workspace imports, as a function of the definitions and the configuration alone:
 * rules, workbooks and playbooks one by one, as a connected repository takes them, and all in one template.
 * @throws PackConfigError for settings that fit no definition, EmitError for definitions that do not fit together
 */
export function generatePack(definitions: PackDefinitions, config: PackConfig): readonly GeneratedFile[] {
  const rules = resolveRules(definitions.rules, config);
  refuseUnknownResponses(rules, definitions);
  const workbooks = definitions.workbooks.map((definition) => resolveWorkbook(definition, config));
  const playbooks = resolvePlaybooks(definitions.playbooks, config).map((playbook) => ({
    playbook,
    answered: rules.filter(({ response }) => response.includes(playbook.slug)),
  }));
  return [
    ...rules.flatMap(ruleFiles),
    ...workbooks.flatMap(workbookFiles),
    ...playbooks.flatMap(({ playbook, answered }) => playbookFiles(playbook, config, answered)),
    oneClickFile(rules, workbooks, [
      ...playbooks.map(({ playbook, answered }) => playbookDeployment(playbook, config, answered)),
    ]),
  ];
}

function oneClickFile(
  rules: readonly AnalyticsRule[],
  workbooks: readonly Workbook[],
  playbooks: readonly Deployment[],
): GeneratedFile {
  const about = {
    version: packVersion,
    title: 'API protection for Microsoft Sentinel',
    prerequisites: [...new Set(rules.flatMap(({ needs }) => needs.map(({ prerequisite }) => prerequisite)))],
    description:
      'Deploys the analytics rules as active rules, the workbook, the playbook with its roles and watchlists, and the automation rule into the resource group of a workspace.',
  };
  const deployments = [...rules.map(ruleDeployment), ...workbooks.map(workbookDeployment), ...playbooks];
  return { path: 'package/azuredeploy.json', text: stableJson(armTemplate(about, deployments)) };
}

/** A rule that names a playbook which does not exist would have no answer, and nobody would notice. */
function refuseUnknownResponses(rules: readonly AnalyticsRule[], { playbooks }: PackDefinitions): void {
  const slugs = playbooks.map(({ slug }) => slug);
  for (const { slug, response } of rules) {
    const unknown = response.find((playbook) => !slugs.includes(playbook));
    if (unknown !== undefined) {
      const hint = `Playbooks are: ${slugs.join(', ')}.`;
      throw new EmitError('unknown-playbook', `${slug} is answered by ${unknown}, which does not exist`, hint);
    }
  }
}

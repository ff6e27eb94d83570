import type { AnalyticsRule } from '../content/resolve-rule.ts';
import { armTemplate, type Deployment } from './arm-template.ts';
import type { GeneratedFile } from './generated-file.ts';
import { ruleResource, workspaceParameter } from './rule-arm.ts';
import { emitRuleYaml } from './rule-yaml.ts';
import { stableJson } from './stable-json.ts';

/** The YAML of a rule, and its template for a connected repository. */
export function ruleFiles(rule: AnalyticsRule): readonly GeneratedFile[] {
  const { version, name, description, needs } = rule;
  const prerequisites = needs.map(({ prerequisite }) => prerequisite);
  const template = armTemplate({ version, title: name, description, prerequisites }, [ruleDeployment(rule)]);
  return [
    { path: `analytics-rules/${rule.slug}.yaml`, text: emitRuleYaml(rule) },
    { path: `package/repository/AnalyticsRules/${rule.slug}.json`, text: stableJson(template) },
  ];
}

/** What a rule adds to a template that deploys more than it. */
export function ruleDeployment(rule: AnalyticsRule): Deployment {
  return { parameters: workspaceParameter, variables: {}, resources: [ruleResource(rule)] };
}

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import alertRule from '../../schemas/alert-rule.schema.json' with { type: 'json' };
import alertRuleTemplate from '../../schemas/alert-rule-template.schema.json' with { type: 'json' };
import analyticsRule from '../../schemas/analytics-rule.schema.json' with { type: 'json' };
import armTemplate from '../../schemas/arm-template.schema.json' with { type: 'json' };
import automationRule from '../../schemas/automation-rule.schema.json' with { type: 'json' };
import automationRuleTemplate from '../../schemas/automation-rule-template.schema.json' with { type: 'json' };
import deployedResource from '../../schemas/deployed-resource.schema.json' with { type: 'json' };
import oneClickTemplate from '../../schemas/one-click-template.schema.json' with { type: 'json' };
import playbook from '../../schemas/playbook.schema.json' with { type: 'json' };
import playbookTemplate from '../../schemas/playbook-template.schema.json' with { type: 'json' };
import releasedVersions from '../../schemas/released-versions.schema.json' with { type: 'json' };
import resourceTemplate from '../../schemas/resource-template.schema.json' with { type: 'json' };
import ruleFields from '../../schemas/rule-fields.schema.json' with { type: 'json' };
import workbook from '../../schemas/workbook.schema.json' with { type: 'json' };
import workbookContent from '../../schemas/workbook-content.schema.json' with { type: 'json' };
import workbookTemplate from '../../schemas/workbook-template.schema.json' with { type: 'json' };

const schemas = [
  ruleFields,
  analyticsRule,
  armTemplate,
  alertRule,
  alertRuleTemplate,
  workbook,
  workbookTemplate,
  workbookContent,
  playbook,
  playbookTemplate,
  automationRule,
  automationRuleTemplate,
  deployedResource,
  oneClickTemplate,
  resourceTemplate,
  releasedVersions,
];

// strictRequired and strictTypes ask each branch of a schema to repeat what its neighbours say.
const ajv = new Ajv2020({ allErrors: true, verbose: true, strictRequired: false, strictTypes: false });
addFormats.default(ajv);
ajv.addSchema(schemas);

/** Which schema a generated file has to follow, the first match; files of other places have none. */
const places: readonly (readonly [RegExp, string])[] = [
  [/^analytics-rules\/[^/]+\.yaml$/, analyticsRule.$id],
  [/^workbooks\/[^/]+\.azuredeploy\.json$/, workbookTemplate.$id],
  [/^workbooks\/[^/]+\.json$/, workbookContent.$id],
  [/^playbooks\/[^/]+\/azuredeploy\.json$/, playbookTemplate.$id],
  [/^playbooks\/[^/]+\/automation-rule\.json$/, automationRuleTemplate.$id],
  [/^playbooks\/[^/]+\/[^/]+\.json$/, resourceTemplate.$id],
  [/^package\/azuredeploy\.json$/, oneClickTemplate.$id],
  [/^package\/released-versions\.json$/, releasedVersions.$id],
  [/^package\/repository\/AnalyticsRules\/[^/]+\.json$/, alertRuleTemplate.$id],
  [/^package\/repository\/AutomationRules\/[^/]+\.json$/, automationRuleTemplate.$id],
  [/^package\/repository\/Playbooks\/[^/]+\.json$/, playbookTemplate.$id],
  [/^package\/repository\/Workbooks\/[^/]+\.json$/, workbookTemplate.$id],
];

/** The validator of the schema that the file at `path` has to follow, if there is one. */
export function schemaValidator(path: string): ValidateFunction | undefined {
  const id = places.find(([pattern]) => pattern.test(path))?.[1];
  return id === undefined ? undefined : ajv.getSchema(id);
}

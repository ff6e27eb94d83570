import type { Check, CheckContext, RuleFile } from '../check.ts';
import { type Issue, issue } from '../issue.ts';

/**
 * Connectors that content may require: Microsoft Sentinel's own that fill the tables of src/tables, and this pack's
 * AzureApiManagement, for which there is none (docs/decisions/0004).
 */
const connectors: readonly string[] = [
  'AzureActiveDirectory',
  'AzureActivity',
  'AzureApiManagement',
  'AzureSecurityCenter',
  'MicrosoftDefenderForCloudTenantBased',
  'MicrosoftDefenderThreatIntelligence',
  'ThreatIntelligence',
  'ThreatIntelligenceTaxii',
  'ThreatIntelligenceUploadIndicatorsAPI',
  'WAF',
];

/** A rule requires known connectors and tables, and reads every table that it requires. */
export const ruleConnectors: Check = {
  name: 'rule connectors',
  run: (context) => context.rules.flatMap((file) => connectorIssues(context, file)),
};

function connectorIssues({ tables }: CheckContext, file: RuleFile): readonly Issue[] {
  return (file.rule.requiredDataConnectors ?? []).flatMap(({ connectorId, dataTypes }, index) => {
    const keys = ['requiredDataConnectors', index] as const;
    const unknown = connectors.includes(connectorId)
      ? []
      : [
          issue(
            'rule-connector',
            file.placeOf([...keys, 'connectorId']),
            `${connectorId} is not a known connector`,
            `Use one of ${connectors.join(', ')}.`,
          ),
        ];
    const ofTables = dataTypes.flatMap((table, position) => {
      const place = file.placeOf([...keys, 'dataTypes', position]);
      if (!tables.has(table)) {
        return [
          issue('rule-connector', place, `${table} is not a known table`, 'Correct its name, or add its schema.'),
        ];
      }
      return new RegExp(`\\b${table}\\b`).test(file.rule.query)
        ? []
        : [issue('rule-table-unread', place, `the query does not read ${table}`, 'Leave it out, or read it.')];
    });
    return [...unknown, ...ofTables];
  });
}

import assert from 'node:assert/strict';
import type { Alert } from '../../src/replay/build-alerts.ts';
import { buildAlerts } from '../../src/replay/build-alerts.ts';
import { securityAlertRow } from '../../src/replay/security-alert.ts';
import { tableSchemas } from '../../src/tables/table-schemas.ts';
import { nrtRule, resultOf, run, scheduledRule, ticksAt } from './fixtures.ts';

const enriched = {
  relevantTechniques: ['T1499.002', 'T1110', 'T1499'],
  customDetails: { Observed: 'Calls' },
  entityMappings: [{ entityType: 'IP', fieldMappings: [{ identifier: 'Address', columnName: 'Client' }] }],
};
const result = resultOf(
  ['TimeGenerated:datetime', 'Client', 'Calls:long', 'Product', 'Confidence:real'],
  [[ticksAt('2026-03-24 10:20'), '192.0.2.1', 865n, 'API protection', 0.75]],
);
const alertOf = (rule = scheduledRule(enriched)): Alert => buildAlerts(result, rule, run)[0] as Alert;

describe('an alert as a row of SecurityAlert', () => {
  it('has the values that a workspace shows', () => {
    const alert = alertOf();
    const { ExtendedProperties, ...row } = securityAlertRow(alert);
    assert.deepEqual(row, {
      TenantId: '00000000-0000-0000-0000-000000000000',
      TimeGenerated: ticksAt('2026-03-24 11:05'),
      DisplayName: 'Many calls',
      AlertName: 'Many calls',
      AlertSeverity: 'Medium',
      Description: 'Identifies many calls.',
      ProviderName: 'ASI Scheduled Alerts',
      VendorName: 'Microsoft',
      VendorOriginalId: alert.id,
      SystemAlertId: alert.id,
      AlertType: '00000000-0000-0000-0000-000000000000_11111111-2222-4333-8444-555555555555',
      ConfidenceLevel: '',
      ConfidenceScore: null,
      IsIncident: false,
      StartTime: ticksAt('2026-03-24 10:20'),
      EndTime: ticksAt('2026-03-24 10:20'),
      ProcessingEndTime: ticksAt('2026-03-24 11:05'),
      RemediationSteps: '',
      Entities: '[{"$id":"1","Address":"192.0.2.1","Type":"ip"}]',
      SourceSystem: 'Detection',
      ExtendedLinks: '',
      ProductName: 'Azure Sentinel',
      ProductComponentName: 'Scheduled Alerts',
      AlertLink: '',
      Status: 'New',
      Tactics: 'Impact',
      Techniques: '["T1499","T1110"]',
      SubTechniques: '["T1499.002"]',
      Type: 'SecurityAlert',
    });
    assert.deepEqual(JSON.parse(ExtendedProperties as string), {
      'Query Period': '01:00:00',
      'Trigger Operator': 'GreaterThan',
      'Trigger Threshold': '0',
      'Search Query Results Overall Count': '1',
      Query: 'set query_now = datetime(2026-03-24T11:00:00.0000000Z);\nCalls\n| where Count > 3\n',
      'Query Start Time UTC': '2026-03-24 10:00:00Z',
      'Query End Time UTC': '2026-03-24 11:00:00Z',
      'Analytic Rule Ids': '["11111111-2222-4333-8444-555555555555"]',
      'Event Grouping': 'SingleAlert',
      'Analytic Rule Name': 'Many calls',
      ProcessedBySentinel: 'True',
      'Alert generation status': 'Full alert created',
      'Custom Details': '{"Observed":["865"]}',
    });
  });

  it('has only columns of the table, of the right kind', () => {
    const columns = tableSchemas.get('SecurityAlert')?.columns ?? {};
    const kinds = { string: 'string', datetime: 'bigint', bool: 'boolean', real: 'object' } as Record<string, string>;
    for (const [name, value] of Object.entries(securityAlertRow(alertOf()))) {
      assert.equal(typeof value, kinds[columns[name] ?? 'absent'], name);
    }
  });

  it('names the provider of NRT rules and the grouping as alerts spell it', () => {
    const perResult = { eventGroupingSettings: { aggregationKind: 'AlertPerResult' }, tactics: undefined };
    const row = securityAlertRow(alertOf(nrtRule(perResult)));
    assert.deepEqual(
      [
        row.ProviderName,
        row.ProductComponentName,
        row.Tactics,
        JSON.parse(row.ExtendedProperties as string)['Event Grouping'],
      ],
      ['ASI NRT Alerts', 'NRT Alerts', 'Unknown', 'AlertPerEvent'],
    );
  });

  it('takes alert properties from the result where the rule says so', () => {
    const alertDynamicProperties = [
      { alertProperty: 'ProductName', value: 'Product' },
      { alertProperty: 'ConfidenceScore', value: 'Confidence' },
    ];
    const row = securityAlertRow(alertOf(scheduledRule({ alertDetailsOverride: { alertDynamicProperties } })));
    assert.deepEqual([row.ProductName, row.ConfidenceScore], ['API protection', 0.75]);
  });
});

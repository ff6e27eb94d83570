import { strict as assert } from 'node:assert';
import { tableNameOf } from '../../../../src/kql/columns/readers/table-name.ts';

const known = ['ApiManagementGatewayLogs', 'AGWFirewallLogs', 'SecurityAlert'];

describe('the table of a file', () => {
  const names = [
    ['logs/SecurityAlert.ndjson', 'SecurityAlert'],
    ['logs/SecurityAlert.2026-03.ndjson.gz', 'SecurityAlert'],
    ['SecurityAlert-2026-03-24T10.json', 'SecurityAlert'],
    ['SecurityAlert_1.csv', 'SecurityAlert'],
    ['SecurityAlert (2).csv', 'SecurityAlert'],
    ['securityalert.csv', 'SecurityAlert'],
    ['AGWFirewallLogs/part-0001.ndjson', 'AGWFirewallLogs'],
    ['AGWFirewallLogs/2026/03/24.json', 'AGWFirewallLogs'],
    ['AGWFirewallLogs/SecurityAlert.json', 'SecurityAlert'],
    [
      'am-apimanagementgatewaylogs/WorkspaceResourceId=/subscriptions/x/y=2026/m=03/d=24/h=10/m=00/PT05M.json',
      'ApiManagementGatewayLogs',
    ],
    ['am-MyLogs_CL/WorkspaceResourceId=/y=2026/m=03/d=24/h=10/m=00/PT05M.json', 'MyLogs_CL'],
    ['exports/query_data.csv', 'query_data'],
    ['MyLogs_CL-2026.ndjson', 'MyLogs_CL-2026'],
  ] as const;
  for (const [path, table] of names) {
    it(`${path} is ${table}`, () => assert.equal(tableNameOf(path, known), table));
  }
});

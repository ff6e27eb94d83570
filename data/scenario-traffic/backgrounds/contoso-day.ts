import type { Row } from '../../generator/row.ts';
import { dayMs, formatTime, hourMs, minuteMs } from '../../generator/time-window.ts';
import type { StepRows } from '../step.ts';
import { defenderAlert } from '../steps/defender-alert.ts';
import { firewallTransactions } from '../steps/firewall-transactions.ts';
import { policyWrite } from '../steps/policy-write.ts';
import { shopTraffic } from './shop-traffic.ts';

const startMs = Date.UTC(2026, 2, 24);
const seed = 20_260_324;
const meanPerWindow = 55;

/**
 * The usual traffic of 2026-03-24, a Tuesday: shoppers, scanners that the firewall stops now and then, pipelines that
 * write to the firewall's policy without weakening it, and an alert of another Defender plan. No rule fires on it.
 */
export function contosoDay(): readonly StepRows[] {
  const span = { fromMs: startMs, untilMs: startMs + dayMs };
  return [
    { table: 'ApiManagementGatewayLogs', rows: shopTraffic(seed, span, meanPerWindow) },
    ...scanners(),
    ...administration(),
    { table: 'AzureActivity', rows: [deployment(startMs + 9 * hourMs)] },
    ...defenderAlert(
      { at: at(14 * hourMs), type: 'VM_VbScriptHttpObjectAllocation', id: 'da70000-vm', title: 'A script was run' },
      900,
    ),
  ];
}

const at = (offsetMs: number): string => formatTime(startMs + offsetMs);

/** Each address tries something once or twice; SQL injection never three times within an hour. */
function scanners(): readonly StepRows[] {
  const attempts = [
    { hour: 1, count: 4, rules: ['941100', '941110'], address: '198.51.100.201' },
    { hour: 4, count: 2, rules: ['942100'], address: '198.51.100.202' },
    { hour: 9, count: 3, rules: ['930100', '930110'], address: '198.51.100.203' },
    { hour: 13, count: 1, rules: ['942100', '942190'], address: '198.51.100.204' },
    { hour: 19, count: 6, rules: ['920320'], address: '198.51.100.205', verdict: 'none' as const },
    { hour: 22, count: 2, rules: ['942130'], address: '198.51.100.202' },
  ];
  return attempts.flatMap(({ hour, ...attempt }, index) =>
    firewallTransactions({ ...attempt, at: at(hour * hourMs + 17 * minuteMs), first: 9000 + index * 10 }, 0),
  );
}

function administration(): readonly StepRows[] {
  const settings = { mode: 'Prevention', state: 'Enabled', maxRequestBodySizeInKb: 128 };
  const caller = 'network-operations@contoso.com';
  return [8, 16].flatMap((hour) =>
    policyWrite({ at: at(hour * hourMs + 12 * minuteMs), settings, caller, address: '198.51.100.14' }, 900 + hour),
  );
}

const deployment = (atMs: number): Row => ({
  TimeGenerated: formatTime(atMs),
  OperationNameValue: 'MICROSOFT.APIMANAGEMENT/SERVICE/APIS/WRITE',
  ActivityStatusValue: 'Success',
  CategoryValue: 'Administrative',
  Caller: '5d0c8a41-3b7e-4e19-a6f2-c41b7e90d582',
  CorrelationId: 'c0aa0000-0000-4000-8000-000000009999',
  Type: 'AzureActivity',
});

import { estate } from '../estate.ts';
import type { ExpectedDetection } from '../labels.ts';
import type { Operation } from '../operations.ts';
import type { DefenderAlert } from '../security-alerts.ts';
import { dayMs, formatTime, hourMs, minuteMs, type TimeSpan, windowMs } from '../time-window.ts';
import { type PlatformOperationId, platformOperations } from '../traffic/platform-operations.ts';
import type { AttackFamily, AttackPlace, PlannedAttack } from './attack-family.ts';
import { loneAddress } from './botnet.ts';
import { attackers, placeRequests, successOf } from './place-requests.ts';

const rule = 'defender-for-apis-alert';

export type RaisedAlert = {
  readonly at: readonly [day: number, hour: number];
  readonly alertType: string;
  readonly displayName: string;
  readonly severity: DefenderAlert['severity'];
  readonly tactic: string;
  readonly operation: PlatformOperationId;
  readonly calls: number;
  /** Closed by somebody; its row is logged once more and is no alert. */
  readonly status?: 'Dismissed' | 'Resolved';
};

/** Types, names, tactics and severities as Microsoft lists them (learn.microsoft.com/azure/defender-for-cloud/alerts-defender-for-apis). */
const raised: readonly RaisedAlert[] = [
  {
    at: [1, 13],
    alertType: 'API_AccessFromTorExitNode',
    displayName: 'Access from a Tor exit node to an API endpoint',
    severity: 'Medium',
    tactic: 'PreAttack',
    operation: 'GET /customers/{customer}',
    calls: 3,
  },
  {
    at: [4, 22],
    alertType: 'API_AccessFromSuspiciousIP',
    displayName: 'API Endpoint access from suspicious IP',
    severity: 'High',
    tactic: 'PreAttack',
    operation: 'POST /identity/token',
    calls: 9,
  },
  {
    at: [7, 5],
    alertType: 'API_AccessFromSuspiciousUserAgent',
    displayName: 'Suspicious User Agent detected',
    severity: 'Medium',
    tactic: 'Execution',
    operation: 'GET /catalog/search',
    calls: 14,
  },
  {
    at: [9, 17],
    alertType: 'API_SprayInRequests',
    displayName: 'API requests spray from a single IP address to an unusually large number of distinct API endpoints',
    severity: 'Medium',
    tactic: 'Discovery',
    operation: 'GET /supply/orders',
    calls: 40,
  },
  {
    at: [12, 8],
    alertType: 'API_ParameterEnumeration',
    displayName: 'Parameter enumeration on an API endpoint',
    severity: 'Medium',
    tactic: 'InitialAccess',
    operation: 'GET /giftcards/balance',
    calls: 60,
  },
  {
    at: [15, 19],
    alertType: 'API_SpikeInPayload',
    displayName: 'Unusually large response payload transmitted between a single IP address and an API endpoint',
    severity: 'Medium',
    tactic: 'InitialAccess',
    operation: 'GET /settlement/reports/{day}',
    calls: 4,
  },
  {
    at: [21, 2],
    alertType: 'API_UnseenParam',
    displayName: 'Previously unseen parameter used in an API call',
    severity: 'Medium',
    tactic: 'Impact',
    operation: 'GET /orders',
    calls: 1,
  },
  {
    at: [21, 9],
    alertType: 'API_UnseenParam',
    displayName: 'Previously unseen parameter used in an API call',
    severity: 'Medium',
    tactic: 'Impact',
    operation: 'GET /orders',
    calls: 0,
    status: 'Dismissed',
  },
  {
    at: [22, 10],
    alertType: 'API_AccessFromTorExitNode',
    displayName: 'Access from a Tor exit node to an API endpoint',
    severity: 'Medium',
    tactic: 'PreAttack',
    operation: 'GET /customers/{customer}',
    calls: 0,
    status: 'Resolved',
  },
];

const investigatedMs = 47 * minuteMs;

/** What Microsoft Defender for APIs raises by itself, with a little of the traffic that it is about. */
export const defenderAlertFamily: AttackFamily = {
  name: 'defender-alert',
  rule,
  attacks: (random, month) =>
    raised.map((one, index) => planDefenderAlert({ random: random.fork(index), month, index }, one)),
};

/** An alert, and so many calls that it is about. */
export function planDefenderAlert({ random, month, index }: AttackPlace, one: RaisedAlert): PlannedAttack {
  const startMs = month.fromMs + one.at[0] * dayMs + one.at[1] * hourMs;
  const span = { fromMs: startMs, untilMs: startMs + windowMs };
  const address = loneAddress(85 + index);
  const operation = platformOperations[one.operation];
  const alert = defenderAlertOn(operation, {
    ...one,
    address,
    activity: span,
    raisedAtMs: span.untilMs + investigatedMs,
  });
  const clients = attackers(random, [address]);
  return {
    name: `${one.alertType}${one.status === undefined ? '' : `-${one.status.toLowerCase()}`}`,
    intensity: one.status ?? one.severity,
    description: `${one.displayName}: ${address}, ${one.operation}.`,
    span,
    addresses: [address],
    requestsIn({ startMs: windowStartMs, random: draws }) {
      const answer = successOf(operation);
      return placeRequests(draws, { startMs: windowStartMs, operation, clients, count: one.calls, answer });
    },
    defenderAlerts: [alert],
    ...(one.status === undefined
      ? { certain: [detectionOf(alert, operation)] }
      : { notExpectedBecause: `the alert is ${one.status.toLowerCase()} already and is no new one` }),
  };
}

type AlertFacts = Pick<
  DefenderAlert,
  'alertType' | 'displayName' | 'severity' | 'tactic' | 'address' | 'raisedAtMs' | 'status'
> & {
  readonly activity: TimeSpan;
  readonly calls: number;
};

/** An alert of Defender for APIs about what an address did to an operation. */
export function defenderAlertOn(operation: Operation, facts: AlertFacts): DefenderAlert {
  const { alertType, displayName, severity, tactic, address, activity, raisedAtMs, calls } = facts;
  const path = operation.id.slice(operation.id.indexOf(' ') + 1);
  return {
    alertType,
    displayName,
    description: `${displayName}.`,
    severity,
    tactic,
    activity,
    raisedAtMs,
    resourceId: `${estate.apiManagementId}/apis/${operation.api.id}`,
    compromisedEntity: operation.api.id,
    address,
    extendedProperties: {
      ResourceId: `${estate.apiManagementId}/apis/${operation.api.id}`,
      SubscriptionId: estate.subscriptionId,
      Url: `https://${estate.host}${path}`,
      'Actor (Client IP)': address,
      'Api Endpoint': operation.id,
      'Event of Interest': `${address} made ${calls} calls to ${operation.id}.`,
    },
    ...(facts.status === undefined ? {} : { status: facts.status }),
  };
}

function detectionOf(alert: DefenderAlert, operation: Operation): ExpectedDetection {
  return {
    rule,
    eventAt: formatTime(alert.raisedAtMs),
    key: { AlertType: alert.alertType, Actor: alert.address, Endpoint: operation.id },
    figures: {},
  };
}

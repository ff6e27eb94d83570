import { answered, callsByAddress } from '../baseline.ts';
import { estate } from '../estate.ts';
import { rounded } from '../moments.ts';
import { operations } from '../operations.ts';
import type { ApiRequest } from '../request.ts';
import type { DefenderAlert } from '../security-alerts.ts';
import { formatTime, minuteMs, windowMs } from '../time-window.ts';
import type { Injection } from './injection.ts';
import type { SingleAddressSpike } from './single-address-spike.ts';

export type AlertInjection = Injection & { readonly alert: DefenderAlert };

const operation = operations.readLoyaltyCard;
const lookBackMs = 30 * 24 * 60 * minuteMs;
/** Defender for APIs works in half-hourly rounds. */
const raisedAfterMs = 47 * minuteMs;
const alertType = 'API_SpikeInAPITraffic';

/**
 * Defender for APIs sees the spike from a single address too, over its own 30 days of history (or what there is of
 * them), and its alert reaches the workspace with the figures of that.
 */
export function defenderAlert(background: readonly ApiRequest[], spike: SingleAddressSpike): AlertInjection {
  const { startMs, address, observed } = spike;
  const history = { fromMs: startMs - lookBackMs, untilMs: startMs };
  const usual = rounded(callsByAddress(background, answered(operation.id, 2), history).perAddress);
  const activity = { fromMs: startMs, untilMs: startMs + windowMs };
  const url = `https://${estate.host}/loyalty/cards/{number}`;
  const raisedAtMs = activity.untilMs + raisedAfterMs;
  const alert: DefenderAlert = {
    alertType,
    displayName: 'Suspicious spike in API traffic from a single IP address to an API endpoint',
    description: 'An address called an API endpoint far more often than is usual for one address.',
    severity: 'Medium',
    tactic: 'Impact',
    activity,
    raisedAtMs,
    resourceId: `${estate.apiManagementId}/apis/${operation.api.id}`,
    compromisedEntity: operation.api.id,
    address,
    extendedProperties: {
      'Detection Team': 'Cloud Application Security (CAS)',
      ResourceId: `${estate.apiManagementId}/apis/${operation.api.id}`,
      SubscriptionId: estate.subscriptionId,
      Url: url,
      'Actor (Client IP)': address,
      'Api Endpoint': operation.id,
      'Event of Interest (Spike)': `${address} made ${observed} API calls to ${operation.method} ${url} with status code of 2XX in a 20 minute time window.`,
      'Historical Behavior': `In the past 30 days, one address made an average (mean) of ${usual} API calls to ${operation.method} ${url} with a status code of 2XX across 20 minute time windows.`,
      'Deviation from Historical Behavior': `The event of interest (${observed} API calls with status code of 2XX) is ${rounded(observed / usual)} times the observed mean.`,
      'Observed Status Codes': '200',
      'Spike (Number of API calls in 20 minutes)': String(observed),
      'Potential causes': 'Scraping of data, or an attempt to use up the resources of the API.',
    },
  };
  return { requests: [], alert, label: alertLabel(alert, observed) };
}

function alertLabel(alert: DefenderAlert, observed: number): Injection['label'] {
  return {
    attack: 'defender-for-apis-alert',
    description: 'Defender for APIs raises the spike from a single address.',
    startsAt: formatTime(alert.activity.fromMs),
    endsAt: formatTime(alert.activity.untilMs),
    addresses: [alert.address],
    expected: [
      {
        rule: 'defender-for-apis-alert',
        eventAt: formatTime(alert.raisedAtMs),
        key: { AlertType: alert.alertType, Actor: alert.address, Endpoint: operation.id },
        figures: { Observed: observed },
      },
    ],
  };
}

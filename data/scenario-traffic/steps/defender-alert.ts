import { estate } from '../../generator/estate.ts';
import { seededRandom } from '../../generator/random.ts';
import { securityAlertRows } from '../../generator/security-alerts.ts';
import { windowMs } from '../../generator/time-window.ts';
import { timeMs } from '../parameters.ts';
import type { Step } from '../step.ts';

type Parameters = {
  readonly at: string;
  readonly type?: string;
  readonly id?: string;
  readonly title?: string;
  readonly severity?: 'Informational' | 'Low' | 'Medium' | 'High';
  readonly status?: 'New' | 'InProgress' | 'Resolved' | 'Dismissed';
  readonly tactics?: string;
  readonly properties?: Readonly<Record<string, string>>;
};

const resourceId = `${estate.apiManagementId}/apis/loyalty`;
const url = `https://${estate.host}/loyalty/cards/{number}`;
const address = '203.0.113.77';

/** What Defender for APIs says of a spike from a single address, with the figures of its documentation's example. */
const spike: Readonly<Record<string, string>> = {
  ResourceId: resourceId,
  Url: url,
  'Actor (Client IP)': address,
  'Api Endpoint': 'GET /loyalty/cards/{number}',
  'Event of Interest (Spike)': `${address} made 464 API calls to GET ${url} with status code of 2XX in a 20 minute time window.`,
  'Historical Behavior': 'In the past 30 days, one address made an average (mean) of 2.59 API calls.',
  'Deviation from Historical Behavior': 'The event of interest is 179.15 times the observed mean.',
  'Observed Status Codes': '200',
  'Spike (Number of API calls in 20 minutes)': '464',
  'Top sensitivity label': 'Confidential',
  'Sensitive information types': 'Loyalty card number',
};

/** An alert of Microsoft Defender for Cloud. */
export const defenderAlert: Step<Parameters> = (parameters, place) => {
  const { severity = 'Medium', status = 'New', properties = spike } = parameters;
  const raisedAtMs = timeMs(parameters.at);
  const [row = {}] = securityAlertRows(seededRandom(place), [
    {
      alertType: parameters.type ?? 'API_SpikeInAPITraffic',
      displayName: parameters.title ?? 'Suspicious spike in API traffic from a single IP address to an API endpoint',
      description: 'An address called an API endpoint far more often than is usual for one address.',
      severity: 'Medium',
      tactic: parameters.tactics ?? 'Impact',
      activity: { fromMs: raisedAtMs - 2 * windowMs, untilMs: raisedAtMs - windowMs },
      raisedAtMs,
      resourceId,
      compromisedEntity: 'loyalty',
      address,
      extendedProperties: properties,
    },
  ]);
  const id = parameters.id ?? `5a6e0000-0000-4000-8000-${String(place).padStart(12, '0')}`;
  const rows = [{ ...row, SystemAlertId: id, AlertSeverity: severity, Status: status }];
  return [{ table: 'SecurityAlert', rows }];
};

import { azureActivity } from '../../src/content/data-source.ts';
import { ip } from '../../src/content/entity.ts';
import type { AnalyticsRule } from '../../src/content/resolve-rule.ts';
import { nearRealTime, scheduled } from '../../src/content/schedule.ts';
import { timespan } from '../../src/content/timespan.ts';

/** A scheduled rule with a technique, a sub-technique and incidents by address. */
export const manyCalls: AnalyticsRule = {
  slug: 'many-calls',
  id: '11111111-2222-4333-8444-555555555555',
  version: '1.0.0',
  name: 'Many calls',
  description:
    'Identifies a client address that makes many calls. This sentence is long enough to be folded, so that a change of it shows in a diff.',
  severity: 'Low',
  enabled: true,
  schedule: scheduled({ every: '1h', lateData: '10m' }),
  needs: [azureActivity()],
  attack: { Impact: ['T1499'], DefenseEvasion: ['T1562.007'] },
  owasp: ['API4:2023'],
  query: 'AzureActivity\n// a comment: with a colon # and a hash\n| where Caller == "x"\n',
  entities: [ip('CallerIpAddress')],
  details: ['Calls'],
  alert: { title: 'Many calls from {{CallerIpAddress}}', description: '{{Calls}} calls.' },
  events: 'AlertPerResult',
  incident: { kind: 'by', within: timespan('5h'), entities: ['IP'] },
  response: [],
};

export const nearRealTimeRule: AnalyticsRule = { ...manyCalls, schedule: nearRealTime() };

import { defineWorkbook } from '../define-workbook.ts';
import { endpointsAndActors } from './api-threats-and-traffic/endpoints-and-actors.ts';
import { overview } from './api-threats-and-traffic/overview.ts';
import { apis, timeRange, workspace } from './api-threats-and-traffic/parameters.ts';
import { webApplicationFirewall } from './api-threats-and-traffic/web-application-firewall.ts';

/** One page over the three logs that see an API: the gateway's, the WAF's in front of it, and the alerts about both. */
export const apiThreatsAndTraffic = defineWorkbook({
  slug: 'api-threats-and-traffic',
  id: '6c1f4b7e-92d8-4a35-b0e6-3f8a7d5c2e19',
  version: '1.0.0',
  name: 'API threats and traffic',
  description:
    'Alerts about APIs, traffic of each endpoint against its own baseline, the endpoints and client addresses with the most traffic, and the attacks that the web application firewall stopped.',
  items: (environment) => [
    {
      kind: 'text',
      name: 'about-this-workbook',
      markdown:
        '# API threats and traffic\nAlerts about APIs, what their traffic looks like against its own past, who calls, and what the web application firewall stopped. All times are in UTC.',
    },
    { kind: 'parameters', name: 'scope-parameters', parameters: [workspace, timeRange, apis] },
    {
      kind: 'tabs',
      name: 'view-tabs',
      parameter: 'View',
      tabs: [
        { label: 'Overview', value: 'overview' },
        { label: 'Endpoints and actors', value: 'endpoints-and-actors' },
        { label: 'Web application firewall', value: 'web-application-firewall' },
      ],
    },
    overview(environment),
    endpointsAndActors(environment),
    webApplicationFirewall(environment),
  ],
});

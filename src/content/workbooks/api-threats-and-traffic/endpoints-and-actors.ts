import type { GroupItem, QueryItem, WorkbookEnvironment } from '../../define-workbook.ts';
import { topActors } from './actors.ts';
import { requestsByStatusClass, topEndpoints } from './traffic.ts';

/** Where the traffic goes and where it comes from. */
export const endpointsAndActors = (environment: WorkbookEnvironment): GroupItem => ({
  kind: 'group',
  name: 'endpoints-and-actors-group',
  title: 'Endpoints and actors',
  shownOn: { parameter: 'View', tab: 'endpoints-and-actors' },
  items: [statusChart, endpointTable, actorTable(environment)],
});

const statusChart: QueryItem = {
  kind: 'query',
  name: 'requests-by-status-class',
  title: 'Requests over time, by class of status code',
  query: requestsByStatusClass,
  daysBefore: 0,
  visualization: {
    kind: 'over-time',
    form: 'area',
    time: 'TimeGenerated',
    values: ['Requests'],
    split: 'StatusClass',
    series: [],
  },
  emptyText: 'No request in this time range.',
  widthPercent: 100,
};

const endpointTable: QueryItem = {
  kind: 'query',
  name: 'top-endpoints',
  title: 'Endpoints with the most requests',
  query: topEndpoints,
  daysBefore: 0,
  visualization: {
    kind: 'table',
    columns: [
      ['Endpoint', 'Endpoint', 'text'],
      ['ApiId', 'API', 'text'],
      ['Requests', 'Requests', 'bar'],
      ['FailedPercent', 'Failed, %', 'number'],
      ['Throttled', 'Throttled', 'number'],
      ['AverageMs', 'Average, ms', 'number'],
    ],
  },
  emptyText: 'No request in this time range.',
  widthPercent: 100,
};

const actorTable = (environment: WorkbookEnvironment): QueryItem => ({
  kind: 'query',
  name: 'top-actors',
  title: 'Client addresses: alerts, attacks that the WAF saw, and requests that reached the APIs',
  query: topActors(environment),
  daysBefore: 0,
  visualization: {
    kind: 'table',
    columns: [
      ['ClientAddress', 'Client address', 'text'],
      ['Alerts', 'Alerts', 'number'],
      ['WafAttacks', 'WAF attacks', 'number'],
      ['Requests', 'Requests', 'bar'],
      ['Failed', 'Failed', 'number'],
      ['LastSeen', 'Last seen', 'time'],
    ],
  },
  emptyText: 'No request, attack or alert in this time range.',
  widthPercent: 100,
});
